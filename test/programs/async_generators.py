import sys
async def ag(n):
    try:
        for i in range(n):
            got = yield i
            if got: print("got", got)
    finally:
        print("fin", n)

class Y:
    def __init__(self, v): self.v = v
    def __await__(self):
        r = yield self.v
        return r

async def ag2():
    for i in range(3):
        x = await Y(i)
        print("x", x)
        yield (i, x)

def run(c):
    v = None
    n = 0
    while True:
        try:
            y = c.send(v)
        except StopIteration as e:
            return e.value
        print("yielded", y)
        n += 1
        v = n * 10

async def main():
    async for i in ag(3):
        print(i)
    async for p in ag2():
        print(p)
    print([x async for x in ag(2)])
    print({x: y async for x, y in ag2()})
    g = (x + 1 async for x in ag(3))
    print(g.__name__, [y async for y in g])
    a = ag(5)
    print(await a.__anext__(), await a.asend(1), await a.asend(7))
    await a.aclose()
    try:
        await a.__anext__()
    except StopAsyncIteration as e:
        print("SAI", e.args)
    a = ag(5)
    await anext(a)
    try:
        await a.athrow(ValueError("x"))
    except ValueError as e:
        print("VE", e)
    print(await anext(a, 'dflt'))
    total = 0
    async for i in ag(20000):
        total += i
    print(total)
    print([[x async for x in ag(i)] for i in range(3)])
    async def inner(v): return v * 2
    print([await inner(x) async for x in ag(3) if await inner(x) != 2])
    return "done"

print(run(main()))
a = ag(2)
s = a.asend(None)
try:
    s.send(None)
except StopIteration as e: print(e.value)
try: s.send(None)
except RuntimeError as e: print(e)
print(type(s), type(a))
run(a.aclose())
c = main()
w = c.__await__()
print(type(w))
w.close()
try:
    c.send(None)
except RuntimeError as e:
    print(e)
print(sys.get_asyncgen_hooks())


# hooks
log = []
sys.set_asyncgen_hooks(firstiter=lambda g: log.append(("first", g.__name__)), finalizer=log.append)
h = ag(1)
print(log)
print(run(anext(h)), log)
print(run(h.aclose()), log)
sys.set_asyncgen_hooks(None, None)
for bad in ({"firstiter": 1}, {"finalizer": "x"}):
    try:
        sys.set_asyncgen_hooks(**bad)
    except TypeError as e:
        print(e)


# states and attributes
async def waits():
    await Y("w")
    yield 1
    await Y("v")


a = waits()
print(a.ag_running, a.ag_frame is not None, a.ag_await, a.ag_code.co_name, a.ag_suspended)
s = a.__anext__()
print(s.send(None), a.ag_running, type(a.ag_await).__name__, a.ag_suspended)
t = a.__anext__()
try:
    t.send(None)
except RuntimeError as e:
    print(e)
for call in (a.aclose, lambda: a.athrow(ValueError)):
    try:
        call().send(None)
    except RuntimeError as e:
        print(e)
try:
    s.send(5)
except StopIteration as e:
    print("value", e.value)
print(a.ag_running)
c = a.aclose()
try:
    c.send(1)
except RuntimeError as e:
    print(e)
c.close()
try:
    c.send(None)
except RuntimeError as e:
    print(e)


async def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2


a = ignores()
run(anext(a))
try:
    run(a.aclose())
except RuntimeError as e:
    print(e)


async def stops():
    raise StopAsyncIteration(1)
    yield


async def stops2():
    raise StopIteration(1)
    yield


for f in (stops, stops2):
    try:
        run(anext(f()))
    except RuntimeError as e:
        print(e, repr(e.__cause__))


async def closes():
    try:
        yield 1
    finally:
        print("awaiting in finally", await Y("f"))


async def user():
    a = closes()
    async for x in a:
        break
    await a.aclose()
    a = closes()
    await a.asend(None)
    try:
        await a.athrow(KeyError("k"))
    except KeyError as e:
        print("key", e)
    async for x in a:
        print("never")
    await a.aclose()


run(user())


# what is no async iterable
class A:
    def __aiter__(self):
        return self


class B:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 5


async def over(x):
    async for i in x:
        pass


async def listed(x):
    return [i async for i in x]


for x in (A(), B(), 5):
    for f in (over, listed):
        try:
            run(f(x))
        except TypeError as e:
            print(e, "/", repr(e.__cause__))
    for f in (aiter, anext):
        try:
            f(x)
        except TypeError as e:
            print(e)


# async with
class Manager:
    def __init__(self, swallow):
        self.swallow = swallow

    async def __aenter__(self):
        print("enter", await Y("e"))
        return self

    async def __aexit__(self, t, v, tb):
        print("exit", t, v, await Y("x"))
        return self.swallow


async def managed():
    async with Manager(False) as m, Manager(True):
        raise ValueError(1)
    for i in range(3):
        async with Manager(False):
            if i == 1:
                continue
            if i == 2:
                return "ret"


print(run(managed()))


class NoAwait:
    def __aenter__(self):
        return 1

    def __aexit__(self, *a):
        return 2


class Sync:
    def __enter__(self):
        return 1

    def __exit__(self, *a):
        pass


async def use(m):
    async with m:
        pass


def use_sync(m):
    with m:
        pass


for m in (NoAwait(), Sync(), 4):
    try:
        run(use(m))
    except TypeError as e:
        print(e)
for m in (Manager(0), 4):
    try:
        use_sync(m)
    except TypeError as e:
        print(e)


# deep: async generators through async generators, hot
async def count(n):
    for i in range(n):
        yield i


async def doubled(it):
    async for x in it:
        yield x * 2


async def hot():
    total = 0
    async for x in doubled(doubled(count(5000))):
        total += x
    print(total)
    print(sum([x async for x in count(3000) if x % 3]))
    print(len({x async for x in count(3000) async for y in count(2)}))
    gen = (x * y async for x in count(50) for y in range(50))
    print(sum([z async for z in gen]))
    print([[y async for y in count(x)] async for x in count(4)])
    print({k: [await v async for v in gens] for k, gens in [("a", count_awaitables())]})


class Ready:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        return self.v
        yield


async def count_awaitables():
    for i in range(3):
        yield Ready(i)


run(hot())
