# What sys.excepthook prints: groups, chains, notes, carets, suggestions, repetitions.
import sys


class Capture:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        pass


def display(f, *args):
    print("=" * 10, getattr(f, "__name__", f))
    try:
        f(*args)
    except BaseException as e:
        capture, saved = Capture(), sys.stderr
        sys.stderr = capture
        try:
            sys.excepthook(type(e), e, e.__traceback__)
        finally:
            sys.stderr = saved
        print("".join(capture.parts), end="")


def group():
    raise ExceptionGroup("msg", [ValueError(1), TypeError("t")])


def group_inside():
    def make():
        try:
            raise ValueError("with traceback")
        except ValueError as e:
            e.add_note("a note\nof two lines")
            return e

    inner = ExceptionGroup("inner", [make(), KeyError("k")])
    inner.add_note("on the group")
    raise ExceptionGroup("outer", [inner, make()]) from OSError("cause")


def group_context():
    try:
        raise ExceptionGroup("first", [ValueError(1)])
    except ExceptionGroup:
        raise ExceptionGroup("second", [TypeError(2)])


def group_wide():
    raise ExceptionGroup("wide", [ValueError(i) for i in range(20)])


def group_deep():
    e = ValueError("bottom")
    for i in range(15):
        e = ExceptionGroup(f"level {i}", [e, KeyError(i)])
    raise e


def member_chain():
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            raise KeyError("k")
    except KeyError as e:
        raise ExceptionGroup("members", [e, ValueError("plain")])


def star():
    try:
        raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError:
        raise TypeError("new")


def chain():
    try:
        try:
            {}["a"]
        except KeyError as e:
            raise ValueError("v") from e
    except ValueError:
        raise TypeError("t")


def suppressed():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("v") from None


def recursion():
    def down(n):
        if n == 0:
            raise ValueError("bottom")
        down(n - 1)

    down(10)


def mutual():
    def a(n):
        if n == 0:
            1 / 0
        b(n - 1)

    def b(n):
        a(n)

    a(8)


def notes():
    e = ValueError("v")
    e.add_note("one")
    e.add_note("")
    e.add_note("two\nlines")
    raise e


def notes_wrong():
    e = ValueError("v")
    e.__notes__ = 5
    raise e


def notes_mixed():
    e = ValueError("v")
    e.__notes__ = ["s", 5, None]
    raise e


def notes_string():
    e = ValueError("v")
    e.__notes__ = "text"
    raise e


class BadStr(Exception):
    def __str__(self):
        raise RuntimeError("no")


def bad_str():
    raise BadStr("x")


class Local(Exception):
    pass


def local_class():
    class Inner(Exception):
        pass

    raise Inner("m")


def empty():
    raise Local


def multiline_text():
    raise ValueError("one\ntwo\n  three")


def carets():
    x = {"a": {"b": None}}
    return x["a"]["b"]["c"]["d"]


def carets_call():
    def f(a):
        return g(a, 1)

    def g(a, b):
        return a.b.c(
            b,
            2,
        )

    f(
        5
    )


def carets_binary():
    a, b, c = 1, 0, 2
    return (a + b) * c / b + c


def carets_lines():
    return (
        1
        +
        "a"
    )


def carets_wide():
    é = 0
    return "日本" + é * 2


def carets_await():
    async def f():
        await g()

    async def g():
        raise ValueError("in coroutine")

    f().send(None)


def with_statement():
    with 5:
        pass


def for_statement():
    for x in 5:
        pass


def unpacking():
    a, b = 1, 2, 3


def name_error():
    verylongname = 1
    verylongnam


def name_builtin():
    pritn(1)


def name_import():
    return math.pi


def name_none():
    qqqqqqq


def name_self():
    class A:
        def __init__(self):
            self.blech = 1

        def f(self):
            return blech

    A().f()


def attribute():
    class A:
        blech = None

    A().bluch


def attribute_instance():
    class A:
        def __init__(self):
            self.value = 1
            self._hidden = 2

    A().hidden


def attribute_none():
    class A:
        pass

    A().zzzzz


def attribute_module():
    sys.exot


def attribute_type():
    "".uper


def attribute_hook():
    class A:
        blech = None

        def __getattr__(self, name):
            raise AttributeError("from the hook")

    A().bluch


def attribute_hook_told():
    class A:
        blech = None

        def __getattr__(self, name):
            raise AttributeError("told", name="x", obj=None)

    A().bluch


def keyword():
    def f(*, argument=1):
        pass

    f(argumnet=2)


def keyword_builtin():
    sorted([], revrse=True)


def syntax():
    exec("x = (1,\ny = 2")


def syntax_caret():
    exec("def f(:\n  pass")


def indentation():
    exec("if 1:\nx = 1")


def syntax_made():
    raise SyntaxError("made", ("file.py", 3, 5, "  abc def\n", 3, 8))


def syntax_no_text():
    raise SyntaxError("made", ("file.py", 3, None, None))


def syntax_bare():
    raise SyntaxError("bare")


def lambda_and_comprehension():
    return [(lambda v: 1 / v)(x) for x in [1, 0]]


def generator():
    def g():
        yield 1
        raise ValueError("in generator")

    list(g())


def key_error():
    {}["missing"]


def assertion():
    a = 1
    assert a == 2, f"not {a}"


def assertion_plain():
    assert (
        1 ==
        2
    )


def system_exit_in_chain():
    try:
        sys.exit(3)
    except SystemExit:
        raise ValueError("after exit")


def cause_cycle():
    a, b = ValueError("a"), ValueError("b")
    a.__cause__ = b
    b.__cause__ = a
    raise a


def import_error():
    from sys import exot


def module_error():
    import no_such_module_here


def decorated():
    def deco(f):
        1 / 0

    @deco
    def x():
        pass


def class_body():
    class X:
        y = 1 / 0


def reraise():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise e.with_traceback(None)


for f in list(globals().values()):
    if callable(f) and f is not display and not isinstance(f, type) and f.__module__ == "__main__":
        display(f)
display(exec, "1/0")
display(eval, "a b")
display(int, "x")
