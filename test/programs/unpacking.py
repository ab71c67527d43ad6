# Assignment targets: tuples, lists, stars, nesting, attributes, subscripts, chains, augmented, walrus.
a, b = 1, 2
a, b = b, a
print(a, b)
(c, d), [e, *f] = (3, 4), 'hello'
print(c, d, e, f)
*init, last = range(5)
head, *middle, tail = 'ab'
print(init, last, head, middle, tail)
x = y = z = []
x.append(1)
print(y, z is x)
data = [0, 1, 2, 3]
data[0], data[1] = data[1], data[0]
data[1:3] = 'xyz'
print(data)
i = 0
i, data[i] = 1, 'first'
print(i, data)

class Box:
    pass

box = Box()
box.value, box.other = 10, [1]
box.value += 5
box.other += [2]
box.other[0] *= 7
print(box.value, box.other)
for k, (m, n) in [(1, (2, 3)), (4, (5, 6))]:
    print(k, m, n)
for index, (key, value) in enumerate({'a': 1, 'b': 2}.items()):
    print(index, key, value)
print([*range(3), *'ab'], (*[], 1), {*[1, 2], *[2]}, {**{'a': 1}, 'b': 2, **{'a': 3}})
for code in ('a, b = 1, 2, 3', 'a, b, c = 1, 2', 'a, *b, c = [1]', 'a, b = 5', 'a, b = "abc"', '[a] = []'):
    try:
        exec(code)
    except (ValueError, TypeError) as error:
        print(code, '->', type(error).__name__, error)
if (n := len('walrus')) > 5:
    print(n)
while (n := n - 1) > 3:
    print('n', n)

def many():
    return 1, 2, 3

p, *q = many()
print(p, q)
i = 5
i += 1; i -= 2; i *= 3; i //= 2; i **= 2; i %= 7; i <<= 3; i >>= 1; i |= 3; i &= 6; i ^= 1
print(i)
u, v = 0, 1
for _ in range(9000):
    u, v = v, (u + v) % 10007
    (first, *_), second = (u, v, u), v
print(u, v, first, second)
del u, data[0], box.value
print(data, hasattr(box, 'value'))
try:
    u
except NameError as error:
    print(error)
