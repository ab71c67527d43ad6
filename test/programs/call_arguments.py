# call arguments: what CPython 3.14 says, word for word.
def f(a, b=2, *args, c, d=4, **kw): return (a,b,args,c,d,kw)
def g(a, b, /, c, *, d): return (a,b,c,d)
def h(): pass
def one(x): pass
def two(x, y): pass
def dflt(x, y=1): pass
def kwo(*, key, other): pass
class C:
    def __init__(self, x): self.x = x
    def m(self, y): return y
    @staticmethod
    def s(q): return q
    @classmethod
    def k(cls, q): return q
lam = lambda x: x
calls = [
 lambda: f(1, c=3), lambda: f(1,2,3,4,c=5,z=6), lambda: f(), lambda: f(1), lambda: f(c=1), lambda: g(1,2,3,d=4), lambda: g(1,2,c=3,d=4),
 lambda: g(a=1,b=2,c=3,d=4), lambda: g(1,2,3), lambda: g(1,2,3,4), lambda: g(1,b=2,c=3,d=4), lambda: h(1), lambda: h(1,2), lambda: h(x=1), lambda: one(), lambda: one(1,2), lambda: one(1,x=2),
 lambda: two(), lambda: two(1), lambda: two(1,2,3), lambda: two(1, z=3), lambda: dflt(), lambda: dflt(1,2,3), lambda: kwo(), lambda: kwo(key=1), lambda: kwo(1, key=1, other=2), lambda: kwo(1,2,key=1,other=2),
 lambda: C(), lambda: C(1,2), lambda: C(1).m(), lambda: C(1).m(1,2), lambda: C.m(1), lambda: C.s(), lambda: C.k(1,2), lambda: lam(), lambda: f(*[1,2,3], **{'c': 4, 'q': 5}), lambda: f(*5, c=1), lambda: f(**5), lambda: f(1, **{'a': 2, 'c': 3}), lambda: f(1, c=1, **{'c': 3}),
 lambda: f(**{1: 2}), lambda: one(valeu=1), lambda: two(1, yy=2), lambda: 5(), lambda: None(), lambda: 'a'(1), lambda: f(1, 2, c=3, **{'d': 9}), lambda: print(**{'sep': '-'}), lambda: one(*(), **{}), lambda: (lambda a,b,c: 0)(1), lambda: (lambda a,b,c,d: 0)(),
]
for i, c in enumerate(calls):
    try: print(i, c())
    except TypeError as e: print(i, 'TypeError', e)
