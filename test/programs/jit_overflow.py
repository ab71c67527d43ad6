"""Ints that outgrow 48 and 64 bits, turn into floats, bools and back, in the middle of hot loops."""


def grow(step, times):
    x = 1
    seen = []
    for i in range(times):
        x = x + step
        if i % 700 == 0:
            seen.append(x)
    return x, seen


print(grow(1, 3000))
print(grow(2 ** 36, 6000))
print(grow(-(2 ** 36), 6000))
print(grow(2 ** 52, 6000))
print(grow(-(2 ** 52), 6000))


def multiply(times, factor):
    x = 1
    out = []
    for i in range(times):
        x = x * factor
        if x > 10 ** 30 or x < -(10 ** 30):
            out.append(x)
            x = i % 7 - 3
    return x, len(out), out[:3], out[-3:]


print(multiply(4000, 3))
print(multiply(4000, -7))


def shifts(times):
    total = 0
    for i in range(times):
        total ^= (i - 1000) << (i % 70)
        total ^= (total >> (i % 90))
        total &= (1 << 100) - 1
    return total


print(shifts(3000))


def negative_shift(times):
    caught = 0
    for i in range(times):
        try:
            1 << (2500 - i)
        except ValueError as e:
            caught += 1
            text = str(e)
    return caught, text


print(negative_shift(3000))


def divisions(times):
    out = 0
    zero = 0
    for i in range(-times, times):
        a = i * 12345
        b = i % 7 - 3
        try:
            out = (out * 31 + a // b + a % b) % 1000003
            q, r = divmod(a, b)
            if q * b + r != a:
                print('wrong', a, b)
        except ZeroDivisionError:
            zero += 1
    return out, zero


print(divisions(2000))


def edges():
    out = []
    values = [2 ** 47 - 1, -(2 ** 47), 2 ** 48, 2 ** 62, 2 ** 63 - 1, -(2 ** 63), 2 ** 64, 5, -5, 0]
    for i in range(3000):
        a = values[i % 10]
        b = values[(i // 10) % 10]
        x = a + b
        y = a - b
        z = -a
        w = ~b
        if i >= 2900:
            out.append((x, y, z, w, a & b, a | b, a ^ b, abs(a)))
    return out


print(edges())


def kinds():
    log = []
    x = 1
    for i in range(4000):
        if i == 1000:
            x = 1.5
        elif i == 2000:
            x = True
        elif i == 2500:
            x = 2 ** 70
        elif i == 3000:
            x = 'a'
        elif i == 3500:
            x = 3
        try:
            x = x + 1 if i % 2 else x - 1
            y = -x
        except TypeError as e:
            y = str(e)
        if i % 250 == 0:
            log.append((i, x, y))
    return log


print(kinds())


def bools():
    count = 0
    t = True
    for i in range(3000):
        t = not t
        count += t
        count = count + (i > 5) - (i < 3) + (t and 2) + (t & True)
    return count, t


print(bools())


def min_int():
    x = -(2 ** 63) + 2500
    out = []
    for i in range(3000):
        x -= 1
        if i > 2495 and i < 2505:
            out.append((x, x // -1, x % -1, -x, abs(x)))
    return x, out


print(min_int())


def powers():
    out = 0
    for i in range(3000):
        out = (out + i ** 2 + i ** 3 + (i - 1500) ** 4) % 10 ** 15
        out += 2 ** (i % 5)
        out += int((i + 1) ** -1 * 1000)
        out += int((i + 0.5) ** 2)
    return out


print(powers())
