"""The library reference, "Built-in Functions", "Built-in Constants" and "Built-in Exceptions": every function's arguments, results and
refusals; the tree of exceptions."""
import builtins


def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except BaseException as error:
            print(type(error).__name__, error)


print(sorted(name for name in vars(builtins) if not name.startswith("_") and name not in ("copyright", "credits", "exit", "license", "quit", "help")))


def tree(cls, depth=0):
    print("  " * depth + cls.__name__)
    for sub in sorted(cls.__subclasses__(), key=lambda c: c.__name__):
        if sub.__module__ == "builtins" and sub.__name__[0] != "_":
            tree(sub, depth + 1)


tree(BaseException)
print(IOError is OSError, EnvironmentError is OSError)
for constant in ("None", "True", "False", "Ellipsis", "NotImplemented", "__debug__"):
    print(constant, repr(eval(constant)), eval(f"type({constant}).__name__"))
for source in ("None = 1", "True = 1", "False += 1", "del None", "__debug__ = 1", "def None(): pass", "x.None", "x.True = 1", "for None in x: pass", "f(None=1)", "Ellipsis = 1"):
    attempt(lambda: exec(source, {"x": 1}))
attempt(lambda: bool(NotImplemented))


class Math:
    def __abs__(self): return "abs"
    def __divmod__(self, o): return "divmod", o
    def __rdivmod__(self, o): return "rdivmod", o
    def __pow__(self, o, m=None): return "pow", o, m
    def __round__(self, n="none"): return "round", n
    def __index__(self): return 10
    def __int__(self): return 11
    def __float__(self): return 1.5
    def __complex__(self): return 2j
    def __bytes__(self): return b"bytes"
    def __format__(self, spec): return "format " + spec
    def __dir__(self): return ["b", "a"]
    def __reversed__(self): return "reversed"
    def __iter__(self): return iter("iter")
    def __len__(self): return 3
    def __contains__(self, x): return "yes"
    def __hash__(self): return 2**64
    def __repr__(self): return "répr"
    def __bool__(self): return False


