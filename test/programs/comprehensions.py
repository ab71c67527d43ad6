# List, set, dict comprehensions and generator expressions: conditions, nesting, scopes.
print([x * x for x in range(10) if x % 2])
print({x % 3 for x in range(10)} == {0, 1, 2}, {x: str(x) for x in range(3)})
print([(x, y) for x in range(3) for y in range(x)], [[y for y in range(x)] for x in range(4)])
print(sum(x for x in range(100) if x % 7 == 0), list(c.upper() for c in 'abc'))
x = 'outer'
print([x for x in range(3)], x)

def local_scope(n):
    offset = 100
    return [i + offset for i in range(n)], {k: v + offset for k, v in [('a', 1)]}, x

print(local_scope(3))
print([a + b for a, b in [(1, 2), (3, 4)]], [first for first, *_ in ['abc', 'de']])
print([y := 5, y ** 2], [last := value for value in range(4)], last)
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [cell for row in matrix for cell in row])
print([x if x > 1 else -x for x in range(4)], any(x > 2 for x in range(4)), all(x for x in range(1, 4)))
g = (n * n for n in range(3))
print(next(g), next(g), next(g), next(g, 'done'))
print([f() for f in [lambda: z for z in range(3)]])
print(dict(zip('abc', range(3))), {k: v for k, v in sorted({'b': 2, 'a': 1}.items())})
print(sorted({len(word) for word in 'the quick brown fox jumps'.split()}))
total = 0
for i in range(600):
    total += sum([j * i for j in range(12) if j != i])
    total += len({j & 7: j for j in range(i % 20)})
print(total)
