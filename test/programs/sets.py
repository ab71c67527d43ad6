# set and frozenset.
a, b = {1, 2, 3}, {2, 3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a <= b, {2} < a, a >= {1}, a == {3, 2, 1}, a != b, 2 in a, len(a))
a.add(9); a.discard(1); a.discard(100); a.remove(2); a.update([5, 6], (7,))
print(sorted(a), sorted(a.union([0])), sorted(a.intersection({5, 9})), sorted(a.difference([5])), a.isdisjoint({100}), a.issubset(range(10)), a.issuperset([9]))
a |= {1}; a &= {1, 9, 5}; a -= {5}; a ^= {2}
print(sorted(a), a.copy() == a, set(), {1}, frozenset([1]), repr(frozenset()), set('aab') == {'a', 'b'}, bool(set()))
f = frozenset([1, 2])
print(f | {3} == {1, 2, 3}, {f: 'key'}[frozenset([2, 1])], hash(f) == hash(frozenset((2, 1))), f == {1, 2}, type(f & {1}).__name__, type({1} | f).__name__)
print({1, 1.0, True}, sorted({x % 3 for x in range(10)}), {(1, 2), (1, 2)}, len({0, False, 0.0, ''}))
for code in ("{[]}", "{1}.remove(2)", "set().pop()", "{1} + {2}", "{1} | [2]", "frozenset([1]).add(2)", "{1}[0]", "set(5)", "{{1}}", "hash({1})"):
    try:
        print(eval(code))
    except (KeyError, TypeError, AttributeError) as error:
        print(code, type(error).__name__, error)
try:
    for x in a:
        a.add(x + 100)
except RuntimeError as error:
    print(error)
seen = set()
n = 1
while n not in seen:
    seen.add(n)
    n = (n * 48271) % 6007
print(len(seen), n, min(seen), max(seen), sum(seen))
total = 0
for i in range(8000):
    if i * i % 101 in {1, 4, 9, 16, 25}:
        total += i
    seen.discard(i)
print(total, len(seen))
while seen:
    seen.pop()
print(seen)

# A set that is cleared while it is searched, hashable subclasses as elements, fresh results.


class Clearing:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        searched.clear()
        return False


searched = {Clearing()}
print(Clearing() in searched, len(searched))
searched = {Clearing()}
searched.add(Clearing())
print(len(searched))


class Hashable(set):
    def __hash__(self):
        return 7


element = Hashable([1])
print(element in {element}, element in {frozenset([1])})
frozen = frozenset('ab')
print(frozen.intersection() is frozen, frozen.copy() is frozen)


class WithNew(set):
    def __new__(cls, items, extra=None):
        return super().__new__(cls, items)


try:
    WithNew([1], extra=2)
except TypeError as error:
    print(error)
