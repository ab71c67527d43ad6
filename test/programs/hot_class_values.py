# Numbers in the namespaces of classes, read and written by hot loops, changing value and type in the middle.
class Counter:
    total = 0
    ratio = 0.5
    limit = 10
    def __init__(self): Counter.total += 1
    def bump(self):
        Counter.ratio = Counter.ratio * 1.0001
        return self.limit
    @classmethod
    def add(cls, n): cls.total += n
class Sub(Counter):
    pass
def a(n):
    for i in range(n): Counter()
    return Counter.total
def b(n):
    c = Counter(); s = 0
    for i in range(n): s += c.bump()
    return s, round(Counter.ratio, 6)
def c(n):
    s = 0
    for i in range(n):
        s += Counter.limit
        if i == 1000: Counter.limit = 20
        if i == 1500: Counter.limit = 2.5
        if i == 2000: Counter.limit = 1 << 50
        if i == 2200: Counter.limit = 3
    return s
def d(n):
    x = Sub(); s = 0
    for i in range(n):
        s += x.limit + Sub.limit
        if i == 1000: Counter.limit = 5
        if i == 1500: Sub.limit = 7
        if i == 2000: Sub.limit = 8
        if i == 2300: Counter.limit = 100
        if i == 2500: del Sub.limit
        if i == 2700: x.limit = 1
    return s
def e(n):
    before = Counter.total, Sub.total
    for i in range(n): Sub.add(1)
    return Counter.total - before[0], Sub.total - before[1], 'total' in Sub.__dict__
def f(n):
    class K:
        v = 1
    for i in range(n):
        K.v = K.v * 3 if K.v < 1 << 100 else 1
    return K.v
def g(n):
    class K:
        v = 0
    try:
        for i in range(n):
            K.v += 1
            if i == 2500: K.v = 'text'
    except TypeError as err: return K.v, str(err)
def h(n):
    class M(type):
        @property
        def v(cls): return 42
    class K:
        v = 0
    class L(K, metaclass=M): pass
    s = 0
    for i in range(n):
        K.v += 1
        s += L.v
        if i == 2000: M.v = 7
        if i == 2500: del M.v
    return s, K.v
def k(n):
    class K:
        x = 0
    class J(K): pass
    s = 0
    j = J()
    for i in range(n):
        K.x = i
        s += j.x + J.x
        if i == 1200: K.y = 5
        if i == 1700: J.__bases__ = (type('Z', (), {'x': 1}),)
    return s
def m(n):
    class P:
        hits = 0.0
        def __getattr__(self, name): P.hits += 0.5; return 1
    p = P(); s = 0
    for i in range(n): s += p.missing
    return s, P.hits
for fn in (a, b, c, d, e, f, g, h, k, m): print(fn.__name__, fn(3000))
