# Sets and frozensets: operators, methods, order of small ints, errors.
def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as error:
        print(type(error).__name__, error)


a = {1, 2, 3}
b = {3, 4, 5}
print(a | b, a & b, a - b, a ^ b, a | {9, 8}, b - a)
print(a < b, a <= a, a < a, {1} < a, a > {1}, a >= {1, 2, 3, 4}, a == {3, 2, 1}, a != b)
print(a.union([7], (8,), "x") == {1, 2, 3, 7, 8, "x"}, a.intersection([1, 2], {2}), a.difference([1], [2]))
print(a.symmetric_difference([1, 10]), a.issubset(range(10)), a.issuperset([1]), a.isdisjoint([7]), a.isdisjoint([1]))
c = set(a)
c.add(10)
c.add(1)
c.discard(2)
c.discard(99)
c.remove(3)
print(c, len(c), 10 in c, 2 in c)
attempt(c.remove, 3)
attempt(set().pop)
c |= {20, 30}
c &= {10, 20, 30}
c -= {10}
c ^= {30, 40}
print(sorted(c))
c.update([1], [2], {3: 4})
c.intersection_update([1, 2, 3, 20])
c.difference_update([3])
c.symmetric_difference_update([2, 50])
print(sorted(c))
c.clear()
print(c, set(), frozenset(), frozenset([1]), {frozenset({1, 2})})
print(list({5, 3, 1, 100, 64, 8, 16}), list({i * 7 % 50 for i in range(20)}), set(range(20, 0, -3)))
print({0, 1, 2, 33, 65}, set("a"), set([1, 1.0, True]), {1.0, 1}, {True, 1})
print(list(frozenset(range(100, 0, -9))), {*range(5), *[7, 8]})
f = frozenset([1, 2])
print(f | {3}, {3} | f, type(f | {3}), type({3} | f), f == {1, 2}, hash(f) == hash(frozenset([2, 1])), f.copy() is f)
print({f: 1}[frozenset([1, 2])], {1, 2} in {f}, f in {f}, [x for x in f])
attempt(lambda: {[]})
attempt(lambda: {{}})
attempt(lambda: [] in {1})
attempt(lambda: {1} | [2])
attempt(lambda: {1} + {2})
attempt(lambda: {1} < [2])
attempt(lambda: hash({1}))
attempt(lambda: {1}.update(5))
attempt(lambda: f.add)


def grow():
    s = {1, 2}
    for x in s:
        s.add(x + 10)


attempt(grow)


class Sub(set):
    def extra(self):
        return len(self)


s = Sub([1, 2])
s.tag = "t"
print(s, s.extra(), s.tag, type(s | {3}), s | {3}, type(s.copy()))


class K:
    def __init__(self, v):
        self.v = v

    def __hash__(self):
        return self.v % 2

    def __eq__(self, o):
        return self.v == o.v

    def __repr__(self):
        return f"K{self.v}"


print({K(1), K(2), K(3), K(1)}, K(3) in {K(3)}, K(5) in {K(3)}, {K(1), K(2)} & {K(2), K(4)})
e = set()
for i in range(1000):
    e.add(i * i % 257)
print(len(e), sum(e), list(e)[:10])
while len(e) > 5:
    e.pop()
print(e)
for i in range(10):
    e.add(i)
    e.discard(i - 1)
print(e)
r = [{1}, {2}, {1, 2}]
print({1, 2} in r, {3} in r, sorted(r, key=len), max(r, key=len))
print({1: 2}.keys() | {5}, {(1, 2), (3, 4)} == {(3, 4), (1, 2)}, len({(i, j) for i in range(10) for j in range(10)}))
print({x for x in "hello"} == set("hello"), not set(), bool({0}))
