"""The language reference, 8.6: the match statement. Every kind of pattern, what it asks of the subject and in which order."""

log = []


def note(value):
    log.append(value)
    return value


def shown(*more):
    print(*more, log)
    log.clear()


def refused(source):
    try:
        compile(source, "<program>", "exec")
    except SyntaxError as error:
        print(type(error).__name__, error.msg, error.lineno, error.offset)
    else:
        print("accepted", ascii(source))


# 8.6.1 the subject is evaluated once; a tuple of several
match note(1), note(2):
    case a, b:
        shown(a, b)
match *note([1, 2]), 3:
    case [1, 2, 3] as whole:
        shown(whole)

# 8.6.2 guards run after binding; names stay bound when the guard or a later pattern fails
match (1, 2):
    case (x, 5):
        print("no")
    case (x, y) if note(x) > 5:
        print("no")
    case (p, q) if note(p) < 5 and note(q):
        shown(x, y, p, q)
try:
    match 1:
        case _ if 1 / 0:
            pass
except ZeroDivisionError as error:
    print(error)

# 8.6.3 irrefutable cases
for source in (
    "match 1:\n  case x: pass\n  case 1: pass",
    "match 1:\n  case _: pass\n  case _: pass",
    "match 1:\n  case x | 1: pass",
    "match 1:\n  case 1 | x: pass",
    "match 1:\n  case (x) if 1: pass\n  case y: pass",
    "match 1:\n  case [x, x]: pass",
    "match 1:\n  case {'a': x, **x}: pass",
    "match 1:\n  case {'a': 1, 'a': 2}: pass",
    "match 1:\n  case {1: _, True: _}: pass",
    "match 1:\n  case {**rest, 'a': 1}: pass",
    "match 1:\n  case {**_}: pass",
    "match 1:\n  case [*a, *b]: pass",
    "match 1:\n  case C(a=1, a=2): pass",
    "match 1:\n  case C(a=1, 2): pass",
    "match 1:\n  case (x | y): pass",
    "match 1:\n  case [x] | [x, y]: pass",
    "match 1:\n  case _ as x: pass",
    "match 1:\n  case 1 as _: pass",
    "match 1:\n  case 1 as a.b: pass",
    "match 1:\n  case f'': pass",
    "match 1:\n  case 1 + 1: pass",
    "match 1:\n  case 1 + 1j: pass",
    "match 1:\n  case 1j + 1: pass",
    "match 1:\n  case -a: pass",
    "match 1:\n  case x.y.z: pass",
    "match 1:\n  case *a: pass",
    "match 1:\n  case *a, b: pass",
    "match 1:\n  pass",
    "match 1:\n  case {a: 1}: pass",
    "match 1:\n  case {a.b: 1, -1: 2, 'c' 'd': 3, None: 4}: pass",
):
    refused(source)


# 8.6.4.2 literals compare with ==, singletons with is; value patterns with ==
class Loud:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        log.append(("eq", other))
        return self.value == other

    __hash__ = None


for subject in (1, 1.0, True, 0, False, None, "a", b"a", 1 + 2j, -1, Loud(2), Loud(True)):
    match subject:
        case True:
            shown("true")
        case False:
            shown("false")
        case None:
            shown("none")
        case 0 | 1 | 2:
            shown("small")
        case "a" | b"a":
            shown("text")
        case 1 + 2j:
            shown("complex")
        case -1:
            shown("minus")
        case _:
            shown("other")


class Names:
    one = 1

    class Deeper:
        two = 2


for subject in (1, 2, 3):
    match subject:
        case Names.one:
            print("one")
        case Names.Deeper.two:
            print("two")
        case Names.missing if False:
            print("never") if False else None
        case _:
            print("rest")
    if subject == 2:
        Names.missing = 9


# 8.6.4.7 sequences: what counts, and how it is asked
import array
import collections
from collections.abc import Mapping, Sequence


class Listed(Sequence):
    def __len__(self):
        log.append("len")
        return 3

    def __getitem__(self, index):
        log.append(index)
        if index > 2:
            raise IndexError(index)
        return index * 10


class Flagged:
    def __len__(self):
        return 2

    def __getitem__(self, index):
        return [0, 1][index]


class Registered(Flagged):
    pass


Sequence.register(Registered)
match Registered():
    case [x, y]:
        print("registered", x, y)
