# Builtin functions over Python code, in hot loops: what becomes a call of a Python function, and what may not.
import functools


def squares(n):
    for i in range(n):
        yield i * i


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise StopIteration
        return self.n


class Key:
    def __init__(self, sign):
        self.sign = sign

    def __call__(self, x):
        return self.sign * x


def once(i):
    items = [3, i % 7, 5, -i % 5]
    answers = [
        any(x > 4 for x in items),
        all(x >= 0 for x in items),
        sum(x * 2 for x in items),
        sum((x for x in items), 10),
        sum((x * 0.5 for x in items), 0.25),
        max(x for x in items),
        min(squares(4)),
        max(items, key=lambda x: -x),
        min(items, key=Key(-1)),
        min(Countdown(4), key=lambda x: (x - 2) ** 2),
        sorted(items, key=lambda x: -x),
        sorted(items, key=lambda x: x, reverse=True),
        sorted(items, reverse=True, key=Key(1)),
        list(squares(3)),
        tuple(x for x in items),
        set(x for x in items),
        ",".join(str(x) for x in items),
        list(Countdown(3)),
        functools.reduce(lambda a, b: a * 2 + b, items, 1),
        functools.reduce(lambda a, b: a - b, (x for x in items), 0),
        list(map(lambda x: x + 1, items)),
        next((x for x in items if x > 3), None),
    ]
    gathered = [0]
    gathered.extend(x for x in items)
    met = {1}
    met.update(x for x in items)
    answers.append(gathered)
    answers.append(sorted(met))
    return answers


total = None
for i in range(1500):
    answers = once(i)
    if i in (0, 1, 700, 1499):
        print(answers)


def failing(i):
    try:
        if i % 3 == 0:
            return max(x for x in ())
        if i % 3 == 1:
            return min([], key=lambda x: x)
        return sum(x for x in [1, "a"])
    except (ValueError, TypeError) as error:
        return str(error)


seen = []
for i in range(1200):
    text = failing(i)
    if text not in seen:
        seen.append(text)
print(seen)


class NoIterator:
    pass


for call in (any, all, sum, max, min, sorted, list, tuple, set, ",".join, [].extend, set().update):
    for attempt in range(3):
        try:
            call(NoIterator())
        except TypeError as error:
            message = str(error)
    print(message)


def explode(n):
    for i in range(n):
        if i == 2:
            raise KeyError(i)
        yield i


caught = 0
for i in range(1000):
    for call in (any, all, sum, max, list, tuple, set):
        try:
            call(x - 1 for x in explode(2 + i % 2))
        except KeyError:
            caught += 1
print(caught)


# a site that meets natives' own arguments and Python's in turn
def mixed(i):
    source = [1, 2, 3] if i % 2 else (x for x in (1, 2, 3))
    return sum(source), max([1, 5] if i % 3 else (x for x in (2, 7)))


print([mixed(i) for i in range(2000)][1990:])

# key functions that are made anew each time, with defaults and closures
print([max([4, 9, 2], key=lambda x, k=k: abs(x - k)) for k in range(600)][590:])
print([sorted([4, 9, 2], key=lambda x: abs(x - k)) for k in range(600)][595:])
print(max([1, 2], key=None), sorted([2, 1], key=None), max([], key=lambda x: x, default=7), max((x for x in ()), default=8))