m = Math()
attempt(lambda: abs(m), lambda: abs(-0.0), lambda: abs(3 + 4j), lambda: abs("x"), lambda: abs(True))
attempt(lambda: all([]), lambda: all([1, 0, 1 / 1]), lambda: all(5), lambda: any([]), lambda: any(iter([0, m, 3])))
attempt(lambda: ascii(m), lambda: repr(m), lambda: ascii("é\U0001f600\n"), lambda: ascii())
attempt(lambda: bin(m), lambda: bin(-5), lambda: bin(1.0), lambda: oct(8), lambda: hex(-255), lambda: hex("x"))
attempt(lambda: bool(), lambda: bool(m), lambda: bool(x=1), lambda: bool([0]))
attempt(lambda: callable(m), lambda: callable(Math), lambda: chr(m), lambda: chr(-1), lambda: chr(0x110000), lambda: chr(1.0))
attempt(lambda: complex(m), lambda: complex("1+2j"), lambda: complex(" -j "), lambda: complex("1 + 2j"), lambda: complex(1, m) if 0 else complex(1, 2), lambda: complex("1", 2), lambda: complex(1, "2"))
attempt(lambda: delattr(m, "x"), lambda: setattr(m, 5, 1), lambda: getattr(m, "x"), lambda: getattr(m, "x", 1), lambda: hasattr(m, 5), lambda: getattr(m, "_" + "_len__")())
attempt(lambda: dict(), lambda: dict([(1, 2)], a=3), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict(["ab"]), lambda: dict(5), lambda: dict({}, {}), lambda: dict(**{"a": 1}, b=2))
attempt(lambda: dir(m), lambda: dir(1, 2))
attempt(lambda: divmod(m, 2), lambda: divmod(2, m), lambda: divmod(-7, 2), lambda: divmod(7, -2.0), lambda: divmod(1, 0), lambda: divmod(1.0, 0), lambda: divmod("a", 1))
attempt(lambda: list(enumerate("ab", 5)), lambda: list(enumerate("ab", start=m)), lambda: enumerate(5), lambda: enumerate("a", 1.5))
attempt(lambda: eval("1 +"), lambda: eval("x", {"x": 2}), lambda: eval("x", {}, {"x": 3}), lambda: eval(5), lambda: eval("x = 1"), lambda: eval(" 1"), lambda: eval(b"2"), lambda: eval("1", 5), lambda: exec("1", {}, 5), lambda: eval("1", {}, 5))
attempt(lambda: list(filter(None, [0, 1, m, "x"])), lambda: list(filter(lambda x: x > 1, [1, 2])), lambda: filter(5), lambda: list(filter(5, [1])))
attempt(lambda: float(m), lambda: float(), lambda: float(" 1_0.5e1 "), lambda: float("1__0"), lambda: float("nan"), lambda: float("-Infinity"), lambda: float("x"), lambda: float(b"1.5"), lambda: float([]), lambda: float(x=1))
attempt(lambda: format(m, "x"), lambda: format(5), lambda: format(5, 5), lambda: format("a", "d"), lambda: format([], "5"), lambda: format(1, "s"))
attempt(lambda: hash(m) == hash(2**64), lambda: hash([]), lambda: hash(1) == hash(1.0) == hash(True), lambda: hash(slice(1)) == hash(slice(1)), lambda: hash({}))
attempt(lambda: int(m), lambda: int(), lambda: int("0x1f", 16), lambda: int("0b1", 0), lambda: int("010", 0), lambda: int("z", 36), lambda: int("1", 1), lambda: int("1", 37), lambda: int(1.9), lambda: int(float("inf")), lambda: int("1.5"), lambda: int(5, 10), lambda: int(base=5), lambda: int(b"12", 8), lambda: int(" -1_000 "), lambda: int("٣"), lambda: int([]))
attempt(lambda: isinstance(1, (str, (int,))), lambda: isinstance(1, int | str), lambda: isinstance(1, 5), lambda: isinstance(1, list[int]), lambda: issubclass(bool, int), lambda: issubclass(1, int), lambda: issubclass(int, 1), lambda: issubclass(int, (str, object)))
attempt(lambda: list(iter([1])), lambda: list(iter(lambda c=[1, 2, 3]: c.pop(), 1)), lambda: iter(5), lambda: iter(5, 1), lambda: iter(), lambda: next(iter([])), lambda: next(iter([]), "default"), lambda: next([]))
attempt(lambda: len(m), lambda: len(5), lambda: len(), lambda: list("ab"), lambda: list(5), lambda: list(x=1), lambda: list(1, 2))
attempt(lambda: list(map(max, [1, 5], [3, 2, 9])), lambda: list(map(None, [1])), lambda: map(abs), lambda: list(map(lambda a, b: a, [1], [2], [3])), lambda: list(map(max, [1, 2], [3], strict=True)))
attempt(lambda: max(1, 2.0), lambda: max([]), lambda: max([], default="d"), lambda: max(1, 2, default=3), lambda: max("ab", "c", key=len), lambda: max(5), lambda: max(), lambda: min([3, 1, 2], key=lambda v: -v), lambda: min(1, "a"), lambda: max([1, True, 1.0]), lambda: min([1, 2], key=5))
attempt(lambda: ord("a"), lambda: ord(b"a"), lambda: ord("ab"), lambda: ord(5), lambda: pow(m, 2, 3), lambda: pow(2, -1, 5), lambda: pow(2, -1, 4), lambda: pow(2, 3, 0), lambda: pow(2.0, 2, 2), lambda: pow(0, -1), lambda: pow(-8, 1 / 3), lambda: pow(base=2, exp=3, mod=5), lambda: pow("a", 1))
attempt(lambda: print(1, 2, sep=5), lambda: print(1, end=5), lambda: print("a", "b", sep="", end="!\n"), lambda: print(sep="x"), lambda: print(1, file=5), lambda: print(1, x=2), lambda: print(1, sep=None, end=None, flush=True))
attempt(lambda: list(range(m)), lambda: range(0), lambda: range(1, 2, 0), lambda: range(1.5), lambda: range("a"), lambda: range(), lambda: range(1, 2, 3, 4), lambda: range(5)[::-1], lambda: range(stop=5))
attempt(lambda: list(reversed(range(3))), lambda: reversed(m), lambda: reversed({1}), lambda: list(reversed({1: 2})), lambda: reversed(5))
attempt(lambda: round(m), lambda: round(m, 1), lambda: round(2.5), lambda: round(-0.5), lambda: round(2.675, 2), lambda: round(1234, -2), lambda: round(1250, -2), lambda: round(1.5, None), lambda: round("a"), lambda: round(1.0, 1.0), lambda: round(float("nan")), lambda: round(number=1.25, ndigits=1))
attempt(lambda: set("aab") == {"a", "b"}, lambda: set(5), lambda: set([[]]), lambda: frozenset([1]), lambda: set(1, 2), lambda: slice(1), lambda: slice(1, "a", None), lambda: slice(), lambda: slice(1, 2, 3, 4))
attempt(lambda: sorted([3, 1, 2]), lambda: sorted("bA", key=str.lower, reverse=True), lambda: sorted([1, "a"]), lambda: sorted(5), lambda: sorted([1], None), lambda: sorted([1], key=5), lambda: sorted([1, 2], reverse="x"))
attempt(lambda: str(), lambda: str(m), lambda: str(b"a"), lambda: str(b"a", "ascii"), lambda: str(b"\xff", "ascii", "replace"), lambda: str("a", "ascii"), lambda: str(5, "ascii"), lambda: str(object=5), lambda: bytes("é", "utf-8"), lambda: bytes("a"), lambda: bytes(m), lambda: bytes([256]), lambda: bytes(3), lambda: bytes([m]), lambda: bytes("a", 5), lambda: bytearray("a"), lambda: bytes(-1))
attempt(lambda: sum([1, 2.5]), lambda: sum([[1], [2]], []), lambda: sum(["a"]), lambda: sum(["a"], ""), lambda: sum([b"a"], b""), lambda: sum([bytearray()], bytearray()), lambda: sum([0.1] * 10), lambda: sum([1], start=5), lambda: sum(5), lambda: sum([1e308, 1e308, -1e308]), lambda: sum([True] * 3), lambda: sum([1, 2j, 0.5]))
attempt(lambda: tuple([1, m]), lambda: tuple(5), lambda: type(1), lambda: type(), lambda: type("A", (), {}), lambda: type("A", (), {}, x=1), lambda: type(1, 2), lambda: type("A", 5, {}), lambda: type("A", (5,), {}), lambda: type("A\0", (), {}), lambda: vars(5), lambda: vars(Math)["__len__"](0))
attempt(lambda: list(zip()), lambda: list(zip("ab", [1])), lambda: list(zip("ab", [1], strict=True)), lambda: list(zip("a", [1, 2], strict=True)), lambda: zip(5), lambda: zip([1], 5), lambda: list(zip("ab", x=1)))
attempt(lambda: object(1), lambda: object.__new__(), lambda: memoryview(5), lambda: property(1, 2, 3, 4, 5), lambda: classmethod(), lambda: staticmethod(5).__func__, lambda: super(), lambda: super(int, "a"), lambda: super(5))
attempt(lambda: __import__("sys").__name__, lambda: __import__(""), lambda: __import__(5), lambda: __import__("no.such"), lambda: __import__("os.path").__name__, lambda: __import__("os.path", fromlist=["x"]).__name__, lambda: __import__("x", level=-1))
attempt(lambda: compile("1", "f", "bad"), lambda: compile("1", "f"), lambda: compile(5, "f", "exec"), lambda: compile("1", "f", "eval", flags=-1), lambda: compile("a\0b", "f", "exec"), lambda: compile("1", "f", "exec", optimize=5))
attempt(lambda: input(5, 6), lambda: id(), lambda: globals(1), lambda: locals(1), lambda: breakpoint is not None, lambda: open("x", "q"), lambda: open("x", "rw"), lambda: open("x", "rb", encoding="a") if 0 else 1, lambda: aiter(5), lambda: anext(5))
