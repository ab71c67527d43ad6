# Generators and coroutines as objects: attributes, throw() in all its forms, close(), delegation.
import sys


def show(f, *args):
    try:
        print(f(*args))
    except BaseException as e:
        print(type(e).__name__, e, e.args)


def gen():
    try:
        x = yield 1
        print("sent", x)
        yield 2
    except ValueError as e:
        print("caught", repr(e), e.__traceback__ is not None)
        yield "handled"
    return "end"


# throw
g = gen()
next(g)
show(g.throw, ValueError("one"))
show(next, g)
show(g.throw, KeyError)
for args in [(ValueError,), (ValueError("i"),)]:
    g = gen()
    next(g)
    show(g.throw, *args)
show(gen().throw, 5)
show(gen().throw, "text")
show(gen().throw, int)
show(gen().throw)
show(gen().throw, KeyError("before start"))
g = gen()
show(g.throw, IndexError)
show(next, g)
show(g.throw, IndexError("after end"))


# the context of what is thrown
def contexts():
    try:
        raise KeyError("inner")
    except KeyError:
        yield
    return 1


g = contexts()
next(g)
try:
    g.throw(ValueError("v"))
except ValueError as e:
    print(repr(e.__context__))
try:
    raise IndexError("outer")
except IndexError:
    g = gen()
    try:
        g.throw(KeyError("k"))
    except KeyError as e:
        print(repr(e.__context__))


# close
def closing(kind):
    try:
        yield 1
    except GeneratorExit:
        if kind == "value":
            return 42
        if kind == "yield":
            yield 2
        if kind == "raise":
            raise ValueError("in close")
        if kind == "stop":
            raise StopIteration(7)
        raise


for kind in ["value", "yield", "raise", "stop", "other"]:
    g = closing(kind)
    show(g.close)
    g = closing(kind)
    next(g)
    show(g.close)
    show(g.close)


# delegation
class Delegate:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration("stopped")
        return self.n

    def send(self, v):
        print("send", v)
        return v

    def throw(self, *args):
        print("throw", [a if isinstance(a, type) else repr(a) for a in args])
        if isinstance(args[0], KeyError):
            raise StopIteration("from throw")
        if isinstance(args[0], IndexError):
            raise args[0]
        return "thrown"

    def close(self):
        print("closed")


def outer(it):
    r = yield from it
    print("result", r)
    yield "after"


g = outer(Delegate())
print(next(g), g.gi_yieldfrom.__class__.__name__, g.send(5), next(g))
show(g.throw, ValueError("x"))
show(g.throw, KeyError("k"))
g = outer(Delegate())
next(g)
show(g.throw, IndexError("i"))
g = outer(Delegate())
next(g)
g.close()
g = outer(Delegate())
next(g)
show(g.throw, GeneratorExit)


class OwnExit(GeneratorExit):
    pass


g = outer(Delegate())
next(g)
show(g.throw, OwnExit())
g = outer([1, 2, 3])
next(g)
show(g.send, 3)
g = outer([1, 2, 3])
next(g)
show(g.throw, ValueError("no throw there"))
g = outer(gen())
next(g)
show(g.send, "through")
show(g.throw, ValueError("through"))
show(next, g)
show(next, g)
show(outer(5).send, None)


class BadClose:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def close(self):
        raise ZeroDivisionError("close")


g = outer(BadClose())
next(g)
show(g.close)


# attributes
def attributes():
    print(me.gi_running, me.gi_suspended, me.gi_yieldfrom)
    yield
    yield from [1]


me = attributes()
print(me.gi_running, me.gi_suspended, me.gi_frame.f_lineno - attributes.__code__.co_firstlineno, me.gi_code is attributes.__code__)
next(me)
print(me.gi_running, me.gi_suspended, me.gi_frame.f_lineno - attributes.__code__.co_firstlineno, me.gi_yieldfrom)
next(me)
print(type(me.gi_yieldfrom).__name__)
show(next, me)
print(me.gi_running, me.gi_suspended, me.gi_frame, me.gi_yieldfrom)
me.__name__ = "renamed"
me.__qualname__ = "q.renamed"
print(me.__name__, me.__qualname__, repr(me).split(" at ")[0])
for bad in (5, None):
    try:
        me.__name__ = bad
    except TypeError as e:
        print(e)
for name in ("gi_running", "gi_frame", "gi_code", "gi_yieldfrom", "gi_suspended"):
    try:
        setattr(me, name, 1)
    except AttributeError as e:
        print(type(e).__name__)


def again():
    show(next, self)
    yield 1


self = again()
next(self)
show(gen().send, 1)
for bad in ((), (1, 2)):
    try:
        gen().send(*bad)
    except TypeError as e:
        print(e)


# coroutines
async def co(x=1):
    return x


async def waits(c):
    return await c


c = co()
print(c.cr_running, c.cr_suspended, c.cr_await, c.cr_origin, c.cr_frame is not None, c.cr_code.co_name, c.__name__)
show(c.send, 1)
show(c.send, None)
show(c.send, None)
show(c.throw, ValueError("v"))
print(c.close(), c.cr_frame, repr(c).split(" at ")[0])
c = co()
show(c.throw, ValueError("v"))
show(c.send, None)
c = co()
c.close()
show(c.send, None)
c = co(7)
w = c.__await__()
print(type(w).__name__, iter(w) is w)
show(next, w)
show(next, w)
show(waits(5).send, None)
show(waits([]).send, None)
c = co()
show(waits(c).send, None)
show(waits(c).send, None)
for f in (iter, next, list, lambda c: [*c]):
    c = co()
    show(f, c)
    c.close()


class Yields:
    def __await__(self):
        try:
            got = yield "waiting"
        except KeyError as e:
            print("await got", repr(e))
            got = "key"
        return got


c = waits(Yields())
show(c.send, None)
print(c.cr_await.__name__, c.cr_suspended, c.cr_running)
show(waits(c).send, None)
show(c.send, "answer")
c = waits(waits(Yields()))
c.send(None)
print(c.cr_await.__name__)
show(waits(c.cr_await).send, None)
show(c.throw, KeyError("thrown"))
c = waits(waits(Yields()))
c.send(None)
show(c.close)
show(c.close)


class BadAwait:
    def __await__(self):
        return 5


class CoroutineAwait:
    def __await__(self):
        return c


show(waits(BadAwait()).send, None)
c = co()
show(waits(CoroutineAwait()).send, None)
c.close()


def plain():
    yield from c


c = co()
show(plain().send, None)
c.close()

sys.set_coroutine_origin_tracking_depth(2)
print(sys.get_coroutine_origin_tracking_depth())


def make():
    return co()


c = make()
print([(name, line > 0) for file, line, name in c.cr_origin])
c.close()
sys.set_coroutine_origin_tracking_depth(0)
show(sys.set_coroutine_origin_tracking_depth, -1)


async def raises():
    raise StopIteration("s")


show(raises().send, None)


async def swallow():
    try:
        await Yields()
    except GeneratorExit:
        await Yields()


c = swallow()
c.send(None)
show(c.close)
