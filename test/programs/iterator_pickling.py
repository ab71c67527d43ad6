# __reduce__, __setstate__ and __length_hint__ of the built-in iterators.
import operator
def show(make, advance=(0, 1, 99)):
    for count in advance:
        it = make()
        for _ in range(count):
            next(it, None)
        r = it.__reduce__()
        print(type(it).__name__.replace('_ascii', ''), count, r[0].__name__, r[1:], operator.length_hint(it, -1))
        copied = r[0](*r[1])
        if len(r) > 2 and r[2] is not None:
            copied.__setstate__(r[2])
        print('   ', list(copied), list(it))
class Sequence:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
    def __getitem__(self, i):
        if i >= self.n: raise IndexError(i)
        return i * 10
    def __repr__(self): return f'Sequence({self.n})'
for source in ([1, 2, 3], (1, 2), 'abc', 'aé€', b'xyz', bytearray(b'pq'), {1: 2, 3: 4}, {1: 2}.values(), {1: 2, 5: 6}.items(), {7}, frozenset([1]), range(5), range(10, 0, -3), Sequence(3)):
    show(lambda: iter(source))
for source in ([1, 2, 3], (1, 2), 'abc', {1: 2, 3: 4}, {1: 2}.values(), {1: 2, 5: 6}.items(), range(5), Sequence(3)):
    show(lambda: reversed(source))
for it in (enumerate([5, 6], 3), zip([1], [2]), zip([1], [2], strict=True), map(str, [1, 2]), map(max, [1], [2]), filter(None, [0, 1]), iter(int, 1), zip()):
    r = it.__reduce__()
    print(type(it).__name__, r[0].__name__, [type(x).__name__ for x in r[1]], r[2:])
for it in (iter((1, 2, 3)), iter('abc'), iter(b'abc'), iter(range(3)), reversed([1, 2, 3]), reversed((1, 2, 3)), iter(Sequence(3))):
    for state in (-5, 0, 2, 50):
        it.__setstate__(state)
        print(type(it).__name__.replace('_ascii', ''), state, operator.length_hint(it, -1), end=' ')
    print(next(it, 'end'))
print({1}.__reduce__(), range(1, 5).__reduce__(), slice(1, 2).__reduce__(), Ellipsis.__reduce__(), NotImplemented.__reduce__())
