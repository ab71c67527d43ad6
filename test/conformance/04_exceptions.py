# The language reference, 4.3: exceptions, and 7.8: raise. Propagation, termination model, chaining, identity.
import sys


def show(f, *args):
    try:
        print(f.__name__, "->", repr(f(*args)))
    except BaseException as e:
        chain = []
        while e is not None:
            chain.append(f"{type(e).__name__}({e})")
            e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)
        print(f.__name__, "raised", " <- ".join(chain))


def lines(e):
    found, tb = [], e.__traceback__
    while tb is not None:
        found.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno))
        tb = tb.tb_next
    return found


# An exception breaks out of blocks, calls and loops until somebody handles it; nothing is resumed.
def outer():
    for i in range(3):
        middle(i)
    return "never"


def middle(i):
    try:
        inner(i)
    except KeyError:
        print("not this one")
    print("after", i)


def inner(i):
    if i == 1:
        raise ValueError(i)


show(outer)

try:
    outer()
except ValueError as e:
    print(lines(e))

# Handlers are chosen by class, not by message or identity.
special = ValueError("special")
try:
    raise special
except ValueError as e:
    print(e is special)


# raise: classes are called, instances are used as they are
class Counting(Exception):
    made = 0

    def __init__(self, *args):
        Counting.made += 1
        super().__init__(*args)


for raised in (Counting, Counting("x")):
    try:
        raise raised
    except Counting as e:
        print(e.args, Counting.made)


# The traceback grows while the exception travels, and again when it is raised again.
def again():
    try:
        inner(1)
    except ValueError as e:
        raise e


def bare():
    try:
        inner(1)
    except ValueError:
        raise


def later():
    kept = None
    try:
        inner(1)
    except ValueError as e:
        kept = e
    raise kept


for f in (again, bare, later):
    try:
        f()
    except ValueError as e:
        print(f.__name__, lines(e))

e = ValueError("stored")
for i in range(3):
    try:
        raise e
    except ValueError:
        pass
print(len(lines(e)))
try:
    raise e.with_traceback(None)
except ValueError:
    print(len(lines(e)))


# Chaining
def implicit():
    try:
        {}["k"]
    except KeyError:
        [][1]


def explicit():
    try:
        {}["k"]
    except KeyError as k:
        raise ValueError("v") from k


def explicit_class():
    raise ValueError("v") from KeyError


def from_none():
    try:
        {}["k"]
    except KeyError:
        raise ValueError("v") from None


def in_finally():
    try:
        {}["k"]
    finally:
        raise ValueError("finally")


def in_exit():
    class Exit:
        def __enter__(self):
            pass

        def __exit__(self, *args):
            raise ValueError("exit")

    with Exit():
        {}["k"]


def in_generator():
    def g():
        try:
            yield
        finally:
            raise ValueError("generator")

    it = g()
    next(it)
    it.throw(KeyError("thrown"))


def in_call():
    def helper():
        raise TypeError("helper")

    try:
        {}["k"]
    except KeyError:
        helper()


def not_after_handler():
    try:
        {}["k"]
    except KeyError:
        pass
    raise ValueError("alone")


def three():
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            [][0]
    except IndexError:
        raise KeyError("third")


for f in (implicit, explicit, explicit_class, from_none, in_finally, in_exit, in_generator, in_call, not_after_handler, three):
    show(f)


# StopIteration does not leave generators
def stops():
    yield 1
    raise StopIteration("inner")


def stops_in_next():
    yield next(iter(()))


show(lambda: list(stops()))
show(lambda: list(stops_in_next()))
show(lambda: list(next(iter(())) for _ in range(2)))


# What raise refuses
for wrong in (1, "text", object, None, (ValueError,), int):
    try:
        raise wrong
    except TypeError as e:
        print(e)
try:
    raise ValueError from 5
except TypeError as e:
    print(e)


# Base classes
for c in (KeyboardInterrupt, SystemExit, GeneratorExit):
    try:
        try:
            raise c
        except Exception:
            print("never")
    except BaseException as e:
        print(type(e).__mro__)


# sys.exception() outside and inside
print(sys.exception(), sys.exc_info())


# Unhandled: hooks
def hook(t, v, tb):
    print("hook", t.__name__, v, lines(v)[-1])


saved, sys.excepthook = sys.excepthook, hook
try:
    outer()
except ValueError as e:
    sys.excepthook(type(e), e, e.__traceback__)
sys.excepthook = saved


def hot(n):
    caught = 0
    for i in range(n):
        try:
            try:
                raise KeyError(i) if i & 1 else ValueError(i)
            except KeyError as k:
                raise IndexError from k
        except ValueError:
            caught += 1
        except LookupError as e:
            caught += type(e.__cause__) is KeyError
    return caught


show(hot, 4000)
