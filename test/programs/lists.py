# list and tuple: methods, comparison, sorting, identity, repr, nesting.
a = [3, 1, 2]
a.append(5); a.extend([4, 4]); a.insert(0, 9); a.insert(100, 8); a.insert(-1, 7)
print(a, a.pop(), a.pop(0), a.index(4), a.count(4), len(a), a)
a.remove(4); a.reverse(); print(a)
a.sort(); print(a); a.sort(reverse=True); print(a); a.sort(key=lambda x: -x if x % 2 else x); print(a)
b = a.copy(); b.clear(); print(a, b, a + [1], [0] * 3, 3 * [1, 2], a == a[:], a is a[:], [1, 2] < [1, 3], [1] < [1, 0], [] == [])
words = ['banana', 'Apple', 'cherry', 'date', 'apple']
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len, reverse=True), min(words, key=len), max(words))
print(sorted([(2, 'b'), (1, 'z'), (2, 'a')]), sorted([3, 1.5, True, -2]), list(reversed(words)), sorted('bca', reverse=True))
stable = sorted([('a', 2), ('b', 1), ('c', 2), ('d', 1)], key=lambda pair: pair[1])
print(stable)
nested = [[0] * 2] * 2
nested[0][0] = 1
print(nested, nested[0] is nested[1])
recursive = [1]
recursive.append(recursive)
print(recursive, repr((recursive,)))
t = (1, 2, 3, 2)
print(t.count(2), t.index(3), t + (4,), t * 2, t[1:], len(t), 2 in t, (1,), (), tuple('ab'), (1, 2) < (1, 2, 0), hash((1, 2)) == hash((1, 2)), t[::-1])
print([1, 2, 3] == [1.0, 2.0, True + 2], (1, 'a') == (1, 'a'), [None, True, 'x', b'y', 1.0, (1,), [2], {3: 4}])
a = [1, 2, 3]
a += 'xy'; a += (4,); a *= 2
print(a, list(enumerate('ab', 1)), list(zip([1, 2, 3], 'ab')), list(map(lambda x, y: x * y, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 'a'])))
for code in ("[][0]", "[1].pop(5)", "[].pop()", "[1].remove(5)", "[1].index(5)", "[1] + (2,)", "[1]['a']", "[1, 'a'].sort()", "(1,)[1]", "[1].insert()", "[1] * 'a'", "(1, 2) + [3]", "{}[[]]", "list(1)"):
    try:
        print(eval(code))
    except (ValueError, TypeError, IndexError) as error:
        print(code, type(error).__name__, error)
stack = []
total = 0
for i in range(10000):
    stack.append(i)
    if i % 3 == 0:
        total += stack.pop()
    if i % 1000 == 999:
        total += stack.pop(0) + len(stack)
print(total, len(stack), stack[-1], stack[0])
data = [(i * 7919) % 1009 for i in range(3000)]
data.sort()
print(data[:5], data[-5:], data[1500])
for i in range(1, len(data)):
    assert data[i - 1] <= data[i]

# Every change of a list while it is sorted is noticed.
from functools import cmp_to_key


def noticed(change):
    def compare(x, y):
        change(items)
        return (x > y) - (x < y)

    items = [1, 2]
    try:
        items.sort(key=cmp_to_key(compare))
    except ValueError as error:
        print(error, items)


noticed(lambda items: (items.append(3), items.pop()))
noticed(lambda items: (items.append(3), items.clear()))
noticed(lambda items: items.append(3))