for subject in ([1, 2], (1, 2), "ab", b"ab", bytearray(b"ab"), range(2), collections.deque([1, 2]), array.array("i", [1, 2]),
                memoryview(b"ab"), {1, 2}, {1: 2, 2: 3}, iter([1, 2]), Flagged(), [], [1], [1, 2, 3], [1, 2, 3, 4]):
    match subject:
        case []:
            print("empty")
        case [x]:
            print("one", x)
        case [x, y]:
            print("two", x, y)
        case [first, *middle, last] if len(middle) == 1:
            print("three", first, middle, last)
        case [*everything]:
            print("more", everything)
        case _:
            print("no sequence", type(subject).__name__)
match Listed():
    case [0, *_, 20]:
        shown("ends")
match Listed():
    case [a, b]:
        shown("never")
    case [0, 10, c]:
        shown(c)
match Listed():
    case [*_]:
        shown("any")
match Listed():
    case [a, *b]:
        shown(a, b)


# 8.6.4.8 mappings: keys are asked with get(), extra ones are ignored
class Keyed(Mapping):
    def __len__(self):
        log.append("len")
        return 3

    def __iter__(self):
        log.append("iter")
        return iter("abc")

    def __getitem__(self, key):
        log.append(("item", key))
        if key == "z":
            raise KeyError(key)
        return key * 2

    def get(self, key, default=None):
        log.append(("get", key))
        return super().get(key, default)

    def keys(self):
        log.append("keys")
        return ["a", "b", "c"]


match Keyed():
    case {"a": "aa", "z": z}:
        shown("never")
    case {"a": a, "b": "bb", **rest}:
        shown(a, rest)
match collections.defaultdict(int, a=1):
    case {"missing": x}:
        print("never")
    case {"a": 1, **rest}:
        print(rest)
match {1: "int", "k": None, None: 3}:
    case {1.0: x, None: y, "k": None, **rest}:
        print(x, y, rest)
match {}:
    case {"a": _}:
        print("never")
    case {}:
        print("any mapping")


# 8.6.4.9 classes
class Point:
    __match_args__ = "x", "y"

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __getattr__(self, name):
        log.append(name)
        if name == "computed":
            return 7
        raise AttributeError(name)


class Sub(Point):
    pass


for subject in (Point(0, 0), Point(0, 5), Sub(3, 0), Point(1, 2), 5):
    match subject:
        case Point(0, 0):
            print("origin")
        case Point(0, y=y):
            print("on y", y)
        case Sub(x, 0):
            print("sub", x)
        case Point(computed=7 as c, x=1):
            shown(c)
        case object(real=r):
            print("real", r)
for bad, text in (
    ((), "Point(1, 2, 3)"),
    (("x",), "Point(1, 2)"),
    (["x", "y"], "Point(1)"),
    ((1, 2), "Point(1)"),
    (("x", "x"), "Point(0, 0)"),
    (("x", "y"), "Point(0, x=0)"),
):
    Point.__match_args__ = bad
    try:
        exec(f"match Point(0, 0):\n  case {text}: print('matched')\n  case _: print('not')")
    except TypeError as error:
        print(error)
del Point.__match_args__
for text in ("Point(1)", "Point()", "note(1)", "int(1, 2)", "int(x=1)", "dict({'a': 1})", "int(5)", "bool(True)", "str('a')"):
    for subject in (Point(1, 2), 5, "a", {"a": 1}, True):
        try:
            exec(f"match subject:\n  case {text}: print('matched', {text!r})")
        except TypeError as error:
            print(error)
for kind in (bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple):
    match kind():
        case kind(value):
            print(kind.__name__, repr(value))


class Meta(type):
    def __instancecheck__(cls, instance):
        log.append("asked")
        return instance == 3


class Odd(metaclass=Meta):
    pass


for subject in (3, 4):
    match subject:
        case Odd():
            shown("odd")
        case _:
            shown("not odd")

# captures are local like any assignment; soft keywords stay names
def local(value):
    match value:
        case [match, case]:
            return match, case
        case _:
            pass
    return match


print(local([1, 2]))
try:
    local(1)
except UnboundLocalError as error:
    print(error)
match = case = 3
print(match, case, match[case:] if isinstance(match, str) else match - case)
