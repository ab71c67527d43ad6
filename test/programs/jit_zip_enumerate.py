# Hot loops over zip and enumerate: ends, exhaustion of one of them, shared iterators, lists that change, large numbers.
def pairs(n):
    a = list(range(n))
    b = [x * 0.5 for x in range(n)]
    t = 0
    for x, y in zip(a, b):
        t += x * y
    for i, x in enumerate(a):
        t += i * x
    for i, (x, y) in enumerate(zip(a, b), 5):
        t += i + x - y
    for x, y, z in zip(a, range(n * 2), (1,) * n):
        t += x + y + z
    return t


print(pairs(10), pairs(5000))


def ends(n):
    out = []
    for size in range(n):
        it, other = iter(range(size)), iter([7] * (size % 5))
        for x, y in zip(it, other):
            pass
        out.append((list(it), list(other)))
        e = enumerate(iter([1] * (size % 7)), size)
        last = None
        for last in e:
            pass
        out.append((last, next(e, "end")))
    return out


r = ends(300)
print(r[:12], len(r), r[-1])
print(sum(len(a) for a, b in r if isinstance(a, list)))


def same(n):
    it = iter(range(n))
    out = []
    for x, y in zip(it, it):
        out.append(x * y)
    left = list(it)
    return sum(out), left


print(same(1000), same(1001))


def mixed(n):
    t = 0
    for k in range(n):
        it = iter([1, 2, 3, 4])
        z = zip(it, it) if k % 3 == 0 else zip(it, iter([5, 6, 7]))
        for x, y in z:
            t += x * 10 + y
        t += len(list(it))
    return t


print(mixed(600))


def growing(n):
    xs = [0]
    t = 0
    for i, x in enumerate(xs):
        t += i
        if len(xs) < n:
            xs.append(x + 1)
    return t, len(xs)


print(growing(3000))


def shrinking(n):
    xs = list(range(n))
    seen = 0
    for i, x in enumerate(xs):
        seen += x
        xs.pop()
    for x, y in zip(xs, xs):
        seen += x - y
        if x == 100:
            del xs[50:]
    return seen, len(xs)


print(shrinking(3000))


def large(n):
    last = None
    for last in enumerate(range(n), 2**47 - 500):
        pass
    for big in enumerate([1] * n, 2**63 - 700):
        pass
    return last, big


print(large(1500))


def kept(n):
    keep = []
    for pair in zip(range(n), [None] * n):
        if pair[0] % 100 == 0:
            keep.append(pair)
    for pair in enumerate("x" * n):
        if pair[0] % 200 == 0:
            keep.append(pair)
    return keep


print(kept(1000))


def strict(n):
    t = 0
    for size in (n, n, n + 1):
        try:
            for x, y in zip(range(n), [1] * size, strict=True):
                t += x * y
        except ValueError as error:
            print(error, t)
    return t


print(strict(1000))


def types(n):
    t = []
    for source in ([1] * n, (2.5,) * n, range(n), "ab" * n, {i: 1 for i in range(n)}, iter([True] * n), (k for k in range(n))):
        c = 0
        for i, x in enumerate(source):
            if i % 2:
                c += 1 if x else 2
        t.append(c)
        for x, y in zip(source, range(n)):
            c += y
        t.append(c)
    return t


print(types(700))


def nested(n):
    total = 0
    rows = [[i * j for j in range(20)] for i in range(n)]
    for i, row in enumerate(rows):
        for j, v in enumerate(row):
            if v != i * j:
                print("wrong")
            total += v
        for a, b in zip(row, rows[0]):
            total += a + b
    return total


print(nested(300))


def jumping(n):
    found = []
    for i, x in enumerate(range(n)):
        if i % 7 == 3:
            continue
        for a, b in zip(range(x, x + 5), range(x, x - 5, -1)):
            if a - b == 6:
                break
        else:
            found.append(i)
        found.append(a)
        if i > n - 10:
            return found[-5:]
    return None


print(jumping(800))
print(sum(a * b for a, b in zip(range(2000), range(2000))), [i for i, x in enumerate([3] * 1500) if i % 500 == x])
