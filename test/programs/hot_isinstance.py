import sys
class Shape: pass
class Circle(Shape):
    def __init__(self, r): self.r = r
    def area(self): return 3 * self.r * self.r
class Square(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s * self.s
class Liar:
    @property
    def __class__(self): return Circle
class Meta(type):
    def __instancecheck__(cls, o): return o == 5
class Five(metaclass=Meta): pass
def total(shapes, n):
    t = 0
    for i in range(n):
        s = shapes[i % len(shapes)]
        if isinstance(s, Circle): t += s.area()
        elif isinstance(s, Square): t += 2 * s.area()
        elif isinstance(s, (int, float)): t += s
        elif isinstance(s, str): t += len(s)
        else: t += 100
        if isinstance(s, Shape): t += 1
        if isinstance(s, object): t += 1
    return t
print(total([Circle(1), Square(2)], 5000))
print(total([Circle(1), Square(2), 5, 2.5, 'abc', None, True, 1 << 70, [1]], 5000) % 1000007)
def ints(vals, n):
    c = 0
    for i in range(n):
        v = vals[i % len(vals)]
        if isinstance(v, int): c += 1
        if isinstance(v, float): c += 10
        if isinstance(v, bool): c += 100
        if isinstance(v, str): c += 1000
        if isinstance(v, Five): c += 10000
    return c
print(ints([1], 3000), ints([1.5], 3000), ints([1, 2.0], 3000), ints([True, 1, 5], 3000), ints([1 << 80, 5, 'a', None], 3000))
def liars(n):
    c = 0
    objs = [Liar(), Circle(2)]
    for i in range(n):
        if isinstance(objs[i & 1], Circle): c += 1
        if isinstance(objs[0], Circle): c += 10
        if isinstance(objs[0], Square): c += 100
    return c
print(liars(3000))
def rebase(n):
    class A: pass
    class B: pass
    class C(A): pass
    c = C(); k = 0
    for i in range(n):
        if isinstance(c, B): k += 1
        if isinstance(c, A): k += 1000
        if i == 2000: C.__bases__ = (B,)
        if i == 2500: c.__class__ = A
    return k
print(rebase(3000))
def change(n):
    global Circle
    old = Circle; c = old(1); k = 0
    for i in range(n):
        if isinstance(c, Circle): k += 1
        if i == 1000: Circle = Square
        if i == 2000: Circle = old
        if i == 2500: Circle = (int, old)
    Circle = old
    return k
print(change(3000))
