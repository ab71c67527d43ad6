# Slices of lists, strings, tuples, ranges and bytes: reading, writing, deleting, steps, out of bounds.
sequence = list(range(10))
for s in (slice(None), slice(2, 5), slice(-3, None), slice(None, None, -1), slice(8, 2, -2), slice(5, 100), slice(100, 5),
          slice(-100, 3), slice(None, None, 3), slice(4, None, -1)):
    print(s, sequence[s], 'abcdefghij'[s], tuple(sequence)[s], range(10)[s], b'abcdefghij'[s], s.indices(10))
a = list(range(6))
a[1:3] = ['x', 'y', 'z']
print(a)
a[::2] = [0] * len(a[::2])
print(a)
a[2:2] = [7, 8]
a[len(a):] = ['end']
print(a)
del a[::3]
print(a)
del a[1:3]
print(a)
a[:] = []
print(a)
a = [1, 2, 3, 4]
a[-1:0:-1] = 'abc'
print(a)
for code in ("a[::2] = [1, 2, 3]", "a[::0]", "a['x':]", "a[1:2] = 5", "'abc'[0] = 'x'", "(1, 2)[0:1] = 3"):
    try:
        exec(code)
    except (TypeError, ValueError) as error:
        print(code, '->', type(error).__name__, error)
b = a[:]
b.append(5)
print(a, b, b is a)
print('hello'[::-1], 'hello'[1:-1], 'é√😀x'[1:3], 'é√😀x'[::-1], 'abc'[5:], repr(''[0:1]))
print(slice(1, 2) == slice(1, 2), slice(1, 2, 3).start, slice(1, 2, 3).step)

class Sliced:
    def __getitem__(self, key):
        return key

print(Sliced()[1:2], Sliced()[1:2, ::3], Sliced()[...], Sliced()[:, None])
data = list(range(100))
total = 0
for i in range(6000):
    part = data[i % 50:i % 50 + 5]
    total += part[-1] + len(part[::2])
    data[i % 90:i % 90 + 2] = [i, i + 1]
print(total, len(data), data[:5])
