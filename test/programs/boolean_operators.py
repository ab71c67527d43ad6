"""Nested boolean operators ask each value for its truth once."""
import itertools


class Value:
    def __init__(self, name, truth):
        self.name = name
        self.truth = truth

    def __bool__(self):
        log.append(self.name)
        return self.truth


log = []
for truths in itertools.product([True, False], repeat=4):
    a, b, c, d = (Value(name, truth) for name, truth in zip('abcd', truths))
    results = []
    for make in (
        lambda: a and b or c or d,
        lambda: a or b and c or d,
        lambda: a and (b or c) and d,
        lambda: (a or b) and (c or d),
        lambda: (a and b) or (c and d),
        lambda: a and (b and (c and d)),
        lambda: a or (b or (c or d)),
        lambda: not (a and b) or c,
        lambda: (a if b else c) and d,
        lambda: ((a or b) and c) or d,
        lambda: (a and (b or c)) or d,
    ):
        log.clear()
        value = make()
        results.append((getattr(value, 'name', value), ''.join(log)))
    print(truths, results)


def count(n):
    total = 0
    for i in range(n):
        x = i % 3 and i % 5 or i % 7 and 10
        y = (i % 2 or i % 3) and (i % 5 or i % 11)
        total += x + y
        if (i & 1 and i & 2 or i & 4) and not (i & 8 or i & 16 and i & 32):
            total += 1
    return total


print(count(20000))
