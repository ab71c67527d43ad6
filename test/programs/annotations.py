"""Annotations of classes, modules and functions: when they are evaluated, and what may be set and deleted."""
import sys


def t(f, *a, **k):
    try:
        print(f(*a, **k))
    except BaseException as e:
        print(type(e).__name__, e)


class A:
    x: int
    y: undefined


t(lambda: A.__annotations__)
undefined = 5
t(lambda: A.__annotations__)
t(lambda: A.__annotate__(1))
t(lambda: A.__annotate__(3))
t(lambda: A.__annotate__(2))
print(sorted(A.__dict__))
A.__annotations__ = {1: 2}
print(sorted(A.__dict__), A.__annotations__, A.__annotate__)
del A.__annotations__
print(sorted(A.__dict__), A.__annotations__, A.__annotate__)
t(lambda: delattr(A, "__annotations__"))
t(lambda: delattr(A, "__annotations__"))
print(sorted(A.__dict__))


class B:
    x: int


t(lambda: setattr(B, "__annotate__", None))
print(B.__annotations__, B.__annotate__, sorted(B.__dict__))
t(lambda: setattr(B, "__annotate__", 3))
t(lambda: setattr(B, "__annotate__", lambda f: {"q": f}))
print(B.__annotations__)
t(lambda: setattr(B, "__annotate__", lambda f: 3))
t(lambda: B.__annotations__)
t(lambda: setattr(B, "__annotations__", 3))
t(lambda: B.__annotations__)
t(lambda: delattr(B, "__annotate__"))
t(lambda: int.__annotations__)
t(lambda: int.__annotate__)
t(lambda: setattr(int, "__annotations__", {}))
t(lambda: setattr(int, "__annotate__", {}))
t(lambda: type.__annotations__)


class D:
    pass


print(D.__annotations__, D.__annotate__, sorted(D.__dict__))


class E(B):
    pass


print(E.__annotations__, E.__annotate__, sorted(E.__dict__))


class F:
    __annotations__ = {"z": 3}
    w: int


print(F.__annotations__, F.__annotate__ is None, sorted(F.__dict__))


class G:
    def __annotate__(f):
        return {"k": f}


print(G.__annotations__, G.__annotate__ is None, sorted(G.__dict__))
m = sys.modules["__main__"]
print(m.__annotations__, m.__annotate__)
m = type(sys)("m")
print(m.__annotations__, m.__annotate__, sorted(m.__dict__))
m.__annotate__ = lambda f: {"a": f}
print(m.__annotations__, sorted(m.__dict__))
t(lambda: setattr(m, "__annotate__", 3))
t(lambda: delattr(m, "__annotate__"))
m.__annotate__ = lambda f: {"b": f}
print(m.__annotations__, sorted(m.__dict__))
m.__annotations__ = 5
print(m.__annotations__, m.__annotate__)
del m.__annotations__
print(m.__annotations__, m.__annotate__)
del m.__annotations__
print(m.__annotations__, m.__annotate__)
m.__annotate__ = lambda f: 3
t(lambda: m.__annotations__)


def f(a: int, *b: str, c: "x" = 1, **d: q) -> r:
    pass


t(lambda: f.__annotations__)
q = r = 1
t(lambda: f.__annotations__)
t(lambda: f.__annotate__ is None)
f.__annotations__["k"] = 3
t(lambda: f.__annotations__)
f.__annotations__ = None
t(lambda: f.__annotations__)
t(lambda: f.__annotate__)
t(lambda: setattr(f, "__annotate__", 3))
t(lambda: setattr(f, "__annotations__", 3))
t(lambda: delattr(f, "__annotate__"))
t(lambda: delattr(f, "__annotations__"))
f.__annotate__ = lambda q: {"s": q}
t(lambda: f.__annotations__)
f.__annotate__ = None
t(lambda: f.__annotations__)
t(lambda: setattr(f, "__type_params__", 3))
t(lambda: setattr(f, "__type_params__", (3,)))
t(lambda: f.__type_params__)
t(lambda: delattr(f, "__type_params__"))
t(lambda: int.__type_params__)
t(lambda: setattr(int, "__type_params__", (3,)))


class M(type):
    a: int


class N(metaclass=M):
    pass


t(lambda: N.__annotations__)
t(lambda: M.__annotations__)


class Conditional:
    for name in ("one", "two", "three"):
        if name == "two":
            never: undefined
            continue
    else:
        last: int
    if name == "one":
        skipped: int
    private: "__x"
    __mangled: int


print(Conditional.__annotations__)


class Bound:
    a: int

    def __annotate__(format):
        return {"a": format}


print(Bound.__annotate__(7), Bound.__annotations__)
