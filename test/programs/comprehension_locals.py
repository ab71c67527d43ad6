# What locals(), eval() and their kin see in comprehensions (PEP 709).
def f():
    x = 1
    return [eval('x') for _ in [0]]
try: print(f())
except NameError as e: print(e)
def g():
    x = 1
    return ['%(x)s %(y)s' % locals() for y in (1,2)]
try: print(g())
except KeyError as e: print(repr(e))
def h():
    x=1
    z=[(x, locals()['x']) for y in (1,)]
    return z
try: print(h())
except Exception as e: print(repr(e))
def k():
    y = 10
    r = [sorted(locals()) for y in (1,2)]
    return r, y, sorted(locals())
print(k())
class C:
    a = 1
    b = [sorted(k for k in locals() if k[0]!='_') for q in (0,)]
    c = [sorted(k for k in locals()) for q in (0,)]
    try: d = [eval('a') for q in (0,)]
    except NameError as e: print('class', e)
print(C.b, C.c)
v = 3
print([eval('v+w') for w in (1,2)])
print([('v' in locals(), 'w' in locals()) for w in (1,)])
def m():
    x=1
    return {i: [sorted(locals()) for j in (0,)] for i in (0,)}
print(m())
def n():
    x=1
    return [lambda: sorted(locals()) for j in (0,)][0](), [(lambda: j, sorted(locals())) for j in (0,)][0][1]
print(n())
def o():
    x=1
    return [list(sorted(locals()) for q in (1,)) for j in (0,)], [dir() for j in (1,)], [sorted(vars()) for j in (1,)]
print(o())
def q():
    try: [eval('1/0') for y in (1,)]
    except ZeroDivisionError: pass
    try: [[eval('1/0') for z in (1,)] for y in (1,)]
    except ZeroDivisionError: pass
    return locals()
print(q())
def r():
    y = 5
    fs = [(lambda: (y, z), eval('y + z')) for y in (1, 2) for z in (3,)]
    return [(f(), v) for f, v in fs], y
print(r())
def s(n):
    total = 0
    for i in range(n):
        total += sum([eval('i + j') for j in (1, 2)])
    return total
print(s(300))
def u():
    [locals for a.b in ()]
    return [x for x in range(3) if eval('x')], [[(i, j, eval('i*j')) for j in (1,2)] for i in (3, 4)]
print(u())
def gen():
    k = 1
    yield [eval('k + m') for m in (1, 2)]
    yield [(yield_ , sorted(locals())) for yield_ in (1,)]
print(list(gen()))
def del_():
    return [sorted(locals()) for v in (1,) for w in [locals()]]
print(del_())
