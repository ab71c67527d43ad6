"""The language reference, 8.1 to 8.3 (if, while, for), 8.7 (functions), 8.8 (classes), 8.10 (type parameters), 8.13
(annotations): order of evaluation, calls, and their errors."""

log = []


def note(value):
    log.append(value)
    return value


def shown(*more):
    print(*more, log)
    log.clear()


def attempt(call, *args, **names):
    try:
        print(call(*args, **names))
    except Exception as error:
        print(type(error).__name__, error)


def refused(source):
    try:
        compile(source, "<program>", "exec")
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset)
    else:
        print("accepted", ascii(source))


# 8.1 to 8.3
if note(0):
    pass
elif note([]):
    pass
elif note("x"):
    shown("elif")
else:
    pass
n = 3
while note(n):
    n -= 1
    if n == 1:
        continue
else:
    shown("else of while")
while True:
    for n in range(3):
        if n == 1:
            break
    else:
        print("never")
    break
else:
    print("never")
shown(n)
target = [0, 0]
for target[note(0)], (target[note(1)], *rest) in [(1, (2, 3, 4)), (5, (6,))]:
    shown(target, rest)
for n in ():
    pass
print(n)
items = [1, 2, 3, 4]
for n in items:
    if n < 3:
        items.remove(n)
print(items)
for n in (*[1], *(2, 3)):
    log.append(n)
shown()
for bad in ("for x in 5: pass", "for x in None: pass", "for x, y in [1]: pass", "for x, y in [(1,)]: pass",
            "for x in {1: 2}: d = {1: 2}\nfor k in d: d[k + 1] = 0"):
    attempt(exec, bad, {})


# 8.7 functions: decorators, defaults, annotations, and the name come in this order
def decorate(mark):
    note(mark)

    def apply(f):
        note((mark, getattr(f, "__name__", f)))
        return f

    return apply


@decorate("first")
@decorate("second")
def ordered(a: note("annotation"), b=note("default"), /, c=note("default 2"), *args: note("args"), d=note("keyword default"), e, **kwargs) -> note("return"):
    pass


shown(ordered.__defaults__, ordered.__kwdefaults__)
print(list(ordered.__annotations__))
shown()


@(lambda f: 5)
def number(): pass
@[decorate][0]("any expression")
class Decorated: pass
shown(number)


def shared(item, bucket=[]):
    bucket.append(item)
    return bucket


print(shared(1), shared(2), shared(3, []))


def f0(): pass
def f1(a): return a
def f2(a, b=2): return a, b
def f3(a, /, b, *, c): return a, b, c
def f4(*args, **kwargs): return args, kwargs
def f5(a, b, /, c=3, *args, d, e=5, **kwargs): return a, b, c, args, d, e, kwargs
def f6(*, a, b): return a, b
def f7(a, b, c): return a, b, c
def f8(a=1, b=2, c=3): return a, b, c


attempt(f0, 1)
attempt(f0, x=1)
attempt(f1)
attempt(f1, 1, 2)
attempt(f1, 1, a=2)
attempt(f1, b=2)
attempt(f2)
attempt(f2, 1, 2, 3)
attempt(f2, b=1)
attempt(f3, 1, 2)
attempt(f3, 1, 2, 3)
attempt(f3, a=1, b=2, c=3)
attempt(f3, 1, c=3)
attempt(f3, 1, 2, c=3, d=4)
attempt(f4, 1, 2, a=3, args=4, kwargs=5, self=6)
attempt(f5, 1, 2, d=4)
attempt(f5, 1, 2, 3, 4, 5, d=4, z=6, a=7)
attempt(f5, 1, d=4)
attempt(f5, 1, 2, c=3)
attempt(f6)
attempt(f6, a=1)
attempt(f6, 1, 2)
attempt(f6, 1, a=1, b=2)
attempt(f7)
attempt(f7, 1)
attempt(f7, 1, 2)
attempt(f7, *(1, 2), **{"c": 3})
attempt(f7, *(1, 2), **{"b": 3})
attempt(f8, 1, 2, 3, 4)
attempt(f8, 1, 2, 3, 4, d=1)
attempt(f8, cc=1)
attempt(lambda: f4(**{1: 2}))
attempt(lambda: f4(**5))
attempt(lambda: f4(*5))
attempt(lambda: f4(a=1, **{"a": 2}))
attempt(lambda: f4(**{"a": 1}, **{"a": 2}))
attempt(lambda: (5)(1))
attempt(lambda: f4(note(1), *note([2]), k=note(3), *note([4]), **note({"z": 5})))
shown()


