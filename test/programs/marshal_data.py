# marshal: plain data there and back, sharing, damaged input, code objects, files.
import marshal

samples = [
    None, True, False, ..., StopIteration, 0, 1, -1, 2**31 - 1, 2**31, -2**31, -2**31 - 1, 2**62, -10**40, 1.5, -0.0,
    float('inf'), 1e-310, 2j, 1.5 - 3j, '', 'a', 'text', 'x' * 300, 'é', '\u2603' * 200, '\U0001f40d', '\ud800', b'',
    b'bytes\xff', (), (1,), (1, (2, (3,))), tuple(range(300)), [], [1, [2, []]], {}, {'a': 1, 2: [3], (4, 5): {6: 7}},
    set(), {1, 2, 3}, frozenset(), frozenset({'a'}), slice(1, 2, 3), slice(None, 'x', None),
]
for sample in samples:
    data = marshal.dumps(sample)
    back = marshal.loads(data)
    print(repr(sample)[:40], type(back) is type(sample), back == sample, len(data))
for version in range(6):
    data = marshal.dumps([1, 'name', 1.5, 2j, (1, 2), {'k': b'v'}, 2**70], version)
    print(version, len(data), marshal.loads(data))
print(marshal.version, marshal.dumps(bytearray(b'xy'))[:1], marshal.loads(marshal.dumps(memoryview(b'abc'))))

shared = ['only once ' * 5]
pair = marshal.loads(marshal.dumps([shared, shared]))
print(pair[0] is pair[1], len(marshal.dumps([shared, shared])))
loop = []
loop.append(loop)
back = marshal.loads(marshal.dumps(loop))
print(back[0] is back)
table = {}
table['self'] = table
back = marshal.loads(marshal.dumps(table))
print(back['self'] is back)

good = marshal.dumps([1, 'text', (2.5, None), {'a': b'b'}])
for cut in range(len(good)):
    try:
        marshal.loads(good[:cut])
        print('no error at', cut)
    except (EOFError, ValueError, TypeError) as error:
        pass
print(marshal.loads(good + b'more'))
for data in (b'', b'?', b'q', b'r\0\0\0\0', b'(\xff\xff\xff\xff', b's\xff\xff\xff\xff', b'l\x01\0\0\0\0\0', b'l\x01\0\0\0\0\x80'):
    try:
        print(marshal.loads(data))
    except (EOFError, ValueError, TypeError) as error:
        print(data, type(error).__name__, error)


class Own(int):
    pass


for value in (object(), Own(3), [print], {1: Own}, lambda: 0):
    try:
        marshal.dumps(value)
    except ValueError as error:
        print(error)
deep = []
for i in range(3000):
    deep = [deep]
try:
    marshal.dumps(deep)
except ValueError as error:
    print(error)


def function(a, b=2, *c, d, **e):
    """A docstring."""
    total = 0
    for i in range(a):
        total += i * b
    def inner(x):
        return x + total
    try:
        return [inner(y) for y in c], d, e, {1, 2} | frozenset({3}), f'{total!r:>8}'
    finally:
        total = None


def generator(n):
    for i in range(n):
        got = yield i
        if got:
            return got


for i in range(2000):
    function(3, 4, 5, d=6)
expected = function(3, 4, 5, 6, d=7, k=8)
code = marshal.loads(marshal.dumps(function.__code__))
function.__code__ = code
print(function(3, 4, 5, 6, d=7, k=8) == expected, code.co_name, code.co_varnames[:5], code.co_argcount, code.co_consts[0])
generator.__code__ = marshal.loads(marshal.dumps(generator.__code__))
print(list(generator(4)))
for i in range(2000):
    function(3, 4, 5, d=6)
print(function(3, 4, 5, 6, d=7, k=8) == expected)
module = compile('class C:\n    value = [i * k for i in range(3) for k in (1, 2)]\nimport sys as s\nresult = C.value, s.__name__',
                 'made.py', 'exec')
names = {}
exec(marshal.loads(marshal.dumps(module)), names)
print(names['result'])
try:
    marshal.dumps(module, allow_code=False)
except ValueError as error:
    print(error)
try:
    marshal.loads(marshal.dumps([module]), allow_code=False)
except ValueError as error:
    print(error)


class File:
    def __init__(self, data=b''):
        self.data = data
        self.at = 0

    def write(self, data):
        self.data += data
        return len(data)

    def read(self, n=-1):
        part = self.data[self.at:self.at + n]
        self.at += len(part)
        return part

    def readinto(self, buffer):
        part = self.read(len(buffer))
        buffer[:len(part)] = part
        return len(part)


file = File()
for value in samples[:10]:
    marshal.dump(value, file)
print([marshal.load(file) for value in samples[:10]] == samples[:10])
try:
    marshal.load(file)
except EOFError as error:
    print('end of file')
