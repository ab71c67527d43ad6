# Weak references, proxies and callbacks. What dies is seen after gc.collect(), with reference counts or without.
import gc
import sys
from _weakref import ref, proxy, getweakrefcount, getweakrefs, ProxyType, CallableProxyType, ReferenceType


class C:
    def __init__(self, n=0):
        self.n = n

    def method(self):
        return self.n

    def __add__(self, other):
        return ('add', self.n, other)

    def __radd__(self, other):
        return ('radd', self.n, other)

    def __iadd__(self, other):
        self.n += other
        return self

    def __len__(self):
        return 3

    def __getitem__(self, key):
        return key * 2

    def __contains__(self, item):
        return item == self.n

    def __eq__(self, other):
        return isinstance(other, C) and self.n == other.n

    def __hash__(self):
        return self.n * 7

    def __str__(self):
        return f'C({self.n})'


c = C(4)
r = ref(c)
print(r() is c, r is ref(c), type(r) is ref is ReferenceType, r.__callback__)
c2, c3 = C(4), C(5)
print(hash(r) == hash(c), r == ref(c2), r == ref(c3), r != ref(c), getweakrefcount(c), getweakrefs(c)[0] is r)
print(c.__weakref__ is r, repr(r).startswith('<weakref at 0x'), " to 'C' at 0x" in repr(r))
p = proxy(c)
print(type(p) is ProxyType, p is proxy(c), p.n, p.method(), p + 1, 2 + p, len(p), p[21], 4 in p, 5 in p, str(p))
print(p == c, c == p, p == C(4), bool(p), isinstance(p, C), p.__class__ is C)
p.extra = 5
p.n = 6
print(c.extra, c.n)
del p.extra
print(hasattr(c, 'extra'))
p += 10
print(p is c, c.n)
p = proxy(c)
try:
    hash(p)
except TypeError as e:
    print(e)
dead = []
r2 = ref(c, lambda r: dead.append(r))
r3 = ref(c, dead.append)
print(r2 is r, r2 == r, getweakrefcount(c), r2.__callback__ is not None)
del c
gc.collect()
print(r(), r2(), r3(), sorted(map(id, dead)) == sorted([id(r2), id(r3)]), r2.__callback__)
for f in (lambda: p.n, lambda: p + 1, lambda: len(p), lambda: str(p), lambda: bool(p), lambda: setattr(p, 'x', 1)):
    try:
        print(f())
    except ReferenceError as e:
        print(type(e).__name__, e)
print(hash(r) == 4 * 7, r == ref(c2), r == r, repr(r).endswith('; dead>'))
try:
    hash(r2)
except TypeError as e:
    print(e)


# subclasses of ref
class Keyed(ref):
    __slots__ = ('key',)

    def __new__(cls, ob, callback, key):
        self = super().__new__(cls, ob, callback)
        self.key = key
        return self

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


c = C(1)
k = Keyed(c, None, 'a key')
print(k.key, k() is c, isinstance(k, ref), k is ref(c), k == ref(c), Keyed(c, None, 2) is k)
del c
gc.collect()
print(k(), k.key)


# what may be referred to
def function():
    pass


class Slots:
    __slots__ = ()


class WeakSlots:
    __slots__ = ('__weakref__',)


class L(list):
    pass


class T(tuple):
    pass


class S(str):
    pass


class E(Exception):
    pass


for make in (
    lambda: 1, lambda: 'a', lambda: 1.5, lambda: [], lambda: {}, lambda: (), lambda: None, lambda: object(),
    lambda: ValueError(), lambda: C, lambda: int, lambda: len, lambda: [].append, lambda: function,
    lambda: C().method, lambda: {1}, lambda: frozenset(), lambda: (i for i in ()), lambda: sys, lambda: function.__code__,
    lambda: Slots(), lambda: WeakSlots(), lambda: L(), lambda: T(), lambda: S(), lambda: E(), lambda: slice(1),
    lambda: range(2), lambda: property(), lambda: iter([]), lambda: ref(C), lambda: b'', lambda: {}.keys(),
):
    try:
        made = make()
        print(type(made).__name__, ref(made)() is made)
    except TypeError as e:
        print(e)
for args in ((), (C, None, 3)):
    try:
        ref(*args)
    except TypeError as e:
        print(e)
try:
    ref(C, callback=None)
except TypeError as e:
    print(e)
try:
    class Twice(WeakSlots):
        __slots__ = ('__weakref__',)
except TypeError as e:
    print(e)
print('__weakref__' in C.__dict__, '__weakref__' in Slots.__dict__, hasattr(L(), '__weakref__'), hasattr(T(), '__weakref__'))
print(type(proxy(function)) is CallableProxyType, proxy(function)(), type(proxy(C)) is CallableProxyType)


# classes die too, and leave their bases' lists
class Base:
    pass


def subclass():
    class Sub(Base):
        pass
    return ref(Sub)


s = subclass()
gc.collect()
print(s(), Base.__subclasses__())


# many, in a hot loop
def hot():
    keep = []
    refs = []
    for i in range(3000):
        o = C(i)
        refs.append(ref(o))
        if i % 100 == 0:
            keep.append(o)
    del o
    gc.collect()
    alive = [r() for r in refs if r() is not None]
    return len(alive), alive == keep


print(hot())
