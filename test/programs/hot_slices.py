# Slices of lists in hot loops: whole, parts, negative bounds, bounds that move out of the list, steps, empty results,
# other types; the copies are lists of their own.


def copies(n):
    source = [0, 1.5, "a", None, 4]
    total = 0
    kept = []
    for i in range(n):
        copy = source[:]
        copy[0] = i
        part = source[1:3]
        part.append(i)
        if i % 500 == 0:
            kept.append((copy, part))
        total += len(copy) + len(part)
    return total, source, kept


print(copies(3000))


def moving(source, n):
    total = 0
    for i in range(n):
        low = i % 7 - 3
        high = i % 11 - 4
        total = (total * 31 + sum(source[low:high]) + len(source[low:]) * 5 + len(source[:high])) % 1000003
    return total


print(moving(list(range(5)), 4000), moving([], 2000), moving([7], 2000), moving((1, 2, 3), 2000))


def growing(n):
    source = []
    total = 0
    for i in range(n):
        source.append(i)
        total += len(source[-3:]) + sum(source[i - 2 : i + 1]) + sum(source[0:2])
        if len(source) > 50:
            source = source[25:]
    return total


print(growing(4000))


def steps(source, n):
    out = []
    for i in range(n):
        step = None if i % 3 else 2
        out.append(len(source[1:9:step]))
        if i == n - 10:
            source = "abcdefghijklm"
    return sum(out), out[-3:]


print(steps(list(range(12)), 3000))


class Index:
    def __init__(self, i):
        self.i = i

    def __index__(self):
        return self.i


class Other(list):
    def __getitem__(self, key):
        return [key.start, key.stop]


def bounds(n):
    total = 0
    for i in range(n):
        low = Index(i % 3) if i % 100 == 99 else i % 3
        items = Other("abc") if i % 300 == 299 else [1, 2, 3, 4]
        total += len(items[low : low_or_none(i)])
        if i == n // 2:
            low = True
            total += len(items[low:])
    return total


def low_or_none(i):
    return None if i % 2 else 3


print(bounds(3000))
print(len(list(range(20000))[5:]), [len(x[1:]) for x in [list(range(5000))] * 400][-1])
