# Strings built up by += : in place where nobody can tell, and never where somebody can.
import sys


def build(n):
    s = ""
    for i in range(n):
        s += "ab" if i % 2 else "c"
    return s


def both(n):
    a = ""
    b = "start"
    for i in range(n):
        a += str(i)
        b += chr(97 + i % 26)
        if i % 1000 == 999:
            b += "é"
        if i == 2500:
            b += "…"
        if i == 3500:
            b += "\U0001f600"
    return a, b


def keeps(n):
    s = ""
    kept = []
    for i in range(n):
        s += "xyz"
        if i % 400 == 0:
            kept.append(s)
    return kept, s


def restarts(lines):
    done = []
    s = ""
    for line in lines:
        for c in line:
            s += c
        if len(s) > 300:
            done.append(s)
            s = ""
    done.append(s)
    return done


def taken(n):
    s = ""
    for i in range(n):
        s += "12345678"
        if i == n // 2:
            other = sys._getframe().f_locals["s"]
    return other, s


def by_locals(n):
    s = ""
    others = []
    for i in range(n):
        s += "12345678"
        if i % 50 == 0:
            others.append(locals()["s"])
    return others, s


def parameter(s, n):
    for i in range(n):
        s += "pq"
    return s


def doubled():
    s = "0123456789"
    for i in range(6):
        s += s
    return s


def raises(n):
    s = ""
    try:
        for i in range(n):
            s += "abcdefgh" if i < n - 1 else None
    except TypeError as error:
        return str(error), s, s + "!"


def closure(n):
    s = ""

    def add(piece):
        nonlocal s
        s += piece
        return s

    first = None
    for i in range(n):
        t = add("0123456789")
        if i == 20:
            first = t
    return first, s


def nested(n):
    s = ""
    for i in range(n):
        s += build(100)
    return s


def generator(n):
    s = ""
    for i in range(n):
        s += "yield"
        yield i
    yield s


def hashes(n):
    s = ""
    for i in range(n):
        s += "hash"
    d = {s: 1}
    return d[build_hash(n)], hash(s) == hash("hash" * n), s == "hash" * n


def build_hash(n):
    s = ""
    for i in range(n):
        s += "hash"
    return s


for repeat in range(2):
    print(len(build(5000)), build(5000) == "cab" * 2500)
    a, b = both(4000)
    print(a == "".join(map(str, range(4000))), len(b), b[2490:2512], b[-500:-480], hash(b) == hash("".join(list(b))))
    kept, s = keeps(2000)
    print([len(k) for k in kept], all(k == "xyz" * (len(k) // 3) for k in kept), len(s))
    print([len(x) for x in restarts(["abc" * 40] * 20)])
    other, s = taken(200)
    print(len(other), len(s), other == s[: len(other)])
    others, s = by_locals(300)
    print([len(o) for o in others], len(s))
    base = "b" * 100
    first = parameter(base, 50)
    second = parameter(first, 50)
    third = parameter(first, 10)
    print(len(base), len(first), len(second), len(third))
    print(len(doubled()))
    error, s, t = raises(100)
    print(error, len(s), len(t))
    first, s = closure(100)
    print(len(first), len(s))
    print(len(nested(30)))
    *numbers, s = generator(100)
    print(len(numbers), len(s))
    print(hashes(100))
