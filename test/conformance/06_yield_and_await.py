"""The language reference, 6.2.9 (yield expressions, methods of generators and asynchronous generators), 6.4 (await), 3.4
(coroutines), 8.9."""


def report(call, *args):
    try:
        result = call(*args)
    except BaseException as error:
        print("raised", type(error).__name__, str(error) if not isinstance(error, KeyError) else error.args,
              type(error.__cause__).__name__, type(error.__context__).__name__)
    else:
        print("gave", result)


def talk():
    print("start")
    try:
        got = yield 1
        print("got", got)
        got = yield 2
        print("got", got)
    except ValueError as error:
        print("caught", error)
        yield "after"
    finally:
        print("finally")
    return "end"


g = talk()
report(g.send, 5)
report(next, g)
report(g.send, "x")
report(g.throw, ValueError("v"))
report(next, g)
report(next, g)
report(g.throw, KeyError("k"))
report(g.close)
g = talk()
report(g.throw, KeyError("early"))
report(next, g)
g = talk()
report(g.close)
report(g.send, None)
g = talk()
next(g)
report(g.close)
g = talk()
next(g)
for bad in (1, "text", int, None):
    report(g.throw, bad)
g.close()


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


g = stubborn()
next(g)
report(g.close)
g = stubborn()
next(g)
report(g.throw, GeneratorExit)


def closing(value):
    try:
        yield
    except GeneratorExit:
        return value


g = closing("value of close")
next(g)
report(g.close)
report(g.close)


def stops():
    yield 1
    raise StopIteration("inside")


g = stops()
next(g)
report(next, g)


def running():
    yield next(me)


me = running()
report(next, me)

# yield from: values, sends, throws and the result go through
class Inner:
    def __iter__(self):
        return self

    def __next__(self):
        print("next")
        return "n"

    def send(self, value):
        print("send", value)
        if value == "stop":
            raise StopIteration("result")
        return value

    def throw(self, *error):
        print("throw", error)
        return "thrown"

    def close(self):
        print("close")


def outer(inner):
    result = yield from inner
    print("result", result)
    yield from [10, 20]
    return (yield from ())


g = outer(Inner())
report(next, g)
report(g.send, "a")
report(g.throw, KeyError("k"))
report(g.send, None)
report(g.close)
g = outer(Inner())
next(g)
report(g.send, "stop")
report(g.send, "to an iterator without send")
g = outer(5)
report(next, g)
g = outer([1, 2])
next(g)
report(g.throw, KeyError("no throw there"))
x = (yield_ for yield_ in [1, 2])
print(list(x), (lambda: (yield))().__class__.__name__, [*(lambda: (yield 5))()])


def values():
    a = yield
    b = (yield a) + 1
    c = [(yield b), (yield b + 1)]
    yield c, (yield)
    print((yield), (yield), sep="|")
    d = yield 1, 2
    e = yield *[1], 2
    return d, e


g = values()
print([g.send(v) for v in (None, 1, 2, 3, 4, 5, "p", "q", "r", "d")])
report(g.send, "e")
report(g.send, "e")
for source in ("yield 1", "def f(): [(yield 1) for x in y]", "def f(): ((yield) for x in y)", "class A: yield 1", "async def f(): yield from x",
               "def f():\n  await x", "async def f():\n  yield 1\n  return 2", "def f(): return [await x for x in y]", "lambda: await x", "await x",
               "async def f(): [x async for x in y]", "def f(): [x async for x in y]", "def f():\n  async with x: pass", "def f():\n  async for x in y: pass",
               "async def f():\n  def g(): await x", "async def f(): return (await x for y in z)", "def f(x=(yield)): pass", "async def f():\n  yield\n  return",
               "x = yield = 1", "def f(): yield = 1", "async def f(): await = 1", "async def f(): -await x ** await y", "async def f(): await -x",
               "async x = 1", "async = 1", "def f(a: (yield)): pass", "def f[T: (yield)](): pass"):
    try:
        compile(source, "<program>", "exec")
        print("accepted", source)
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset)


# 3.4 awaitables
class Await:
    def __init__(self, made):
        self.made = made

    def __await__(self):
        return self.made


