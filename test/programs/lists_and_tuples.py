# Lists and tuples: methods, slices, operators, errors.
def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as error:
        print(type(error).__name__, error)


a = [3, 1, 2]
a.append(10)
a.extend([7, 8])
a.extend(range(3))
a.extend("ab")
a.extend({1: 2, 3: 4})
a.extend(x * x for x in range(3))
print(a, len(a))
a.insert(0, "first")
a.insert(-1, "nearly last")
a.insert(100, "last")
a.insert(-100, "new first")
print(a)
print(a.pop(), a.pop(0), a.pop(-2), a.pop(2))
a.remove("b")
print(a.index(8), a.count(1), a.index(1, 2), a.index(0, -6, -1))
attempt(a.index, "nothing")
attempt(a.remove, "nothing")
attempt([].pop)
attempt([1].pop, 5)
attempt(lambda: [1, 2][2])
attempt(lambda: [1, 2]["x"])
attempt(lambda: [1, 2] + (3,))
attempt(lambda: [1, 2] * "a")
attempt(lambda: (1, 2) + [3])
attempt(lambda: (1, 2)[5])
attempt(lambda: (1, 2)[1.0])
attempt(lambda: [] < 5)
a.reverse()
print(a)
b = a.copy()
b.clear()
print(b, a == b, a != b, [] == [])

s = list(range(10))
print(s[2:5], s[:3], s[7:], s[-3:], s[::2], s[::-1], s[8:2:-2], s[100:], s[:-100], s[5:2])
s[2:4] = "xyz"
print(s)
s[1:1] = [100, 200]
print(s)
s[::3] = [0] * len(s[::3])
print(s)
s[3:] = s
print(s)
s[:] = s[::-1]
print(s)
del s[2:5]
print(s)
del s[::2]
print(s)
del s[-1], s[0]
print(s)
s[len(s):] = (x for x in (7, 7))
print(s)
attempt(s.__setitem__, slice(0, 6, 2), [1])
attempt(s.__setitem__, slice(0, 2), 5)
attempt(s.__setitem__, slice(0, 4, 2), 5)
attempt(s.__setitem__, 50, 5)
attempt(s.__delitem__, 50)
attempt(s.__getitem__, slice(1, 2, 0))
attempt(s.__getitem__, slice("a"))
print([1, 2] * 3, 2 * [0], [[]] * 2, [1] * -1, [1, 2] + [3], (1, 2) * 2, () + (1,), (1,) + ())
c = [1]
d = c
c += [2]
c *= 2
print(d, c is d)
e = [1]
e.append(e)
print(e, (e,))
print([1, 2] < [1, 3], [1] < [1, 0], [2] > [1, 5], (1, 2) <= (1, 2), [] < [1], (0,) >= ())
print(1 in [1, 2], "1" in [1, 2], 1.0 in (1, 2), None in [None])
print(sorted([3, 1, 2]), sorted((3, 1, 2), reverse=True), sorted("hello"), sorted({3: 1, 1: 1}))
words = ["banana", "Apple", "cherry", "apple"]
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len, reverse=True))
words.sort(key=lambda w: (len(w), w), reverse=True)
print(words)
pairs = [(i % 3, -i) for i in range(12)]
pairs.sort(key=lambda p: p[0])
print(pairs)
pairs.sort()
print(pairs)
mixed = [3, 1.5, 2, True, 10**20, -1e300]
mixed.sort()
print(mixed)
attempt(sorted, [1, "a"])
attempt(sorted, [1, 2], lambda x: x)


def spoil(x):
    spoiled.append(x)
    return x


spoiled = [3, 2, 1]
attempt(lambda: spoiled.sort(key=spoil))
print(spoiled)


class Reversed:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.v > other.v

    def __repr__(self):
        return f"R{self.v}"


print(sorted([Reversed(x) for x in (3, 1, 2, 5, 4)]))
print(sorted([float("inf"), 2.0, -0.0, 0.0, -1.5]))
print(tuple([1, 2]), tuple("ab"), tuple(range(3)), tuple(), tuple(x for x in "xy"))
t = (1, 2, 3, 2)
print(t.count(2), t.index(3), t[1:], t[::-1], hash((1, 2)) == hash((1.0, 2)), t[:] is t)
print(list(reversed([1, 2, 3])), list(reversed((1, 2))), list(reversed("ab")), list(reversed(range(5, 0, -2))))
print((1,), (), ((),), repr([None, True, 1.5, "q", b"b"]))
it = iter([1, 2, 3])
print(next(it), list(it), next(it, "end"))
grow = [1]
for x in grow:
    if x < 5:
        grow.append(x + 1)
print(grow)
shrink = [1, 2, 3, 4]
for x in shrink:
    shrink.remove(x)
print(shrink)
x, *y, z = range(5)
print(x, y, z)
print([*range(3), *"ab", *()], (*[1], 2))


class L(list):
    def __len__(self):
        return 42


class Tup(tuple):
    pass


m = L([1, 2])
m.extra = 5
m.append(3)
print(m, len(m), m.extra, m + [1], type(m + [1]), list(m), bool(m))
u = Tup((1, 2))
u.name = "n"
print(u, u.name, u[0:1], type(u[:]), u == (1, 2), hash(u) == hash((1, 2)), {u: 1}[(1, 2)])
print(list.__len__([1]), [].__class__, list.__add__([1], [2]))
print([[1, 2], [3]] == [[1, 2], [3]], [1, [2]] < [1, [3]])
print([1, 2, 3].__contains__(2), [1, 2].__eq__(5), [].__iter__() is not None)
big = list(range(1000))
del big[10:990]
print(big)
print(sum([[1], [2]], []), max([3, 9, 2]), min("hello"), max("a", "b"), max([1, 5], key=lambda v: -v), min([], default=7))
