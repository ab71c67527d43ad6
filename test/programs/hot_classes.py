# hot loops over every class feature, with changes in the middle
class A:
    cls_attr = 1
    count = 0
    def __init__(self, v): self.v = v
    def get(self): return self.v
    @property
    def prop(self): return self.v * 2
    @prop.setter
    def prop(self, x): self.v = x // 2
    @staticmethod
    def st(x): return x + 1
    @classmethod
    def cl(cls, x): return x + cls.cls_attr
    def __add__(self, o): return A(self.v + (o.v if isinstance(o, A) else o))
    def __radd__(self, o): return A(o + self.v)
    def __iadd__(self, o): self.v += o; return self
    def __lt__(self, o): return self.v < o.v
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
    def __hash__(self): return hash(self.v)
    def __len__(self): return self.v % 7
    def __bool__(self): return self.v % 3 != 0
    def __getitem__(self, i): return self.v + i
    def __setitem__(self, i, x): self.v = i + x
    def __contains__(self, x): return x == self.v
    def __call__(self, x): return x * self.v
    def __iter__(self):
        yield self.v
        yield self.v + 1
class B(A):
    def get(self): return super().get() + 1
    @property
    def prop(self): return super().prop + 1
class S:
    __slots__ = ('a', 'b')
    def __init__(self, a, b): self.a = a; self.b = b
class G:
    def __init__(self): self.x = 1
    def __getattr__(self, n): return len(n)
class D:
    def __get__(self, o, t=None): return 5 if o is None else o.k
    def __set__(self, o, v): o.k = v + 1
class H:
    d = D()
    def __init__(self): self.k = 0
N = 3000
def run(name, f):
    try: print(name, f())
    except Exception as e: print(name, type(e).__name__, e)
def t1():
    s = 0; a = A(3)
    for i in range(N): s += a.get() + a.prop + a.st(i) + a.cl(i) + A.cls_attr
    return s
def t2():
    s = 0
    objs = [A(1), B(2), A(3), B(4)]
    for i in range(N): o = objs[i & 3]; s += o.get() + o.prop
    return s
def t3():
    a = A(0)
    for i in range(N): a = a + i; a = 1 + a; a += 2; a.prop = a.prop + 2
    return a.v
def t4():
    s = 0; a = A(5); b = A(6)
    for i in range(N):
        if a < b: s += 1
        if a == b: s += 10
        if a: s += 100
        a.v += 1
        s += len(a) + a[i]
        a[i] = s & 3
        if i in a: s += 3
        s += a(2)
        for q in b: s += q
    return s
def t5():
    s = 0; p = S(1, 2)
    for i in range(N): p.a = p.b + i; p.b = p.a & 15; s += p.a
    return s
def t6():
    s = 0; g = G()
    for i in range(N): s += g.x + g.abc + g.abcdef
    return s
def t7():
    s = 0; h = H()
    for i in range(N): h.d = i; s += h.d + H.d
    return s
def t8():
    s = 0; a = A(1)
    for i in range(N):
        s += a.cls_attr
        if i == N // 2: A.cls_attr = 100
        if i == N // 2 + 100: a.cls_attr = 7
        if i == N // 2 + 200: del a.cls_attr
    A.cls_attr = 1
    return s
def t9():
    s = 0; a = A(1); old = A.get
    for i in range(N):
        s += a.get()
        if i == 2000: A.get = lambda self: 50
        if i == 2500: a.get = lambda: 7
    A.get = old
    return s
def t10():
    for i in range(N): A.count += 1
    return A.count
def t11():
    s = 0
    for i in range(N):
        o = A(i) if i % 2 else S(i, i)
        s += o.v if isinstance(o, A) else o.a
    return s
def t12():
    class Local:
        n = 0
        def bump(self): self.n += 1; return self
    l = Local()
    for i in range(N):
        l.bump().bump()
        if i == 1500: l.__class__ = type('Other', (Local,), {'bump': lambda self: setattr(self, 'n', self.n + 10) or self})
    return l.n
def t13():
    d = {}
    for i in range(N): d[A(i % 50)] = d.get(A(i % 50), 0) + 1
    return sum(d.values()), len(d)
def t14():
    s = 0
    for i in range(N):
        try:
            if i % 7 == 0: raise ValueError(i)
            if i % 11 == 0: raise KeyError(i)
            s += 1
        except ValueError as e: s += e.args[0]
        except KeyError as e: s -= 1
        finally: s += 2
    return s
def t15():
    o = A(0); o.x0 = 0
    for i in range(N):
        setattr(o, 'x%d' % (i % 20), i)
        if i % 5 == 0 and hasattr(o, 'x3'): del o.x3
    return sorted((k, v) for k, v in vars(o).items())
def t16():
    class Cnt:
        total = 0.5
        def tick(self): Cnt.total += 1; return Cnt.total
    c = Cnt(); s = 0
    for i in range(N):
        s += c.tick()
        if i == 1000: Cnt.total = 7
        if i == 2000: Cnt.total = 1 << 60
    return s
def t17():
    m = A(3).get; s = 0
    for i in range(N):
        s += m()
        if i == 1000: m = B(9).get
        if i == 2000: m = lambda: 1
    return s
def t18():
    class Base:
        def f(self): return 1
    class Mid(Base): pass
    class Leaf(Mid):
        def f(self): return super().f() + 1
    x = Leaf(); s = 0
    for i in range(N):
        s += x.f()
        if i == 1500: Mid.f = lambda self: 100
        if i == 2500: del Mid.f
    return s
def t19():
    class P:
        def __init__(self, x, y=0): self.x = x; self.y = y
        def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    s = 0; prev = P(0)
    for i in range(N):
        p = P(i % 3, y=i % 2)
        if p == prev: s += 1
        prev = p
    return s
def t20():
    s = 0
    for i in range(N):
        b = B(i)
        s += b.get() + b.prop
        if isinstance(b, (int, B)): s += 1
        if type(b) is B: s += 1
        if issubclass(type(b), A): s += 1
        s += getattr(b, 'v') + getattr(b, 'nope', 3)
    return s
def t21():
    class L(list):
        def total(self): return sum(self)
    l = L(); s = 0
    for i in range(N): l.append(i); l.tag = i; s += len(l) + l.tag + l[-1]
    return s, l.total()
def t22():
    class E(Exception):
        def __init__(self, c): super().__init__(c); self.c = c
    def thrower(i):
        if i % 3 == 0: raise E(i)
        return i
    s = 0
    for i in range(N):
        try: s += thrower(i)
        except E as e: s += e.c * 2
    return s
def t23():
    class It:
        def __init__(self, n): self.n = n
        def __iter__(self): return self
        def __next__(self):
            if self.n <= 0: raise StopIteration
            self.n -= 1
            return self.n
    return sum(It(N)), sum(x for x in It(N) if x % 2), max(It(10))
def t24():
    class V:
        __slots__ = ('x', 'y')
        def __init__(self, x, y): self.x = x; self.y = y
        def __add__(self, o): return V(self.x + o.x, self.y + o.y)
        def __mul__(self, k): return V(self.x * k, self.y * k)
        def __neg__(self): return V(-self.x, -self.y)
        def __repr__(self): return f'V({self.x}, {self.y})'
    a = V(0, 0.0)
    for i in range(N): a = a + V(1, 0.5) * 2 + -V(1, 1)
    return a
for k, f in sorted(((int(k[1:]), f) for k, f in globals().items() if k[0] == 't' and k[1:].isdigit())): run(k, f)
