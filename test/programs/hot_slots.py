class A:
    f = len
    g = list.append
    h = print
def t(n):
    a = A(); s = 0
    for i in range(n): s += a.f([1, 2])
    return s
print(t(5000))
class S:
    __slots__ = ('a', 'b', 'lazy')
    def __init__(self): self.a = 1; self.b = 2
    def get(self):
        try: return self.lazy
        except AttributeError: self.lazy = self.a + 1; return 0
class T(S):
    __slots__ = ('c',)
class U(S): pass
def u(n):
    s = 0; p = S()
    for i in range(n):
        s += p.get() + p.a
        if i % 100 == 0: del p.lazy
        if i % 50 == 0: p = [S(), T(), U()][i % 3]
        p.a = i & 7; p.b = p.a + p.b & 255
        s += p.b
    return s
print(u(6000))
def v(n):
    s = 0; p = U(); p.extra = 3
    for i in range(n):
        p.extra = p.a + p.extra & 1023
        p.a = p.extra ^ i & 15
        s += p.a
        if i == 3000: U.a = property(lambda self: 5, lambda self, v: None)
        if i == 4000: del U.a
        if i == 4500: del p.b
        if i == 4600:
            try: p.b
            except AttributeError as e: print(e)
    return s
print(v(6000))
