# _struct, _random and _string, as far as they do not depend on the size of a pointer.
import _random
import _string
import _struct as struct


def attempt(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


for code in "bBhHiIqQ":
    for prefix in ("<", ">", "@"):
        for value in (1 << 70, -(1 << 70), 1 << 40, -1, 300, -300, 1.5, "a", True):
            attempt(struct.pack, prefix + code, value)
for format, *values in (
    ("c", 1), ("c", b"ab"), ("3s", 1), ("e", 1e10), ("<f", 1e300), ("f", 1e300), ("f", "a"), ("ii", 1), ("i", 1, 2),
    ("z", 1), ("?", []), ("5p", b"abcdefgh"), ("0p", b"a"), ("2F", 1 + 2j, 3j), ("e", 1.0009765625), ("e", 6e-8),
    ("x",), ("3x",), (">hhd", 1, -2, 1.5), ("@bqb", 1, 2, 3), ("!I", 0xDEADBEEF), ("10s", b"abc"), ("0s", b"x"),
):
    attempt(struct.pack, format, *values)
for format, data in (
    ("i", b"abc"), ("5p", b"\x09abcd"), ("<e", b"\xff\x7b"), ("<2e", b"\x01\x00\x00\xfc"), ("?c", b"\x02a"),
    ("<bBhH", b"\xff\xff\xff\xff\xff\xff"), (">q", b"\xff" * 8), (">Q", b"\xff" * 8), ("<d", b"\x00" * 6 + b"\xf8\x3f"),
):
    attempt(struct.unpack, format, data)
for offset in (0, 10, -10, -2, 2):
    attempt(struct.unpack_from, "i", b"abcdef", offset)
    attempt(struct.pack_into, "i", bytearray(6), offset, 1)
for format in ("3", "<n", "b0i", "@bq", "b i h", "99999999999999999999i", "i3", "", ">bq"):
    attempt(struct.calcsize, format)
print(list(struct.iter_unpack("h", b"abcdef")))
s = struct.Struct("<hb")
print(s, s.size, s.format, s.pack(1, 2), s.unpack(b"\x01\x00\x02"), s.unpack_from(b"xx\x01\x00\x02", 2))

r = _random.Random(42)
print([r.random() for _ in range(3)], r.getrandbits(5), r.getrandbits(100), r.getrandbits(32))
for seed in (0, -7, 2**40, 2**500 + 3, True):
    r.seed(seed)
    print(r.random(), r.getrandbits(64))
state = r.getstate()
first = r.random()
r.setstate(state)
print(first == r.random(), len(state), state[-1])
total = 0.0
for i in range(5000):
    total += r.random()
print(total)

print(list(_string.formatter_parser("a{b!r:>{w}}c{{}}{}")))
first, rest = _string.formatter_field_name_split("0.b[0][x]")
print(first, list(rest))
for text in ("{", "}", "{a!}", "{a!rx}", "{a[}", "{:{}"):
    attempt(lambda: list(_string.formatter_parser(text)))
