# if, while, for, else, break, continue, conditional expressions, boolean operators, chained comparisons, pass.
def grade(n):
    if n >= 90:
        return 'A'
    elif n >= 80:
        return 'B'
    else:
        return 'C' if n >= 70 else 'F'

print([grade(n) for n in (95, 85, 75, 5)])
for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0:
            print(n, '=', d, '*', n // d)
            break
    else:
        print(n, 'is prime')
n = 0
while True:
    n += 1
    if n % 2:
        continue
    if n > 8:
        break
else:
    print('never')
print(n)
while n > 0:
    n -= 3
else:
    print('done', n)

def loud(value):
    print('eval', value, end=' ')
    return value

print(loud(0) or loud('x') or loud('y'), loud(1) and loud([]) and loud(2), not loud(''))
print(1 < loud(2) < 3, 1 < loud(5) < loud(3) < 9, 1 < 2 > 1 == 1, 3 > 2 != 1, None or 0 or [] or 'last', 1 and 2 and 3)
print(1 is not None, 'a' in 'abc' and 'z' not in 'abc', (1 if 0 else 2 if 0 else 3), [] and 1, 0 == False, not 1 == 2)
for x in []:
    pass
else:
    print('empty loop else')
i = 'unchanged'
for i in []:
    pass
print(i)

def nested_loops():
    found = []
    for a in range(5):
        for b in range(5):
            if b == a:
                continue
            if a * b == 6:
                found.append((a, b))
                break
            if a + b > 7:
                return found
        else:
            found.append(a)
    return 'unreachable'

print(nested_loops())

def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps

print(max((collatz(n), n) for n in range(1, 500)))
count = 0
for a in range(60):
    for b in range(a, 60):
        c2 = a * a + b * b
        c = 0
        while c * c < c2:
            c += 1
        if c * c != c2 or not a:
            continue
        count += 1
print(count)
