"""Floats in hot loops: NaN, infinities, -0.0, comparisons of ints and floats at 2**53, division by zero."""
import math

INF = float('inf')
NAN = float('nan')


def compare_at_limit():
    out = []
    base = 2 ** 53
    f = float(base)
    x = base - 1500
    less = equal = greater = 0
    for i in range(3000):
        x += 1
        less += x < f
        equal += x == f
        greater += x > f
        if x == f or x == f + 2.0:
            out.append((i, x))
    return less, equal, greater, out


print(compare_at_limit())


def true_division():
    x = 2 ** 53 - 1000
    out = []
    for i in range(2500):
        x += 1
        y = x / 3
        if i % 100 == 0:
            out.append(y)
    return out


print(true_division())


def specials():
    values = [0.0, -0.0, 1.0, -1.0, INF, -INF, NAN, 1e308, 5e-324]
    log = []
    for i in range(4000):
        a = values[i % 9]
        b = values[(i // 9) % 9]
        r = (a < b, a <= b, a == b, a != b, a > b, a >= b, a + b, a - b, a * b, -a, abs(a), bool(a))
        try:
            q = a / b
        except ZeroDivisionError as e:
            q = str(e)
        if i >= 3900:
            log.append((a, b, r, q))
    return log


for line in specials():
    print(line)


def zeros():
    x = 0.0
    out = []
    for i in range(3000):
        x = -x
        if i % 500 < 2:
            out.append((x, math.copysign(1.0, x), x == 0, x * -1.0, 0 * x))
    return out


print(zeros())


def int_to_float_and_back():
    total = 0
    for i in range(3000):
        total += int(i * 0.7) + int(-i * 0.3) + round(i / 3)
        total += int(float(i)) * 2
    return total


print(int_to_float_and_back())


def int_of_large():
    x = 1.0
    out = []
    for i in range(2000):
        x *= 1.05
        try:
            n = int(x)
        except OverflowError as e:
            n = str(e)
        if i % 150 == 0:
            out.append(n)
        if x > 1e300:
            x = 1.0
    x = 1.0
    for i in range(3000):
        if i == 2500:
            x = NAN
        if i == 2600:
            x = INF
        try:
            n = int(x)
        except (ValueError, OverflowError) as e:
            out.append(str(e))
            x = 2.5
    return out


print(int_of_large())


def roots():
    bad = 0
    total = 0.0
    for i in range(3000):
        try:
            total += math.sqrt(2500 - i)
        except ValueError as e:
            bad += 1
    return total, bad


print(roots())


def floor_and_modulo():
    log = []
    x = -20.0
    for i in range(3000):
        x += 0.0625
        a = x // 0.75
        b = x % -0.75
        if i % 300 == 0:
            log.append((x, a, b))
    for i in range(3000):
        d = float(2500 - i) / 100
        try:
            log[0] = 1.0 % d
        except ZeroDivisionError:
            log.append(i)
    return log


print(floor_and_modulo())


def nan_in_containers():
    n = NAN
    hits = 0
    l = [1.0, n, 2.0]
    for i in range(3000):
        hits += n in l
        hits += l.count(n)
        hits += n is l[1]
        hits += l[1] == l[1]
        if i == 2500:
            l[1] = 0.5
    return hits


print(nan_in_containers())


def accumulate_mixed():
    x = 0
    for i in range(3000):
        if i % 3 == 0:
            x = x + 1
        elif i % 3 == 1:
            x = x + 0.5
        else:
            x = int(x) + True
    return x, type(x).__name__


print(accumulate_mixed())
