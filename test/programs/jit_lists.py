"""Lists that change while hot loops go over them; indices out of range, negative, of other types."""


def grow_while_iterated():
    l = list(range(10))
    seen = 0
    for x in l:
        seen += x
        if len(l) < 4000:
            l.append(x + 1)
    return seen, len(l)


print(grow_while_iterated())


def shrink_while_iterated():
    l = list(range(9000))
    seen = 0
    for x in l:
        seen += x
        if x % 2:
            l.pop()
    return seen, len(l)


print(shrink_while_iterated())


def clear_while_iterated():
    out = []
    l = list(range(5000))
    count = 0
    for x in l:
        count += 1
        if x == 3000:
            l.clear()
    out.append(count)
    it = iter(l)
    l.extend([1, 2, 3])
    for x in it:
        out.append(x)
    l.append(4)
    for x in it:
        out.append(x)
    return out


print(clear_while_iterated())


def index_errors():
    l = [1, 2, 3, 4]
    hits = 0
    out = []
    for i in range(3000):
        try:
            hits += l[i % 5]
        except IndexError as e:
            hits += 100
            text = str(e)
        try:
            hits += l[-(i % 6)]
        except IndexError:
            hits += 1000
        try:
            l[i % 7] = i
        except IndexError as e:
            text2 = str(e)
        if i == 2500:
            l.append(0)
        if i == 2700:
            del l[1:]
    return hits, text, text2, l


print(index_errors())


def index_kinds():
    l = [10, 20, 30]
    log = []
    for i in range(3000):
        k = i % 3
        if i == 2000:
            k = True
        elif i == 2100:
            k = 1.0
        elif i == 2200:
            k = 2 ** 30
        elif i == 2300:
            k = None
        elif i == 2400:
            k = slice(1, 3)
        elif i == 2500:
            k = -3
        elif i == 2600:
            k = -4
        try:
            v = l[k]
        except Exception as e:
            v = (type(e).__name__, str(e))
        if i % 100 == 0:
            log.append(v)
    return log


print(index_kinds())


def container_kinds():
    log = []
    c = [1, 2, 3]
    for i in range(4000):
        if i == 1000:
            c = (4, 5, 6)
        elif i == 1500:
            c = 'xyz'
        elif i == 2000:
            c = {0: 'a', 1: 'b', 2: 'c'}
        elif i == 2500:
            c = b'abc'
        elif i == 3000:
            c = range(5, 50, 5)
        elif i == 3500:
            c = [1.5, 'x', None]
        v = c[i % 3]
        n = len(c)
        if i % 250 == 0:
            log.append((v, n))
    return log


print(container_kinds())


def strings():
    s = 'héllo wörld'
    out = 0
    log = []
    for i in range(4000):
        if i == 2000:
            s = 'λόγος και'
        elif i == 2500:
            s = 'smile 😀 x'
        elif i == 3000:
            s = 'ascii only'
        elif i == 3500:
            s = ''
        try:
            c = s[i % 9]
            out = (out * 31 + ord(c)) % 1000003
        except IndexError as e:
            log.append(str(e)) if not log else None
    return out, log


print(strings())


def swaps():
    a, b, c = 1, 2, 3
    l = [5, 4, 3, 2, 1, 0]
    for i in range(3001):
        a, b, c = b, c, a
        l[i % 6], l[(i + 1) % 6] = l[(i + 1) % 6], l[i % 6]
        if i == 2500:
            a = 'x'
    return a, b, c, l


print(swaps())


def unpacking():
    out = 0
    pairs = [(1, 2), (3, 4)]
    log = []
    for i in range(3000):
        if i == 2000:
            pairs[0] = [5, 6]
        elif i == 2200:
            pairs[1] = (7, 8, 9)
        elif i == 2300:
            pairs[1] = 'ab'
        elif i == 2400:
            pairs[1] = 5
        elif i == 2500:
            pairs[1] = (1.5, None)
        try:
            x, y = pairs[i % 2]
        except Exception as e:
            if i % 50 == 1:
                log.append((type(e).__name__, str(e)))
            continue
        if isinstance(x, int):
            out += x
    return out, log


print(unpacking())


def slices():
    l = list(range(20))
    out = 0
    for i in range(3000):
        k = i % 22
        out += len(l[k:]) + sum(l[:k]) + sum(l[-k:]) + len(l[k:k + 3]) + len(l[::2])
        l[k:k + 1] = [i % 5]
        if len(l) > 25:
            del l[20:]
    return out, l


print(slices())


def comprehensions():
    total = 0
    for i in range(2500):
        l = [x * i for x in range(i % 6)]
        s = {x % 3 for x in l}
        d = {x: i for x in l}
        total += sum(l) + len(s) + len(d) + sum(x for x in l if x % 2)
    return total, x if 'x' in dir() else 'no x'


print(comprehensions())


def sorting():
    out = 0
    data = [3, 1, 2, 5, 4]
    for i in range(2500):
        data = sorted(data, key=lambda v: (v * (i % 7)) % 5)
        out = out * 3 % 1000003 + data[0]
        if i == 2000:
            data = data + [2.5]
        data.sort(reverse=i % 2 == 0)
        out += data[-1]
    return out, data


print(sorting())


def tuples():
    t = ()
    total = 0
    for i in range(3000):
        t = (i, t[:1], 'x')
        total += t[0]
        a, b, c = t
        total += len(b)
        if t == (2500, (2499,), 'x'):
            total += 1000000
    return total, t


print(tuples())


def characters():
    n = k = 0
    reverse = ''
    for c in 'é√😀' * 1500:
        if c == '√':
            n += 1
            reverse = c + reverse[:5]
        elif c > '√':
            reverse += c
        if c != 'é':
            k += 1
    return n, k, reverse


print(characters())
