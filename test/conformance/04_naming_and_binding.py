"""The language reference, 4.1 and 4.2: blocks, what binds names, how names are resolved; builtins; eval and exec."""


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


def refused(source):
    try:
        compile(source, "<program>", "exec")
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset)
    else:
        print("accepted", ascii(source))


# 4.2.1 everything that binds a name
import os.path
import os as bound_by_import, sys as bound_too
from os import sep as bound_by_from


def bound_by_def(): pass
class bound_by_class: pass
for bound_by_for in [1]: pass
with open(os.devnull) as bound_by_with: pass
try:
    1 / 0
except ZeroDivisionError as bound_by_except: pass
match {"a": [1, 2, 3]}:
    case {"a": [bound_by_match, *bound_by_star], **bound_by_rest}: pass
if (bound_by_walrus := 5): pass
[bound_in_comprehension := i for i in range(3)]
type bound_by_type = int
bound_annotated: int = 1
only_annotated: int
print(sorted(name for name in globals() if name.startswith(("bound", "only", "os"))))
attempt(lambda: bound_by_except)
attempt(lambda: i)
attempt(lambda: only_annotated)


# 4.2.2 resolution: a name bound anywhere in a block is local in all of it
x = "global"


def before():
    print(x)
    x = 1


def deleted():
    x = 1
    del x
    return x


def conditional(flag):
    if flag:
        import x
    return x


def in_loop():
    for x in ():
        pass
    return x


def by_except():
    try:
        raise ValueError
    except ValueError as x:
        pass
    return x


def by_comprehension():
    return [x for y in [1]], [x for x in [2]], x


def free():
    def inner():
        return y

    attempt(inner)
    y = 1
    attempt(inner)
    del y
    attempt(inner)


for f in (before, deleted, lambda: conditional(False), in_loop, by_except, by_comprehension, free):
    attempt(f)


# class blocks: not visible in functions, resolved dynamically
class Scope:
    x = "class"
    y = x

    def method(self):
        return x

    z = [x for _ in [1]]
    w = [q for q in x]
    v = lambda: x
    u = [lambda: x][0]
    try:
        t = [Scope for _ in [1]]
    except NameError as error:
        print(error)
    del x
    s = x


print(Scope.y, Scope().method(), Scope.z, Scope.w, Scope.v(), Scope.u(), Scope.s)


def enclosing():
    x = "enclosing"

    class Inner:
        print(x)
        x = x + " class"
        print(x)

        def method(self):
            return x

        y = [x for _ in [1]]

    class Global:
        global x
        x = "set by a class"

    class Nonlocal:
        nonlocal x
        x = "set by another"

    return Inner.x, Inner().method(), Inner.y, x, globals()["x"], vars(Nonlocal).get("x")


print(enclosing())


# __class__ and private names
class Private:
    __hidden = 1
    def __method(self): return __class__.__hidden
    def call(self, __argument=2):
        __local = 3
        import os as __module
        return self.__method(), sorted(locals())
    __trailing__ = 4
    class __Nested: pass
    global __made
    __made = 5


print(Private().call(), sorted(n for n in vars(Private) if "__" in n and n.startswith("_P")), "_Private__made" in globals())


class ___:
    __x = 1


print([n for n in vars(___) if n.endswith("x")])

# global and nonlocal
for source in (
    "def f():\n  x = 1\n  global x",
    "def f():\n  print(x)\n  global x",
    "def f(x):\n  global x",
    "def f():\n  global x\n  nonlocal x",
    "nonlocal x",
    "def f():\n  nonlocal x",
    "def f(x):\n  nonlocal x",
    "def f():\n  x = 1\n  def g():\n    x = 2\n    nonlocal x",
    "def f():\n  x: int\n  global x",
    "def f():\n  global x\n  x: int = 1",
    "def f():\n  for x in y: pass\n  global x",
    "global x\nx = 1",
    "x = 1\nglobal x",
    "class A:\n  x = 1\n  def f(self):\n    nonlocal x",
    "def f():\n  global x\n  def g():\n    nonlocal x",
    "def f():\n  [x := 1 for x in y]",
    "class A:\n  [x := 1 for y in z]",
    "[y for y in (x := [1])]",
    "[(y := 1) for x in (y := [1])]",
    "def f[T]():\n  global T",
    "def f[T]():\n  nonlocal T",
    "class A[T]:\n  nonlocal T",
    "def f():\n  __debug__ = 1",
    "import a as None",
    "def f():\n  from os import *",
    "class A:\n  from os import *",
    "def f():\n  try: pass\n  except E as x: pass\n  nonlocal x",
    "def f():\n  global x; import x",
):
    refused(source)


def counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    def total():
        global total_count
        total_count = count
        return up

    return up, total


up, total = counter()
print(up(), up(), total()(), total_count)


# 4.2.3 builtins, 4.2.4 eval and exec see the globals and locals given, not enclosing functions
def dynamic():
    hidden = 1
    seen = 2

    def inner():
        seen
        attempt(lambda: eval("hidden"))
        print(eval("seen"), "hidden" in locals(), sorted(locals()))
        exec("seen = 3; new = 4")
        print(seen)
        attempt(lambda: new)

    inner()
    names = {"__builtins__": {"len": lambda v: "mine"}}
    attempt(lambda: eval("len([])", names))
    attempt(lambda: eval("abs(1)", names))
    space = {}
    exec("class A:\n  y = 1\n  z = [y for _ in [1]] if 0 else y\nx = 5\ndef f(): return x", space, local := {})
    print(sorted(local), "__builtins__" in space)
    attempt(local["f"])


dynamic()


class Chain(dict):
    def __missing__(self, key):
        if key.startswith("__") or key == "print":
            raise KeyError(key)
        return f"<{key}>"


exec("print(a, b); a = 1; print(a); del a; print(a)", {"print": print}, Chain())
attempt(lambda: exec("del nothing", {}))
attempt(lambda: exec("nothing", {"__builtins__": {}}))
import builtins

builtins.shared_by_all = "from builtins"
print(shared_by_all)
len = lambda v: "shadowed"
print(len([]))
del len
print(len([]))
