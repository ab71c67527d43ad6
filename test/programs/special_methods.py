# Operators through special methods: reflection, subclass priority, NotImplemented, in-place, conversions, containers.


class V:
    def __init__(self, name): self.name = name
    def __repr__(self): return self.name


names = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow', 'matmul', 'lshift', 'rshift', 'and', 'or', 'xor']
for name in names:
    def forward(self, other, name=name): return f'{self}.{name}({other})'
    def backward(self, other, name=name): return f'{self}.r{name}({other})'
    def inplace(self, other, name=name): return f'{self}.i{name}({other})'
    setattr(V, f'__{name}__', forward)
    setattr(V, f'__r{name}__', backward)
    if name in ('add', 'mul', 'or'):
        setattr(V, f'__i{name}__', inplace)

a, b = V('a'), V('b')
print(a + b, a - 1, 1 - a, 'x' * a, a / 2, 2 // a, a % b, 2 ** a, a @ b, a << 1, 1 >> a, a & 1, 1 | a, a ^ b)
print([1] + a, (1,) + a, 'q' + a, 1.5 + a, a * [1], None + a)
x = a
x += 1
y = a
y -= 1
z = V('z')
z *= 3
print(x, y, z)
print(divmod(7, 2), pow(2, 5), pow(2, 5, 7))


class Sub(V):
    def __radd__(self, other): return 'sub first'


print(a + Sub('s'), 1 + Sub('s'))


class No:
    def __add__(self, other): return NotImplemented
    def __lt__(self, other): return NotImplemented
    def __eq__(self, other): return NotImplemented


class Yes:
    def __radd__(self, other): return 'radd'
    def __gt__(self, other): return 'gt'


print(No() + Yes(), No() < Yes(), No() == No(), No() != No())


class Ordered:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __le__(self, o): return self.v <= o.v
    def __eq__(self, o): return isinstance(o, Ordered) and self.v == o.v
    def __hash__(self): return hash(self.v)


o1, o2 = Ordered(1), Ordered(2)
print(o1 < o2, o1 > o2, o1 <= o2, o1 >= o2, o1 == Ordered(1), o1 != o2, o1 != Ordered(1), o1 in [o2, Ordered(1)])
print(max([o1, o2]).v, sorted([o2, o1])[0].v, {o1: 'one'}[Ordered(1)], o1 == 1)


class Unary:
    def __neg__(self): return 'neg'
    def __pos__(self): return 'pos'
    def __invert__(self): return 'inv'
    def __abs__(self): return 'abs'
    def __bool__(self): return False
    def __int__(self): return 3
    def __float__(self): return 2.5
    def __index__(self): return 2
    def __len__(self): return 9
    def __round__(self, n=None): return ('round', n)


u = Unary()
print(-u, +u, ~u, abs(u), bool(u), not u, int(u), float(u), [1, 2, 3][u], len(u), round(u), round(u, 2), hex(u), list(range(u)))


class Container:
    def __init__(self): self.data = {}
    def __getitem__(self, k): return ('get', k)
    def __setitem__(self, k, v): self.data[k] = v
    def __delitem__(self, k): print('del', k)
    def __contains__(self, k): return k == 5
    def __len__(self): return 0
    def __iter__(self): return iter('xyz')
    def __reversed__(self): return iter('zyx')
    def __call__(self, *a, **k): return (a, k)


c = Container()
c[1] = 2
c['a', 'b'] = 3
del c[7]
print(c[1:2], c[..., 1], c.data, 5 in c, 6 in c, 6 not in c, bool(c), list(c), list(reversed(c)), c(1, x=2), [*c], max(c))


class Sequence:
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
    def __len__(self): return 3


s = Sequence()
print(list(s), 20 in s, 25 in s, list(reversed(s)), [i for i in s], tuple(s))


class Iter:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n


print(list(Iter(3)), sum(Iter(4)), next(Iter(0), 'default'), dict(enumerate(Iter(2))))


class Format:
    def __format__(self, spec): return f'<{spec}>'
    def __str__(self): return 'str'
    def __repr__(self): return 'repr'


f = Format()
print(f'{f} {f:abc} {f!r} {f!s:>5}', '%s %r' % (f, f), format(f, 'q'), str(f), [f])


class Bad:
    def __bool__(self): return 3
    def __len__(self): return 'a'
    def __iter__(self): return 3
    def __hash__(self): return 'a'
    def __repr__(self): return 3
    def __str__(self): return 3
    def __index__(self): return 'a'
    def __format__(self, spec): return 3


class NegLen:
    def __len__(self): return -1


class Blocked:
    __iter__ = None
    __contains__ = None
    __hash__ = None
    __add__ = None


def attempt(*functions):
    for fn in functions:
        try:
            print('no error:', fn())
        except Exception as e:
            print(type(e).__name__, e)


class Nothing: pass


n = Nothing()


def iadd(v, w):
    v += w
def imatmul(v, w):
    v @= w
def setitem(o, k, v): o[k] = v
def delitem(o, k): del o[k]
def unpack(o):
    p, q = o


attempt(
    lambda: bool(Bad()), lambda: len(Bad()), lambda: iter(Bad()), lambda: hash(Bad()), lambda: repr(Bad()),
    lambda: str(Bad()), lambda: [1][Bad()], lambda: format(Bad()), lambda: len(NegLen()), lambda: bool(NegLen()),
    lambda: iter(Blocked()), lambda: 1 in Blocked(), lambda: hash(Blocked()), lambda: {Blocked(): 1}, lambda: Blocked() + 1,
    lambda: n + 1, lambda: 1 + n, lambda: n - n, lambda: n @ n, lambda: n ** 2, lambda: -n, lambda: ~n, lambda: abs(n),
    lambda: n < n, lambda: n >= 1, lambda: 1 < 'a', lambda: [] < (), lambda: None < None, lambda: n(), lambda: n[0],
    lambda: Nothing[0], lambda: setitem(n, 0, 0), lambda: delitem(n, 0), lambda: len(n), lambda: iter(n), lambda: next(n),
    lambda: 1 in n, lambda: iadd(n, 1), lambda: imatmul(n, 1), lambda: iadd('s', 1), lambda: iadd([], 1), lambda: 1 + 'a',
    lambda: 'a' + 1, lambda: [1] + 1, lambda: (1,) + [1], lambda: b'a' + 1, lambda: 'a' * 'b', lambda: [1] * 1.5,
    lambda: 1.5 * 'a', lambda: {} + {}, lambda: {} | 1, lambda: -'a', lambda: ~1.5, lambda: +[], lambda: 1 << 1.0,
    lambda: divmod(n, 1), lambda: pow(n, 2), lambda: pow(2, 'a', 3), lambda: divmod(1, 'a'), lambda: 5 % 'a',
    lambda: len(5), lambda: iter(5), lambda: next(5), lambda: 5[0], lambda: setitem(5, 0, 0), lambda: delitem(5, 0),
    lambda: setitem('abc', 0, 'x'), lambda: delitem('abc', 0), lambda: setitem((1,), 0, 1), lambda: delitem((1,), 0),
    lambda: hash([]), lambda: hash({}), lambda: hash(set()), lambda: hash(([],)), lambda: {[]: 1}, lambda: {[]},
    lambda: 1 in 2, lambda: 1 in 'abc', lambda: unpack(5), lambda: unpack(n), lambda: unpack([1]), lambda: unpack([1, 2, 3]),
    lambda: [1]['a'], lambda: (1,)['a'], lambda: 'x'['a'], lambda: [1][5], lambda: 5(), lambda: None(), lambda: {}['k'],
    lambda: isinstance(1, 2), lambda: issubclass(1, int), lambda: issubclass(int, 2), lambda: isinstance(1, (int, 3)),
    lambda: isinstance(1, (3, int)), lambda: int('x'), lambda: Nothing(1), lambda: object(1), lambda: object.__new__(int),
    lambda: int.__new__(str), lambda: object.__new__(3), lambda: type('x', (), {}, 1), lambda: type(1, 2), lambda: super(),
    lambda: super(Nothing, 1), lambda: super(Nothing, n).foo, lambda: bool.__new__(int), lambda: type(n).__call__(1),
)
# calling natives wrongly
attempt(
    lambda: [].append(), lambda: [].append(1, 2), lambda: [].clear(1), lambda: [].insert(1), lambda: [].pop(1, 2),
    lambda: [].append(x=2), lambda: len(), lambda: len(1, 2), lambda: isinstance(1), lambda: getattr(1),
    lambda: (1).__add__(), lambda: (1).__add__(1, 2), lambda: [].__len__(2), lambda: list.append(1, 2), lambda: list.append(),
    lambda: int.__add__('a', 2), lambda: int.__add__(), lambda: {}.get(), lambda: {}.get(1, 2, 3), lambda: divmod(1),
    lambda: abs(), lambda: print(foo=1), lambda: [].sort(1), lambda: sorted([], foo=2), lambda: ''.split(foo=3),
    lambda: list.__len__(), lambda: str.upper(1), lambda: dict.fromkeys(), lambda: setattr(1, 'x'), lambda: hasattr(1),
)
print((1).__add__('a'), (1).__eq__('a'), [].__eq__(1), object().__eq__(1), 'a'.__lt__(1), (1.5).__radd__(1), [1].__contains__(1))
print(list.append, int.__add__, len, [].__len__.__name__, str.__name__, type(len).__name__, dict.fromkeys.__name__)
