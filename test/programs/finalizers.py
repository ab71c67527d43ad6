# __del__, closing of suspended generators, sys.unraisablehook. gc.collect() makes it happen at a definite place.
import gc
import sys
from _weakref import ref


class C:
    def __init__(self, n=0):
        self.n = n

    def __del__(self):
        print('del', self.n)


c = C(1)
del c
gc.collect()
print('-- 1')
c = C(2)
c = None
gc.collect()
print('-- 2')
C(3)
gc.collect()
print('-- 3')
x = [C(4)]
x.append(x)
del x
gc.collect()
print('-- 4')
for i in [C(5)]:
    pass
del i
gc.collect()
print('-- 5')


def f(a):
    del a
    gc.collect()
    print('-- 6')


f(C(6))
try:
    c = C(7)
    raise ValueError(c)
except ValueError:
    pass
del c
gc.collect()
print('-- 7')

# parents before children
class Parent:
    def __init__(self, name, *children):
        self.name = name
        self.children = children

    def __del__(self):
        print('del', self.name)


p = Parent('a', Parent('b', Parent('c')), Parent('d'))
del p
gc.collect()
print('-- 8')

# resurrection: once
saved = []


class Phoenix:
    def __del__(self):
        print('rises')
        saved.append(self)


p = Phoenix()
r = ref(p)
del p
gc.collect()
print(len(saved), r() is saved[0], gc.is_finalized(saved[0]))
saved.clear()
gc.collect()
print(len(saved), r())


# in subclasses of built-in types
class L(list):
    def __del__(self):
        print('L', self)


class E(Exception):
    def __del__(self):
        print('E', self.args)


L([1, 2])
E(3)
gc.collect()


# added later, taken away, inherited
class Later:
    pass


o = Later()
Later.__del__ = lambda self: print('later')
gc.collect()
del o
gc.collect()
o = Later()
del Later.__del__
del o
gc.collect()


class D(C):
    pass


D('inherited')
gc.collect()


# generators
def g(n):
    try:
        yield n
    finally:
        print('closing', n)


def unfinished():
    it = g(1)
    next(it)
    it = g(2)
    for _ in g(3):
        break


unfinished()
gc.collect()


def wrapper():
    with_it = yield from g(4)


def m():
    w = wrapper()
    next(w)


m()
gc.collect()

# errors go to the hook
def hook(info):
    print(info.exc_type.__name__, info.exc_value, info.err_msg.split(' <')[0], info.object, info.exc_traceback is not None)


sys.unraisablehook = hook


class Bad:
    def __del__(self):
        raise ValueError('in __del__')


Bad()
gc.collect()
b = C(8)
r = ref(b, lambda r: 1 // 0)
del b
gc.collect()


def bad_generator():
    try:
        yield
    finally:
        raise KeyError('in generator')


def m():
    it = bad_generator()
    next(it)


m()
gc.collect()
try:
    raise IndexError
except IndexError:
    Bad()
    gc.collect()
    print(type(sys.exception()).__name__)


# many, in a hot loop
class Count:
    made = died = 0

    def __init__(self):
        Count.made += 1

    def __del__(self):
        Count.died += 1


def hot():
    for i in range(5000):
        x = Count()


hot()
gc.collect()
print(Count.made, Count.died)


# the collector's own module
class Node:
    pass


n = Node()
n.other = [n]
print(n in gc.get_referents(n.other), n.other in gc.get_referrers(n), n.other in gc.get_objects())
print([gc.is_tracked(x) for x in (1, 'a', 1.5, [], n, None)])
print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.garbage, gc.get_freeze_count())
for bad in (-1, 3):
    try:
        gc.collect(bad)
    except ValueError as e:
        print(e)
phases = []
gc.callbacks.append(lambda phase, info: phases.append((phase, sorted(info))))
gc.collect()
gc.callbacks.clear()
print(phases[:2])
