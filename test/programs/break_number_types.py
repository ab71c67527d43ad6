# Numbers that change their type in the middle of a hot loop: int, 64-bit int, big int, float, bool, and back.
def sum_of(values):
    total = 0
    for value in values:
        total += value
    return total

print(sum_of(range(10000)))
print(sum_of([1] * 8000 + [0.5] * 8000))
print(sum_of([1] * 8000 + [2**45] * 10 + [1] * 8000))
print(sum_of([2**40] * 9000))
print(sum_of([2**60] * 6000))
print(sum_of([-2**46] * 6000))
print(sum_of([True, 2, 3.5] * 4000))

def doubling(limit):
    x = 1
    steps = 0
    while x < limit:
        x = x + x
        steps += 1
    return steps, x

for _ in range(400):
    result = doubling(2**40)
print(result, doubling(2**47), doubling(2**48), doubling(2**63), doubling(2**200))

def multiply(n):
    x = 1
    out = 0
    for i in range(n):
        x = x * 3 + i
        if x > 10**14:
            x = x % 1000003
        out ^= x
    return out

print(multiply(20000))

def square_until_big(start, steps):
    x = start
    for i in range(steps):
        if i % 1000 == 999:
            x = x * x * x * x
        else:
            x = x % 99991 + 1
    return x

print(square_until_big(5, 12000))

def drift(n):
    x = 0
    for i in range(n):
        if i == n // 2:
            x = x / 2
        x = x + 1
    return x

print(drift(12000))

def mixed_compare(values):
    less = 0
    for value in values:
        if value < 100:
            less += 1
    return less

print(mixed_compare(list(range(6000)) + [1.5, 2**70, -2**70, True, 99.99, float('nan'), float('inf')] * 500))

def negate(n):
    x = n
    total = 0
    for i in range(n):
        x = -x
        total += x
        if i == 6000:
            x = -(2**47)
        if i == 7000:
            x = 0
        if i == 8000:
            x = 0.0
    return total, x

print(negate(10000))

def shifts(n):
    out = 0
    for i in range(n):
        out += (1 << (i % 70)) & 0xffffffffffff
        out -= (-i) >> (i % 9)
        out ^= i << 3
    return out

print(shifts(9000))

def divisions(n):
    a = b = 0
    c = 0.0
    for i in range(-n, n):
        a += i // 7
        b += i % -7
        if i:
            c += 1 / i
            c += i // 2.0 + i % 3.0
    return a, b, round(c, 6)

print(divisions(6000))

def power(n):
    out = 0
    for i in range(n):
        out += i ** 2 + (i % 5) ** (i % 4)
        if i % 3000 == 2999:
            out += i ** 40 % 1000
    return out

print(power(9000))
counter = 2**47 - 5000
for i in range(10000):
    counter += 1
print(counter, counter - 2**47)
counter = -(2**47) + 5000
for i in range(10000):
    counter -= 1
print(counter, counter + 2**47)
