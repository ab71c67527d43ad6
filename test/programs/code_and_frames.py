# Code objects, functions made of them, frames and their variables.
import sys
import types


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def outer(a, b=2, /, c=3, *args, d, e=5, **kw):
    """doc"""
    x = 1
    def inner():
        nonlocal x
        x += a
        return x
    return inner


c = outer.__code__
print(c.co_name, c.co_qualname, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_varnames, c.co_cellvars, c.co_freevars, c.co_names, hex(c.co_flags), c.co_consts[0])
i = outer(1, d=2).__code__
print(i.co_freevars, i.co_name, i.co_qualname, hex(i.co_flags), i.co_nlocals)
def gen(): yield 1
async def co(): pass
async def ag(): yield
print([hex(f.__code__.co_flags) for f in (gen, co, ag, attempt, lambda *a: a, lambda **k: k)])
def twice(x):
    y = x + 1
    return y * 2
t = twice.__code__
r = t.replace(co_name='renamed', co_filename='elsewhere', co_firstlineno=100)
print(r.co_name, r.co_filename, r.co_firstlineno, r == t, t.replace() == t, hash(t.replace()) == hash(t), t.replace() is t, r != t)
f = types.FunctionType(r, globals(), 'g', (5,)); print(f(), f(1), f.__name__, f.__qualname__, f.__defaults__, f.__code__ is r)
f.__code__ = (lambda q: q * 100).__code__; print(f(2))
full = types.CodeType(t.co_argcount, t.co_posonlyargcount, t.co_kwonlyargcount, t.co_nlocals, t.co_stacksize, t.co_flags, t.co_code, t.co_consts, t.co_names, t.co_varnames, t.co_filename, t.co_name, t.co_qualname, t.co_firstlineno, t.co_linetable, t.co_exceptiontable, t.co_freevars, t.co_cellvars)
print(full == t, types.FunctionType(full, {})(4), types.FunctionType(gen.__code__.replace(co_flags=gen.__code__.co_flags | 256), {})())  if False else print(full == t)
print([l[2] - t.co_firstlineno for l in t.co_lines()][-2:], len(list(t.co_positions())) * 2 == len(t.co_code))
attempt(lambda: t.replace(co_nlocals=9)); attempt(lambda: t.replace(nothing=1)); attempt(lambda: t.replace(co_name=1)); attempt(lambda: t.replace(co_argcount='a'))
def setcode(): outer.__code__ = i
attempt(setcode)
attempt(lambda: types.FunctionType(i, {})); attempt(lambda: types.FunctionType(i, {}, closure=(1, 2))); attempt(lambda: types.FunctionType(i, {}, closure=(types.CellType(1), 2)))
attempt(lambda: types.FunctionType(t, {}, 3)); attempt(lambda: types.FunctionType(t, {}, None, 3)); attempt(lambda: types.FunctionType(t, 3)); attempt(lambda: types.FunctionType(3, {}))
cell = types.CellType(10); empty = types.CellType()
g = types.FunctionType(i, {}, 'closed', None, (types.CellType(5), cell)); print(g(), cell.cell_contents, g.__closure__[1] is cell)
attempt(lambda: empty.cell_contents); empty.cell_contents = 3; print(empty.cell_contents, types.CellType(1) < types.CellType(2), types.CellType(1) == types.CellType(1), types.CellType() < types.CellType(1))
del empty.cell_contents; attempt(lambda: empty.cell_contents)
print(hash(t) == hash(full), {t: 1}[full], type(t.co_code), type(t.co_lines()).__name__ != '')


def frames(p, q=2):
    loc = [p]
    f = sys._getframe()
    l = f.f_locals
    print(type(l).__name__, sorted(l), l['p'], 'nope' in l, l.get('nope', 'd'), len(l), f.f_code is frames.__code__, f.f_back.f_code.co_name, f.f_lineno - f.f_code.co_firstlineno)
    l['p'] = 'written'; print(p)
    l['extra'] = 1; print(l['extra'], sorted(l.keys()), 'extra' in sys._getframe().f_locals, 'extra' in locals())
    attempt(lambda: l.pop('p')); attempt(lambda: l['zzz']); print(l.pop('extra'), l.pop('zz', 8), l.setdefault('new', 3), l == f.f_locals, l != {}, dict(l)['q'])
    def delp(): del l['p']
    attempt(delp)
    l.update({'q': 20, 'w': 1}); print(q, l | {'k': 1} == dict(l) | {'k': 1}, [k for k, v in l.items() if k in 'pqw'], list(reversed(l))[-1])
    def nested():
        return sys._getframe().f_back.f_locals
    x = 1
    n = nested(); n['x'] = 99; print(x, n['x'])
    return f


fr = frames(1)
print(fr.f_locals['p'], fr.f_globals is globals(), fr.f_back is not None, fr.f_trace, fr.f_generator, repr(fr).startswith('<frame at 0x'))
fr.clear(); print(sorted(fr.f_locals))
attempt(lambda: sys._getframe().clear())
class K:
    y = 1
    d = sys._getframe().f_locals
print(K.d['y'], type(K.d), sys._getframe().f_locals is globals())
def gn():
    loc = 5
    yield sys._getframe()
    yield loc
it = gn(); gf = next(it); print(gf.f_locals['loc'], gf.f_generator is it); gf.f_locals['loc'] = 6; print(next(it)); attempt(gf.clear)
def closure():
    v = 1
    def inner(): return v
    sys._getframe().f_locals['v'] = 50
    return inner()
print(closure())
def hot():
    total = 0
    for i in range(3000):
        total += i
        if i == 2500:
            sys._getframe().f_locals['total'] = 0
    return total
print(hot())
def bump(): sys._getframe(1).f_locals['n'] += 1
def hot2():
    n = 0
    for i in range(3000):
        bump()
    return n
print(hot2())