def drive(coroutine, *answers):
    seen = []
    try:
        seen.append(coroutine.send(None))
        for answer in answers:
            seen.append(coroutine.throw(answer) if isinstance(answer, BaseException) else coroutine.send(answer))
    except StopIteration as stop:
        print(seen, "returned", stop.value)
    except BaseException as error:
        print(seen, "raised", type(error).__name__, error, type(error.__cause__).__name__)
    else:
        print(seen, "suspended")
        coroutine.close()


async def wait(thing):
    return "awaited", await thing


def steps():
    got = yield "step"
    return got


import types


@types.coroutine
def old():
    return (yield "old")


for thing in (Await(iter([1, 2])), Await(steps()), Await(5), Await("text"), Await(wait(Await(iter(())))), 5, None, steps(), old(), wait(wait(old()))):
    drive(wait(thing), "answer")
c = wait(old())
drive(c, "answer")
drive(c)
c = wait(old())
c.send(None)
report(c.send, ValueError)
c = wait(old())
report(c.send, "not None")
c.close()
report(c.throw, KeyError("closed"))
c = wait(old())
report(iter, c)
report(list, c)
print(hasattr(c, "__iter__"), hasattr(c, "__await__"), c.cr_frame is not None, c.cr_running, c.cr_await)
c.close()
print(c.cr_frame)


async def shared(c):
    await c


c = wait(old())
d, e = shared(c), shared(c)
d.send(None)
report(e.send, None)
d.close()


# asynchronous iteration and contexts
class Items:
    def __init__(self, *items):
        self.items = list(items)

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.items:
            raise StopAsyncIteration
        await old()
        return self.items.pop(0)


class Context:
    def __init__(self, swallow):
        self.swallow = swallow

    async def __aenter__(self):
        await old()
        return "entered"

    async def __aexit__(self, kind, error, trace):
        print("exit", kind and kind.__name__, error)
        await old()
        return self.swallow


async def everything():
    async with Context(True) as value, Context(False):
        print(value)
        raise KeyError("swallowed")
    async for item in Items(1, 2):
        print(item)
        if item == 2:
            break
    else:
        print("never")
    async for item in Items():
        pass
    else:
        print("else")
    print([x async for x in Items(1, 2, 3) if x != 2], {x: y async for x in Items(1) async for y in Items(2)})
    print([await wait(old()) for _ in range(1)])
    g = (x * 2 async for x in Items(4))
    print(await anext(g), await anext(g, "default"))
    async with Context(False):
        return "left"


drive(everything(), *range(40))


class Bad:
    pass


class NoAnext:
    def __aiter__(self):
        return self


class NotAwaitable:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 5


class HalfContext:
    async def __aenter__(self):
        pass


class PlainContext:
    def __aenter__(self):
        return 5

    def __aexit__(self, *a):
        return 5


async def loop(x):
    async for _ in x:
        pass


async def enter(x):
    async with x:
        pass


for x in (Bad(), NoAnext(), NotAwaitable(), [1]):
    drive(loop(x))
for x in (Bad(), HalfContext(), PlainContext()):
    drive(enter(x))


# 6.2.9.3, 6.2.9.4 asynchronous generators
async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                print("got", got)
            await old()
    except ValueError as error:
        print("caught", error)
        yield "after"
    finally:
        print("finally")
        await old()


async def use():
    g = agen(3)
    print(await g.asend(None), await g.asend("hello"), await g.athrow(ValueError("v")))
    await g.aclose()
    try:
        await g.asend(None)
    except StopAsyncIteration as error:
        print("stopped", error.args)
    g = agen(1)
    try:
        await g.asend("early")
    except TypeError as error:
        print(error)
    await g.aclose()
    g = agen(5)
    a = g.asend(None)
    print(await a)
    try:
        await a
    except RuntimeError as error:
        print(error)
    await g.aclose()

    async def stops():
        yield 1
        raise StopAsyncIteration

    try:
        async for _ in stops():
            pass
    except RuntimeError as error:
        print(error, type(error.__cause__).__name__)

    async def ignores():
        try:
            yield 1
        except GeneratorExit:
            yield 2

    g = ignores()
    await anext(g)
    try:
        await g.aclose()
    except RuntimeError as error:
        print(error)
    return "done"


drive(use(), *range(40))
