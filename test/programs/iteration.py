# The iterator protocol, the builtins over it, ranges, slices.
def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as error:
        print(type(error).__name__, error)


print(range(5), range(1, 5), range(1, 10, 3), range(5, 0, -1), list(range(5, 0, -2)), list(range(0)))
print(range(10)[3], range(10)[-1], range(10)[2:5], range(10)[::-1], range(0, 10, 3)[1:], len(range(0, 10, 3)))
print(3 in range(5), 5 in range(5), 4 in range(0, 10, 2), 3 in range(0, 10, 2), "a" in range(3), 2.0 in range(3))
print(range(3) == range(0, 3, 1), range(0) == range(2, 1), range(0, 3, 2) == range(0, 4, 2), hash(range(3)) == hash(range(0, 3)))
print(range(10).index(4), range(10).count(4), range(10).count(40), range(3).start, range(3).stop, range(3).step)
print(range(10**20, 10**20 + 3)[1], list(range(10**20, 10**20 + 3)), 10**20 + 1 in range(10**20, 10**20 + 3))
print(list(reversed(range(2, 9, 3))), bool(range(0)), bool(range(1)), list(range(2**47 - 2, 2**47 + 2)))
attempt(range, 1.0)
attempt(range, 1, 2, 0)
attempt(lambda: range(3)[3])
attempt(lambda: range(3).index(3))


class Index:
    def __index__(self):
        return 3


print(list(range(Index())), [1, 2, 3, 4][Index()], [1, 2, 3, 4][: Index()], "abcd"[Index()])
print(slice(1, 2), slice(None), slice(3).stop, slice(1, 10, 2).indices(5), slice(None, None, -1).indices(4))
print(slice(1, 2) == slice(1, 2), slice(1) < slice(2), hash(slice(1, 2)) == hash(slice(1, 2)))
print(sum([1, 2, 3]), sum([0.1] * 10), sum([1, 2.5, 3]), sum(range(101)), sum([], 5), sum(x for x in range(5)))
print(sum([2**46] * 10), sum([10**20, 1]), sum([True, True]), sum([1e16, 1, 1, -1e16]), sum((0.1, 10**16, -(10**16))))
print(min(3, 1, 2), max([3, 1, 2]), min("b", "a"), max((1, 2), (1, 3)), min([2.5, 1]), max(range(5)), min({3: 1, 2: 5}))
print(max("abc", "abcd", key=len), min([3, -5, 1], key=abs), max([], default=None), max(x for x in [1, 5, 2]))
print(any([0, 1]), any([]), all([]), all([1, 0]), any(x > 3 for x in range(5)), all(x > 3 for x in range(5)))
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([], 1)), list(enumerate("a", 10**20)))
print(list(zip("abc", range(3))), list(zip()), list(zip("ab")), list(zip("abc", [1, 2])), list(zip([1], [2], strict=True)))
print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])), list(map(len, ["a", "bb"])))
print(list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x % 2, range(6))), list(filter(bool, [0, 2])))
attempt(lambda: list(zip([1], [1, 2], strict=True)))
attempt(lambda: list(zip([1, 2], [1], strict=True)))
print(type(zip()).__name__, type(map(str, [])).__name__, isinstance(enumerate([]), enumerate), iter(zip()) is not None)


class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


print(list(Count(3)), sum(Count(4)), tuple(Count(2)), sorted(Count(3)), max(Count(5)), 2 in Count(4), [*Count(2)])
print(list(zip(Count(2), Count(5))), list(map(abs, Count(2))), list(enumerate(Count(2))), dict(enumerate(Count(2))))
x, y, z = Count(3)
print(x, y, z)
attempt(lambda: next(Count(0)))
print(next(Count(0), "none"))


class Seq:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * 10

    def __len__(self):
        return 4


print(list(Seq()), list(reversed(Seq())), 20 in Seq(), 25 in Seq(), [a for a in Seq()], max(Seq()))
values = iter([1, 2, 3, 0, 4])
print(list(iter(lambda: next(values), 0)), list(values))
attempt(lambda: iter(5))
attempt(lambda: next([]))
attempt(lambda: list(5))


class BadIter:
    def __iter__(self):
        return 5


attempt(lambda: list(BadIter()))


class Boom:
    def __iter__(self):
        yield 1
        raise ValueError("boom")


for f in (list, tuple, set, sum, max, any, sorted, dict):
    attempt(f, Boom())
attempt(lambda: [*Boom()])
attempt(lambda: list(map(lambda x: 1 // x, [1, 0])))


def gen():
    got = yield 1
    print("got", got)
    return "result"


g = gen()
next(g)
try:
    next(g)
except StopIteration as stop:
    print("value", stop.value)
m = map(lambda x: x * 2, range(3))
for v in m:
    print(v, end=" ")
print(list(m), next(m, "over"))
a, b = [1, 2, 3], [4, 5, 6]
for i, (p, q) in enumerate(zip(a, b)):
    print(i, p, q, end=";")
print()
print(list(zip(*[(1, 2), (3, 4)])), list(map(None.__class__, [])), [list(r) for r in zip(*[iter(range(6))] * 2)])


class E(enumerate):
    pass


e = E("xy")
e.attr = 1
print(list(e), e.attr, type(e).__name__)
print(len([1]), len((1, 2)), len("abc"), len({1: 2}), len({1}), len(range(3)), len(b"ab"))
attempt(len, 5)
attempt(len, iter([]))
print(*map(str, range(3)), *filter(None, [1]), sep=",")
it = iter("abc")
print(next(it), [c for c in it], [c for c in it])
li = [1, 2, 3]
il = iter(li)
next(il)
li.append(4)
print(list(il), list(il))
li.append(5)
print(list(il))
print(min([float("nan"), 1.0]) != min([float("nan"), 1.0]), max([1.0, float("nan")]))
