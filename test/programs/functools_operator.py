# operator and functools: what is native of them, in loops that get compiled.
import _operator as op, _functools as ft
print(op.add(1,2), op.iadd([1],[2]), op.itemgetter(1)([5,6]), op.itemgetter(1,0)([5,6]), op.attrgetter('real')(5), op.attrgetter('real','imag.real')(5))
print(op.itemgetter(1,'a'), op.attrgetter('a.b','c'), op.methodcaller('x',1,y=2))
print(op.methodcaller('join',['a','b'])('-'), op.methodcaller('split', sep='b')('abc'))
for f in (lambda: op.itemgetter(), lambda: op.itemgetter(1)(), lambda: op.itemgetter(1)(1,2), lambda: op.attrgetter(3), lambda: op.methodcaller(), lambda: op.concat(1,2), lambda: op.indexOf([1],2), lambda: op.length_hint(1,2.0), lambda: op.countOf(1,2), lambda: op.contains(1,2), lambda: op.itemgetter(1)(a=3)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(op.length_hint([1,2]), op.length_hint(iter([1,2])), op.length_hint(1,4), op.call(max,1,2,key=lambda x:-x))
def f(*a, **k): return a, k
p = ft.partial(f, 1, b=2)
print(p(3, c=4), p(3,b=5), p.func is f, p.args, p.keywords)
q = ft.partial(p, 9, z=1)
print(q(), q.func is f, q.args, q.keywords)
P = ft.Placeholder
r = ft.partial(f, P, 2, P, 4)
print(r(1,3), r(1,3,5), ft.partial(r, 7)(8))
try: r(1)
except TypeError as e: print(e)
print(repr(ft.partial(int, base=2)), ft.partial(int, base=2)('101'))
class A:
    m = ft.partial(f, 5)
    def g(self): pass
print(len(A().m()[0]))
print(ft.reduce(op.add, [1,2,3]), ft.reduce(lambda a,b: a*b, range(1,6), 2), ft.reduce(op.add, [], initial=5))
class CI:
    def __init__(s,*a): s.a=a
    def __repr__(s): return repr(s.a)
calls=[]
def fib(n):
    calls.append(n)
    return n if n<2 else fibc(n-1)+fibc(n-2)
fibc = ft._lru_cache_wrapper(fib, None, False, CI)
print(fibc(100), len(calls), fibc.cache_info())
fibb = ft._lru_cache_wrapper(lambda x: (calls.append(x), x)[1], 3, False, CI)
for i in [1,2,3,1,4,2,3,1,4,1]: fibb(i)
print(fibb.cache_info(), calls[-12:])
fibb.cache_clear(); print(fibb.cache_info())
fibb.foo = 1; print(fibb.__dict__)
k = ft.cmp_to_key(lambda a,b: b-a)
print(sorted([3,1,2], key=k), k(1) < k(2), k(1).obj)
sq = ft._lru_cache_wrapper(lambda x: x*x, 128, False, CI)
t=0
for i in range(20000): t += sq(i%100)
print(t, sq.cache_info())
pp = ft.partial(lambda a,b: a+b, 3)
t=0
for i in range(20000): t += pp(i)
print(t)
t=0
g=op.itemgetter(1)
for i in range(20000): t += g((1,i))
print(t)
