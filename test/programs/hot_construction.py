# Classes with a __new__ in Python: what they make, and whose __init__ is called.
from collections import namedtuple
from fractions import Fraction


class Point:
    __slots__ = ("x", "y")

    def __new__(cls, x, y=0, *, scale=1):
        self = object.__new__(cls)
        self.x = x * scale
        self.y = y
        return self


class Named(Point):
    def __new__(cls, name, *rest):
        self = super().__new__(cls, len(name), *rest)
        return self


class Pair(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    def total(self):
        return self[0] + self[1]


class Base:
    def __new__(cls, kind, size=3):
        if kind == 0:
            return object.__new__(Base)
        if kind == 1:
            return object.__new__(Initialized)
        if kind == 2:
            return "no instance"
        return object.__new__(Plain)

    kind = "base"


class Plain(Base):
    kind = "plain"


class Initialized(Base):
    made = 0

    def __init__(self, kind, size=4):
        Initialized.made += 1
        self.kind = (kind, size)


class Keeper:
    pool = {}

    def __new__(cls, key):
        if key not in cls.pool:
            cls.pool[key] = super().__new__(cls)
        return cls.pool[key]


class Refuses:
    def __new__(cls, x):
        if x % 10 == 9:
            raise ValueError(x)
        return object.__new__(cls)


total = 0
for i in range(3000):
    p = Point(i, 2)
    q = Point(i, y=3, scale=2)
    n = Named("abc", i)
    r = Pair(i, 1)
    total += p.x + q.x + n.y + r.total() + q.y + n.x
print(total, type(n).__name__, type(r).__name__, r)

kinds = []
for i in range(4000):
    kinds.append(getattr(Base(i % 4), "kind", None) if i % 2 else getattr(Base(kind=i % 4, size=i), "kind", None))
print(kinds[:8], kinds[-4:], Initialized.made)

print(len({id(Keeper(i % 5)) for i in range(3000)}))

failures = 0
for i in range(3000):
    try:
        Refuses(i)
    except ValueError:
        failures += 1
print(failures)

P = namedtuple("P", "a b c", defaults=[7])
s = 0
for i in range(3000):
    t = P(i, 1)
    s += t.a + t.b + t.c + t._replace(a=1).a
print(s, t)

f = Fraction(0)
for i in range(1, 400):
    f += Fraction(1, i % 7 + 1)
print(f)


def default(n):
    def count():
        yield from range(n)

    g = count()
    missing = [n]
    seen = 0
    while True:
        x = next(g, missing)
        if x is missing:
            return seen, missing
        seen += 1


for i in range(300):
    answer = default(i % 30)
print(answer)
