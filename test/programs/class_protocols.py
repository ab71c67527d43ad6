# class protocols: what CPython 3.14 says, word for word.
class Meta(type):
    def __new__(m, n, b, d, **k): 
        c = super().__new__(m, n, b, d); c.k = k; return c
    def __init__(c, n, b, d, **k): super().__init__(n, b, d)
    def __call__(c, *a, **k): print('call', a, k); return super().__call__(*a, **k)
class A(metaclass=Meta, z=1):
    def __init__(self, x=0): self.x = x
    def __repr__(self): return f'A({self.x})'
    def __eq__(self, o): return isinstance(o, A) and self.x == o.x or NotImplemented
    def __lt__(self, o): return self.x < o.x if isinstance(o, A) else NotImplemented
    def __add__(self, o): return A(self.x + o.x) if isinstance(o, A) else NotImplemented
    def __radd__(self, o): return ('radd', o)
    def __iadd__(self, o): self.x += 100; return self
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print('set', k, v)
    def __delitem__(self, k): print('del', k)
    def __contains__(self, k): return k == 1
    def __len__(self): return 3
    def __bool__(self): return self.x > 0
    def __call__(self, *a): return a
    def __enter__(self): print('enter'); return self
    def __exit__(self, *a): print('exit', a[0]); return True
    def __iter__(self): return iter([1,2])
    def __getattr__(self, n): 
        if n == 'boo': raise AttributeError('no boo')
        return 'ga ' + n
    def __hash__(self): return 5
    def __neg__(self): return 'neg'
    def __format__(self, s): return 'fmt' + s
print(A.k); a = A(5); b = A(x=6); print(a, a == A(5), a == 5, a != b, a < b, a > b, a + b, 5 + a)
try: a + 5
except TypeError as e: print(e)
try: a < 5
except TypeError as e: print(e)
a += 1; print(a); print(a[1], a[1:2], a[1,2], 1 in a, 2 not in a, len(a), bool(a), bool(A(0)), not a, a(1,2), [*a], a.foo, -a, f'{a:x}', {a: 1}[a])
a[1] = 2; del a[3]
with a as q: raise ValueError
if a: print('truthy')
while A(0): pass
try: a.boo
except AttributeError as e: print(e)
class P:
    def __init__(self): self._v = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x
    @v.deleter
    def v(self): print('deleted')
    @staticmethod
    def s(): return 's'
    @classmethod
    def c(cls): return cls.__name__
    __slots__ = ('_v', 'w')
p = P(); p.v = 7; print(p.v, p.s(), P.c(), p.c()); del p.v
try: p.zzz = 1
except AttributeError as e: print(e)
class B1: 
    def who(self): return 'B1'
class B2(B1):
    def who(self): return 'B2' + super().who()
class B3(B1):
    def who(self): return 'B3' + super().who()
class B4(B2, B3):
    def who(self): return 'B4' + super().who()
print(B4().who(), [c.__name__ for c in B4.__mro__])
class Desc:
    def __get__(self, o, t): return ('get', o is None, t.__name__)
    def __set__(self, o, v): print('dset', v)
    def __set_name__(self, o, n): print('name', n)
class H: d = Desc()
H().d = 5; print(H().d, H.d)
class S:
    def __init_subclass__(cls, **k): print('sub', cls.__name__, k)
class S2(S, a=1): pass
class I:
    def __init__(self): return 5
try: I()
except TypeError as e: print(e)
class N:
    def __new__(cls, *a): o = super().__new__(cls); o.a = a; return o
print(N(1,2).a)
class Int(int):
    def __new__(cls, v): return super().__new__(cls, v + 1)
    def dbl(self): return self * 2
print(Int(4), Int(4).dbl(), type(Int(4) + 1).__name__, isinstance(Int(1), int))
class L(list):
    def __init__(self, *a): super().__init__(a); self.extra = 1
print(L(1,2,3), L(1).extra, len(L(1,2)))
class Ex(Exception):
    def __init__(self, a, b): super().__init__(a); self.b = b
try: raise Ex(1, 2)
except Ex as e: print(e, e.b, e.args)
def deco(f): return lambda *a: ('deco', f(*a))
class Dd:
    @deco
    def m(self): return 1
print(Dd().m(), B4.who.__qualname__, B4().who.__func__ is B4.who)
print(type('Dyn', (B1,), {'z': 3})().z, isinstance(B4(), B1), issubclass(B4, B3))
x = B1(); x.__class__ = B2; print(x.who()); x.dyn = 1; print(x.__dict__, vars(x)); del x.dyn
try: x.dyn
except AttributeError as e: print(e)
try: B1().nope()
except AttributeError as e: print(e)
try: del x.q
except AttributeError as e: print(e)
