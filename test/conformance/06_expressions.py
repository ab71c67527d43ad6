"""The language reference, chapter 6: atoms, displays, calls, operators, comparisons, and their order of evaluation."""

log = []


def note(value, *rest):
    log.append(value)
    return value


def shown():
    print(*log)
    log.clear()


def refused(source):
    try:
        compile(source, "<program>", "exec")
    except SyntaxError as error:
        print(type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset)
    else:
        print("accepted", ascii(source))


# 6.2 atoms: private names, displays, comprehensions
class Private:
    __name = 1

    def __method(self):
        return self.__name, Private.__name

    def call(self):
        return self.__method()


print(Private().call(), [n for n in dir(Private) if "name" in n or "method" in n and "_P" in n])
print([], [*range(3), *"ab"], {1, 2, *[3]}, {**{"a": 1}, "b": 2}, (), (1,), (*"ab",))
x = "outer"
print([x for x in range(3)], x, {x: y for x, y in zip("ab", [1, 2])}, {i % 2 for i in range(5)})
print([(i, j) for i in range(3) if i for j in range(i)], list(i for i in range(3)), sum(i * i for i in range(4)))
print([note(i) for i in [note("iterable"), 2] if note("condition")])
shown()


def generator():
    received = yield 1
    print("received", received)
    try:
        yield from (i for i in range(2))
    finally:
        print("closed")
    return "result"


g = generator()
print(next(g), g.send("hello"), next(g))
g.close()


def delegating():
    print("got", (yield from generator()))


print(list(delegating()))

# 6.3 primaries
class Item:
    def __getitem__(self, key):
        return key

    def __call__(self, *args, **kwargs):
        return args, kwargs


item = Item()
print(item[1], item[1:2], item[1:2, ::3], item[...], item[*"ab"], item[1, *"ab"], item[()], item[:,])
print(item(1, *[2, 3], 4, *(5,), a=1, **{"b": 2}, c=3), item(*"ab", **{}), item(i for i in "ab")[1])
try:
    item(**{"a": 1}, **{"a": 2})
except TypeError as error:
    print(str(error).partition(" got ")[2])
note("f"), item(note("a"), *[note("b")], k=note("c"), **{"d": note("d")})
shown()

# 6.5-6.9 operators
print(2 ** 3 ** 2, -2 ** 2, (-2) ** 2, 2 ** -1, +True, ~True if False else -1, 7 // 2, -7 // 2, -7 % 3, 7.5 % -2)
print(1 + 2 * 3 - 4 / 2, 5 & 3 ^ 1 | 8, 1 << 2 + 1, "a" * 3 + "b", [1] + [2] * 2, "%s-%d" % ("a", 3))

# 6.10 comparisons
print(1 < 2 < 3, 1 < 3 > 2, 1 == 1.0 == True, "a" in "abc" != "b", None is None is not b, [1, 2] < [1, 3], {1} <= {1, 2})
note(1) < note(3) < note(2) < note(9)
shown()

# 6.11-6.14 boolean operations, assignment expressions, conditional expressions, lambdas
print(0 or "a", 1 and "b", not 0 or 1 / 0, [] or {} or 0, "x" if 0 else "y" if 0 else "z")
if (n := len("four")) > 3 and (m := n * 2):
    print(n, m, [last := i for i in range(3)], last)
print((lambda: 1)(), (lambda a, /, b=2, *c, d=4, **e: (a, b, c, d, e))(1, 5, 6, d=7, f=8), (lambda *, a: a)(a=3))

# 6.16 evaluation order
d = {}
d[note("key")] = note("value")
(note("a"), note("b")), note("c")[note(0)]
note("left") + note("right") if note("test") else note("never")
a, d[note("t")] = note("source" "!")[:2]
shown()

for text in (
    "f(a=1, 2)",
    "f(**a, *b)",
    "f(a for a in b, c)",
    "f(a=1, a=2)",
    "f(1=2)",
    "x = y := 1",
    "[*a for a in b]",
    "{**a for a in b}",
    "{1: 2, 3}",
    "{1, 2: 3}",
    "lambda: (yield)",
    "[(yield) for a in b]",
    "[i := 0 for i in a]",
    "[a for b in (c := d)]",
    "a if b",
    "a if b else",
    "not",
    "a not b",
    "a is not",
    "(*a)",
    "print(*a, **)",
    "yield",
    "await x",
    "def f(): await x",
    "1 +",
    "a.1",
    "a[1",
    "a[]",
    "(a for a in b",
    "lambda a, a: 1",
    "lambda a=1, b: 1",
    "lambda *: 1",
):
    refused(text)