class Holder:
    def method(self, a): return a
    @classmethod
    def cm(cls, a): return a
    @staticmethod
    def sm(a): return a
    def none(): pass
    def __init__(self, x=0): pass


attempt(Holder().method)
attempt(Holder.method)
attempt(Holder().method, 1, 2)
attempt(Holder.cm)
attempt(Holder().sm)
attempt(Holder().none)
attempt(Holder, 1, 2)
attempt(Holder, y=1)
attempt(object, 1)
attempt(lambda q, /, *, r: 1, 2)
for source in ("def f(a, a): pass", "def f(a=1, b): pass", "def f(*): pass", "def f(*, **k): pass", "def f(/, a): pass", "def f(a, /, b, /): pass",
               "def f(*a, *b): pass", "def f(**k, a): pass", "def f(**k, **l): pass", "def f(*a, /): pass", "def f(*a=1): pass", "def f(**k=1): pass",
               "def f(a, (b, c)): pass", "lambda a=1, b: 1", "def f(None): pass", "def f(a:=1): pass", "f(a for a in b, 1)", "f(1, a for a in b)",
               "f(a=1, 2)", "f(**k, *a)", "f(**k, 1)", "f(a=1, a=2)", "f(1=2)", "f(a.b=2)", "f(True=1)", "f(a := 1)", "f(a=b := 1)", "f((a)=1)",
               "class A(a=1, b): pass", "class A(*a, **k): pass", "class A(x for x in y): pass", "def f(*a: *b): pass", "def f(a: *b): pass",
               "def f[T, T](): pass", "def f[](): pass", "def f[*T: int](): pass", "def f[T = int, U](): pass", "class A[T: (yield)]: pass", "type X[T] = (yield)",
               "def f() -> (x := 1): pass", "x: int, y: int", "(x): int = 1", "x.y: int", "x[0]: int = 1", "[x]: int", "(x, y): int", "f(): int", "x: int += 1"):
    refused(source)


# 8.8 classes: bases and keywords in order, the body runs at once, the class is made last
class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **names):
        note(("prepare", name, sorted(names)))
        return {}

    def __new__(mcls, name, bases, space, **names):
        note(("new", name))
        return super().__new__(mcls, name, bases, space)

    def __init__(cls, name, bases, space, **names):
        note(("init", name))

    def __call__(cls, *args):
        note("call")
        return super().__call__(*args)


@decorate("class")
class Made(note(Holder), metaclass=note(Meta), option=note(1)):
    note("body")

    def __init_subclass__(cls, **names):
        note("subclass")


Made.__repr__ = lambda self: "made"
print([entry for entry in log if not isinstance(entry, type)])
log.clear()
Made()
shown()
for bases in ("5", "Made, Made", "object, Made", "int, str", "bool", "type(None)", "Made, int, x=1"):
    attempt(exec, f"class C({bases}): pass", {"Made": Holder})


# 8.10, 8.13
def generic[T: int, *Ts, **P](a: T) -> T: return a
class Generic[T = int](list[T]): pass
type Alias[K, V: note("lazy")] = dict[K, V]


print(generic.__type_params__, Generic.__type_params__, Alias.__type_params__, Alias.__value__, Generic.__orig_bases__, Generic[str])
shown()
print(Alias.__type_params__[1].__bound__, Generic.__type_params__[0].__default__, generic.__type_params__[0].__bound__)
shown()


class Annotated:
    x: note("x")
    y: "text" = 2
    z: missing_name

    def m(self, q: note("q"), *args: *tuple[int, ...]): pass


shown(Annotated.y)
attempt(lambda: Annotated.__annotations__)
missing_name = 3
print(Annotated.__annotations__, Annotated.m.__annotations__["args"])
shown()
