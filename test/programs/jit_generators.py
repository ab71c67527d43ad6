"""Generators, iterators and nested loops of changing lengths in hot loops."""

import sys


def count(n):
    i = 0
    while i < n:
        yield i
        i += 1


def pairs(n):
    for a in range(n):
        for b in count(a % 4):
            yield a, b


def consume():
    total = 0
    for a, b in pairs(2500):
        total += a * b
    return total


print(consume())


def calls_inside():
    def square(x):
        return x * x

    def gen(n):
        for i in range(n):
            yield square(i) + helper(i)

    def helper(x):
        if x == 2500:
            raise ValueError(x)
        return x

    total = 0
    try:
        for v in gen(3000):
            total += v
    except ValueError as e:
        return total, e.args


print(calls_inside())


def sending():
    def averager():
        total = 0.0
        n = 0
        value = yield None
        while True:
            if value is None:
                return total
            total += value
            n += 1
            value = yield total / n

    g = averager()
    next(g)
    last = 0
    for i in range(3000):
        last = g.send(i if i < 2500 else i * 0.5)
    try:
        g.send(None)
    except StopIteration as e:
        return last, e.value


print(sending())


def closing():
    log = []

    def gen():
        try:
            i = 0
            while True:
                i += 1
                yield i
        finally:
            log.append(i)

    for n in range(300):
        g = gen()
        for v in g:
            if v > n % 17:
                break
        g.close()
    total = 0
    for v in gen():
        total += v
        if v == 3000:
            break
    return total, len(log) >= 300, sum(log[:300])


print(closing())


class Iterator:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


def own_iterator():
    total = 0
    for v in Iterator(3000):
        total += v
        if v == 1000:
            Iterator.__next__ = lambda self: [].pop()
        try:
            pass
        finally:
            total += 1
    return total


try:
    print(own_iterator())
except IndexError as e:
    print(e)


def nested():
    total = j = 0
    for i in range(200):
        for j in range(i % 7):
            for k in range(j):
                total += i * j - k
                if k == 3:
                    break
            else:
                total += 1
                continue
            total += 100
        while j > 0:
            j -= 2
            if j == 1:
                break
        else:
            total += 5
    return total


print(nested())


def deep_nesting():
    total = 0
    for i in range(12):
        for j in range(i):
            for k in range(j):
                for l in range(k):
                    for m in range(l):
                        total += i ^ j ^ k ^ l ^ m
    return total


print(deep_nesting())


def ranges():
    log = []
    for i in range(3000):
        step = (1, 2, -1, 3, -2)[i % 5]
        n = 0
        for j in range(i % 10, i % 13, step):
            n += j
        log.append(n)
    for big in range(2 ** 47 - 3, 2 ** 47 + 3):
        log.append(big)
    for big in range(2 ** 63 - 2, 2 ** 63 + 2):
        log.append(big)
    return sum(log[:3000]), log[3000:]


print(ranges())


def range_kinds():
    out = 0
    for i in range(3000):
        r = range(i % 5) if i != 2500 else [7, 8]
        for x in r:
            out += x
        for x in (range(3), (1, 2), [5], 'ab', {1: 2}, {4})[i % 6]:
            out += x if isinstance(x, int) else 1
    return out


print(range_kinds())


def zips():
    out = 0
    a = [1, 2, 3, 4]
    b = (5, 6, 7)
    for i in range(2500):
        for x, y in zip(a, b):
            out += x * y
        for k, x in enumerate(a, i):
            out += k - x
        for x in map(lambda v: v + i, b):
            out += x
        for x in filter(None, (0, i, 1)):
            out += x
        for x in reversed(a):
            out = out % 1000003 + x
        out += sum(x for x in a if x % 2) + max(a) + min(b) + any(a) + all(b)
    return out


print(zips())


def dicts():
    d = {}
    out = 0
    for i in range(4000):
        d[i % 50] = d.get(i % 50, 0) + i
        if i % 97 == 0:
            del d[i % 50]
        if i % 50 in d:
            out += d[i % 50]
        for k in d:
            out += k
            if k > 5:
                break
        for k, v in d.items():
            out = (out + v) % 1000003
            break
        try:
            out += d[i % 60]
        except KeyError as e:
            out += e.args[0]
    s = set()
    for i in range(3000):
        s.add(i * 7 % 101)
        if i % 3 == 0:
            s.discard(i % 101)
        out += len(s)
    return out, len(d), sorted(s)[:5]


print(dicts())


def dict_changed():
    d = dict.fromkeys(range(3000))
    try:
        for k in d:
            if k == 2500:
                d['new'] = 1
    except RuntimeError as e:
        return k, str(e)


print(dict_changed())


def building():
    s = ''
    parts = []
    for i in range(3000):
        s += chr(97 + i % 26)
        if len(s) > 60:
            parts.append(s)
            s = s[-3:] + 'é' if i % 2 else s[:2]
        t = f'{i:>5}|{s[-1]}|{i / 7:.2f}'
        parts.append(t) if i % 500 == 0 else None
    return s, len(parts), parts[-1], ''.join(parts)[:300]


print(building())


def interleaved():
    a = count(3000)
    b = count(3000)
    total = 0
    for x in a:
        y = next(b)
        total += x * y
        if x == 2000:
            next(b)
        if x == 2900:
            a.close()
    return total


print(interleaved())


def return_below():
    def work(n):
        t = 0
        for i in range(n):
            t += i
            if t > 2000:
                return t, i
        return t

    out = []
    for n in range(0, 1500):
        out.append(work(n % 90))
    return out[-3:], len(set(map(str, out)))


print(return_below())


# generators that end within the loop that runs them, again and again, one of them while its frame is held
def ends(n):
    total = 0
    for i in range(n):
        for value in (x * x for x in range(i % 4)):
            total += value
        total += sum(y for y in (1, 2, 3) if y != i % 5)
    return total


print(ends(3000))


def held(n):
    frames = []

    def generate(i):
        if i % 700 == 699:
            frames.append(sys._getframe())
        yield i
        last = i * 2

    total = 0
    for i in range(n):
        for value in generate(i):
            total += value
    return total, [frame.f_locals["last"] for frame in frames]


print(held(3000))
