# What copy and pickle ask of objects: __reduce_ex__, __reduce__, __getstate__, __getnewargs_ex__, copyreg.
import copyreg

def attempt(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f'{type(e).__name__}: {e}'


class Plain:
    def __init__(self):
        self.a, self.b = 1, 2


class Empty:
    pass


class Slots:
    __slots__ = ('x', 'y')


class SlotsDict(Slots):
    pass


class NewArgs:
    def __new__(cls, *args): return super().__new__(cls)
    def __getnewargs__(self): return (1, 2)


class NewArgsEx:
    def __new__(cls, *args, **kw): return super().__new__(cls)
    def __getnewargs_ex__(self): return ((1,), {'k': 2})


class State:
    def __getstate__(self): return 'my state'


class Reduce:
    def __reduce__(self): return (int, ('5',))


class ReduceEx:
    def __reduce_ex__(self, protocol): return ('global', protocol)


class L(list): pass
class D(dict): pass
class I(int): pass
class T(tuple): pass
class S(str): pass
class F(frozenset): pass
class FL(float): pass
class E(Exception): pass


def show(r):
    if not isinstance(r, tuple): return r
    out = []
    for x in r:
        if isinstance(x, (type(iter([])), type(iter({}.items())))): x = ('iterator', list(x))
        out.append(getattr(x, '__name__', None) or x)
    return out


s = Slots()
s.x = 1
sd = SlotsDict()
sd.y, sd.z = 2, 3
l = L([1, 2])
l.tag = 3
d = D(a=1)
e = E(1, 2)
e.extra = 3
for make in (Plain(), Empty(), s, sd, NewArgs(), NewArgsEx(), State(), Reduce(), ReduceEx(), l, d, I(5), T((1, 2)), S('a'), F([1]), FL(1.5), e, object(), {1}, frozenset(), range(1, 5, 2), slice(1, 2), 1j, 5, 'a', None, ...,
             [1], {'a': 1}, (1,), b'x', bytearray(b'y'), ValueError(1), KeyError('k')):
    for protocol in (0, 2, 4):
        r = attempt(make.__reduce_ex__, protocol)
        print(type(make).__name__, protocol, show(r))
for unpicklable in ((i for i in ()), lambda: 1, __import__('sys'), property(), {}.keys(), type(s).x, memoryview(b''), super(L), Plain.__dict__):
    for protocol in (0, 2):
        print(type(unpicklable).__name__, protocol, str(attempt(unpicklable.__reduce_ex__, protocol)).split(' at 0x')[0])
for bad in (5, (1,), (1, 2), ((), 5)):
    class BadEx:
        def __getnewargs_ex__(self): return bad
    print(attempt(BadEx().__reduce_ex__, 2))
class BadArgs:
    def __getnewargs__(self): return 5
print(attempt(BadArgs().__reduce_ex__, 2))
print(Plain().__getstate__(), Empty().__getstate__(), s.__getstate__(), sd.__getstate__(), object().__getstate__(), (5).__getstate__(), l.__getstate__())
print(copyreg.__newobj__(L, [1]), type(copyreg.__newobj_ex__(NewArgsEx, (1,), {})).__name__, copyreg._reconstructor(I, int, 5), copyreg._slotnames(Slots), copyreg._slotnames(SlotsDict))

# iterators
def gen():
    yield from (iter([1, 2, 3]), iter((1, 2)), iter('abc'), iter(b'ab'), iter({1: 2}), iter({1: 2}.values()), iter({1: 2}.items()), iter({5}), iter(range(4)), reversed([1, 2, 3]), reversed(range(3)),
                enumerate('ab', 5), zip('ab', 'cd'), zip([1], [2], strict=True), map(str, [1, 2]), filter(None, [0, 1]), iter(int, 1), iter(type('Q', (), {'__getitem__': lambda self, i: (1, 2)[i]})()))
def plain(x):
    if isinstance(x, tuple): return tuple(map(plain, x))
    return x if isinstance(x, (int, str, list, dict, range, bytes)) else getattr(x, '__name__', type(x).__name__.replace('_ascii', ''))
for it in gen():
    first = None
    r = it.__reduce__()
    print(type(it).__name__.replace('_ascii', ''), plain(r))
    if type(it).__name__ not in ('callable_iterator',):
        next(it)
        r = it.__reduce__()
        print('  after next', plain(r))
        again = r[0](*r[1])
        if len(r) > 2 and r[2] is not None: again.__setstate__(r[2])
        print('  again', list(again))
        list(it)
        print('  used up', plain(it.__reduce__()))

print(plain(len.__reduce__()), plain([].append.__reduce__()), plain(str.join.__reduce__()), plain(int.__add__.__reduce__()), plain((1).__add__.__reduce__()), plain(Plain().__init__.__reduce__()), plain(dict.fromkeys.__reduce__()))
