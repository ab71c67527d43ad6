"""The language reference, chapter 7: assignments of every kind, assert, del, return, raise, import, global, type."""


def refused(source):
    try:
        compile(source, "<program>", "exec")
    except SyntaxError as error:
        print(type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset)
    else:
        print("accepted", ascii(source))


def raised(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


# 7.2 assignment: targets, stars, chains, order
a = b = [1, 2]
print(a is b)
(c, d), [e, *f], *g = (1, 2), "xyz", 4, 5
print(c, d, e, f, g)
*h, = range(3)
i, (j, *k), l = 1, "ab", 3
print(h, i, j, k, l)
x = [0, 1]
n = 0
n, x[n] = 1, 2
print(x)


class Target:
    def __setattr__(self, name, value):
        print("set", name, value)

    def __setitem__(self, key, value):
        print("item", key, value)

    def __delitem__(self, key):
        print("delete", key)


t = Target()
t.a = t[0] = t[1:2, ...] = "value"
t.b, (t[1], *t.c) = 1, (2, 3)
del t[0], (t[1:], [t[2]])
for source in ((1, 2, 3), (1,), 5, ()):
    def unpack():
        p, q = source
        return p, q
    raised(unpack)
def unpack():
    p, *q, r = (1,)
raised(unpack)


# augmented assignment: the target is evaluated once
class Augmented:
    def __init__(self):
        self.items = [1]

    def __getitem__(self, key):
        print("get", key)
        return self.items[key]

    def __setitem__(self, key, value):
        print("put", key, value)
        self.items[key] = value


def key():
    print("key")
    return 0


augmented = Augmented()
augmented[key()] += 5
same = shared = [1]
same += (2,)
print(shared, same is shared)
number = 10
number -= 3; number *= 2; number //= 4; number **= 2; number %= 5; number <<= 3; number |= 1; number ^= 3; number &= 14; number >>= 1
print(number)
tupled = ([],)
try:
    tupled[0] += [1]
except TypeError as error:
    print(error, tupled)

# annotated assignment
annotated: int
annotated2: "str" = "text"
(parenthesized): int = 3
t.attribute: int = 4
t[key()]: str = 5
print(__annotations__, parenthesized)


def local():
    variable: undefined_name
    try:
        return variable
    except UnboundLocalError as error:
        return str(error)


print(local())

# 7.3 assert
def check():
    assert 1 == 2, "message"
raised(check)
def check():
    assert not (0,)
raised(check)

# 7.5 del
def deleted():
    value = 1
    del value
    return value
raised(deleted)
numbers = list(range(6))
del numbers[0], numbers[::2]
print(numbers)

# 7.8 raise
def chained():
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise KeyError("k") from error
try:
    chained()
except KeyError as error:
    print(repr(error.__cause__), error.__suppress_context__)
def suppressed():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError from None
try:
    suppressed()
except ValueError as error:
    print(error.__cause__, repr(error.__context__), error.__suppress_context__)
def nothing():
    raise
raised(nothing)
def wrong():
    raise 3
raised(wrong)

# 7.11 import
import sys as system, math
from math import (floor as down, ceil,)
print(system is sys if "sys" in globals() else "no sys", down(1.5), ceil(1.5))
def missing():
    from math import no_such_name
raised(missing)

# 7.12, 7.13 global and nonlocal
counter = 0
def outer():
    inner_counter = 0
    def inner():
        global counter
        nonlocal inner_counter
        counter += 1
        inner_counter += 1
        return inner_counter
    return inner(), inner()
print(outer(), counter)

# 7.14 type
type Pair[A, B = int] = tuple[A, B]
print(Pair, Pair.__type_params__, Pair.__value__)

for text in (
    "1 = a",
    "f() = 1",
    "a + b = 1",
    "None = 1",
    "(a, b) += 1",
    "a: int = 1 = b",
    "(a, b): int",
    "*a = 1",
    "a, *b, *c = d",
    "del f()",
    "del 1",
    "del a + b",
    "return",
    "break",
    "continue",
    "class C: return 1",
    "def f(): nonlocal x",
    "nonlocal x",
    "def f(): x = 1; global x",
    "def f(x): global x",
    "def f(): print(x); global x",
    "import a.b as c.d",
    "from a import *, b",
    "from . import",
    "def f(): from a import *",
    "from __future__ import no_such",
    "x = 1\nfrom __future__ import annotations",
    "import",
    "raise from x",
    "assert",
    "type X[A=int, B] = 1",
    "type X[A, A] = 1",
    "type (X) = 1",
    "global",
    "pass 1",
    "a = yield",
    "if 1 = 2: pass",
    "f(a, b) = 3",
    "'a' = 1",
    "f'{a}' = 1",
    "a = 1 = 2",
    "with a as 1: pass",
    "for 1 in a: pass",
    "[a, 1] = b",
    "(a := 1) = 2",
):
    refused(text)
