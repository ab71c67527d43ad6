# tracebacks: what CPython 3.14 says, word for word.
import sys
def a(x): return b(x) + 1
def b(x):
    try:
        return {}[x]
    except KeyError as e:
        raise ValueError('bad ' + str(x)) from e
def c():
    try:
        a(1)
    except ValueError:
        [][5]
class E(Exception):
    def __str__(self): return 'custom\nmulti'
def show(f):
    try: f()
    except BaseException as e: sys.excepthook(type(e), e, e.__traceback__)
sys.stderr = sys.stdout
show(c)
def n():
    e = ValueError('x'); e.add_note('note 1'); e.add_note('note\ntwo'); raise e
show(n)
def m(): raise E()
show(m)
def call_multi():
    return max(
        1,
        int('zz'),
        3)
show(call_multi)
def bin_(): return (1 +
   2) / (0 *
   5)
show(bin_)
def attr(): return None.foo.bar
show(attr)
def sub(): x = [1,2]; return x[0][1]
show(sub)
def name(): return prnt(5)
show(name)
def imp(): import nonexistent_mod
show(imp)
def imp2(): from sys import nothing_here
show(imp2)
def sup(): 
    try: 1/0
    except ZeroDivisionError: raise ValueError('hidden') from None
show(sup)
def asrt(): assert 1 == 2, 'message'
show(asrt)
def asrt2(): assert not 1
show(asrt2)
def comp2(): exec('def f(:\n  pass')
show(comp2)
def un():
    print(zz); zz = 1
show(un)
def dele(): x = 5; del x; return x
show(dele)
def unp(): a, b = 1,
show(unp)
def ff(): 'é' + (1 / 0) * 'ü'
show(ff)
class K:
    def __add__(self, o): raise TypeError('no add')
    @property
    def p(self): raise AttributeError('inner')
def k1(): K() + 1
show(k1)
def k2(): return K().p
show(k2)
def k3(): return K().xyz
show(k3)
def k4():
    for i in K(): pass
show(k4)
def k5():
    with K(): pass
show(k5)
def k6(): raise 5
show(k6)
def k7(): raise ValueError from 5
show(k7)
def k8(): raise
show(k8)
def k9(): x = 1; x.y = 2
show(k9)
def k10(): sys.exit(3)
show(k10)
def k11(): return [i/0 for i in range(3)]
show(k11)
def k12(): return list(i/0 for i in range(3))
show(k12)
def k13(): lambda: 0; return (lambda q: q.z)(1)
show(k13)
def k14(): raise KeyError('a key')
show(k14)
