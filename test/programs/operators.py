# The operator methods, reflected and in-place ones, comparison and conversion methods.
class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f'Vector({self.x}, {self.y})'

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, factor):
        if isinstance(factor, Vector):
            return self.x * factor.x + self.y * factor.y
        return Vector(self.x * factor, self.y * factor)

    __rmul__ = __mul__

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __abs__(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __bool__(self):
        return bool(self.x or self.y)

    def __getitem__(self, index):
        return (self.x, self.y)[index]

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

    def __len__(self):
        return 2

    def __contains__(self, value):
        return value == self.x or value == self.y

    def __call__(self, *args):
        return ('called', args)

    def __iter__(self):
        yield self.x
        yield self.y

v = Vector(1, 2)
w = Vector(3, 4)
print(v + w, v - w, v * 2, 2 * v, v * w, -v, abs(w))
print(v == Vector(1, 2), v != Vector(1, 2), v == 3, bool(Vector(0, 0)), not v)
print(v[0], v[1], v[-1], len(v), 2 in v, 5 in v, list(v), v(1, 2), tuple(v))
print({v: 'a'}[Vector(1, 2)], len({v, w, Vector(1, 2)}))
alias = v
v += w
print(v, alias is v)
try:
    v + 1
except TypeError as error:
    print(error)
try:
    1 - v
except AttributeError as error:
    print('AttributeError', error)
except TypeError as error:
    print(error)
try:
    v < w
except TypeError as error:
    print(error)

class Reflecting:
    def __radd__(self, other):
        return ('radd', other)
    def __rsub__(self, other):
        return ('rsub', other)
    def __rfloordiv__(self, other):
        return ('rfloordiv', other)
    def __rpow__(self, other):
        return ('rpow', other)
    def __rlshift__(self, other):
        return ('rlshift', other)

r = Reflecting()
print(1 + r, 2.5 - r, 'x' + r if False else [] , 7 // r, 2 ** r, 1 << r)

class Ordered:
    def __init__(self, key):
        self.key = key
    def __lt__(self, other):
        return self.key < other.key
    def __le__(self, other):
        return self.key <= other.key
    def __repr__(self):
        return f'O{self.key}'

print(sorted([Ordered(3), Ordered(1), Ordered(2)]), max(Ordered(1), Ordered(5)), Ordered(1) > Ordered(0))
print(Ordered(1) >= Ordered(1))

class Number:
    def __int__(self):
        return 42
    def __float__(self):
        return 4.5
    def __index__(self):
        return 3
    def __str__(self):
        return 'number'
    def __format__(self, spec):
        return f'<{spec}>'
    def __round__(self, digits=None):
        return ('round', digits)
    def __divmod__(self, other):
        return ('divmod', other)
    def __matmul__(self, other):
        return ('matmul', other)
    def __invert__(self):
        return 'inverted'
    def __pos__(self):
        return 'pos'

n = Number()
print(int(n), float(n), [0, 1, 2, 3][n], str(n), f'{n:>10}', f'{n}', round(n), round(n, 2), divmod(n, 2), n @ 1, ~n, +n)
print(hex(n), list(range(n)), 'abcdef'[:n], 'ab' * n)

class Base:
    def __add__(self, other):
        return 'base add'

class Derived(Base):
    def __radd__(self, other):
        return 'derived radd'

print(Base() + Derived(), Derived() + Base())

class Table:
    def __init__(self):
        self.data = {}
    def __setitem__(self, key, value):
        self.data[key] = value
    def __getitem__(self, key):
        return self.data[key]
    def __delitem__(self, key):
        del self.data[key]

t = Table()
t['a'] = 1
t['a'] += 5
t[1:2] = 'slice'
t[1, 2] = 'tuple'
print(t['a'], t[1, 2], len(t.data))
del t['a']
print('a' in t.data)

total = Vector(0, 0)
for i in range(6000):
    total = total + Vector(i, -i) * 2
    total -= Vector(1, 1)
print(total)
