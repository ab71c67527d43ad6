# Calls of every form in hot loops: keywords, keyword-only, defaults, bound methods as values, callable objects.
class P:
    def __init__(self, x, y=0, *, z=1): self.x = x; self.y = y; self.z = z
    def __call__(self, a, b=2): return a * b + self.x
    def m(self, a, *, k=3): return a + k + self.x
    def var(self, *a, **k): return len(a) + len(k) + self.x
def f(a, b=2, *, c=3, d=4): return a + b * 10 + c * 100 + d * 1000
def pos(a, b, /, c=5): return a - b + c
def run(name, fn):
    try: print(name, fn(3000))
    except Exception as e: print(name, type(e).__name__, e)
def t1(n):
    s = 0
    for i in range(n): s += f(i, c=2) + f(1, d=i, b=3) + f(a=i, b=1, c=1, d=1) + f(i)
    return s
def t2(n):
    s = 0
    for i in range(n):
        p = P(i, z=2); q = P(x=i, y=1); r = P(i, 1, z=3)
        s += p.x + p.y + p.z + q.x + q.y + q.z + r.z
    return s
def t3(n):
    p = P(1); s = 0
    for i in range(n): s += p(i) + p(i, 3) + p(i, b=4) + p(a=1, b=i)
    return s
def t4(n):
    p = P(5); m = p.m; s = 0
    for i in range(n):
        s += m(i) + m(i, k=1) + p.m(i, k=i) + P.m(p, 1, k=2)
        if i == 1500: p = P(7)
        if i == 2000: m = p.m
        if i == 2500: m = lambda a, k=9: a * k
    return s
def t5(n):
    s = 0
    for i in range(n):
        s += pos(i, 1) + pos(i, 2, 3) + pos(i, 2, c=4)
        if i == 1000: f.__kwdefaults__['c'] = 50
        if i == 1500: f.__defaults__ = (20,)
        if i == 2000: f.__kwdefaults__ = {'c': 7, 'd': 8}
        s += f(1)
    f.__defaults__ = (2,); f.__kwdefaults__ = {'c': 3, 'd': 4}
    return s
def t6(n):
    s = 0
    for i in range(n): s += pos(i, 1, b=3) if i == 2990 else pos(1, i)
    return s
def t7(n):
    for i in range(n): f(i, **({'zz': 1} if i == 2900 else {}))
def t8(n):
    s = 0
    for i in range(n): s += f(i, c=1) if i < 2500 else f(i, e=1)
    return s
def t9(n):
    s = 0
    def closure(k):
        def inner(a, *, b=k): return a + b
        return inner
    g = closure(1)
    for i in range(n):
        s += g(i) + g(i, b=2)
        if i % 1000 == 999: g = closure(i)
    return s
def t10(n):
    p = P(1); s = 0
    for i in range(n): s += p.var(1, 2) + p.var(x=1) + p.var(*(1, 2, 3), **{'q': 1})
    return s
def fact(n, *, acc=1): return acc if n <= 1 else fact(n - 1, acc=acc * n % 1000003)
def t11(n):
    s = 0
    for i in range(n): s += fact(i % 30)
    return s
def t12(n):
    class Wrap:
        def __init__(self, fn): self.fn = fn; self.calls = 0
        def __call__(self, *a, **k): self.calls += 1; return self.fn(*a, **k)
    w = Wrap(f); s = 0
    for i in range(n): s += w(i, c=1)
    return s, w.calls
def t13(n):
    s = 0; fs = [f, lambda a, c=0: a + c, P(2).m]
    for i in range(n):
        s += fs[i % 2](i, c=1)
        if i % 500 == 0: s += fs[2](1)
    return s
def t14(n):
    class T:
        def __call__(self, x): return x + 1
    t = T(); s = 0
    for i in range(n):
        s = t(s)
        if i == 1000: T.__call__ = lambda self, x: x + 10
        if i == 2000: t.__call__ = lambda x: x
    return s
def t15(n):
    s = 0
    for i in range(n):
        try: s += f(i, c='x') if i % 100 == 0 else f(i, c=1)
        except TypeError: s -= 1
    return s
for k in sorted((k for k in globals() if k[0] == 't' and k[1:].isdigit()), key=lambda k: int(k[1:])): run(k, globals()[k])
