# Generators that delegate, are sent to and asked by next(), and coroutines that await, in hot loops.
import types


def leaves(depth):
    if depth:
        yield from leaves(depth - 1)
        yield depth
        yield from leaves(depth - 1)


total = 0
for i in range(60):
    for x in leaves(6):
        total += x
print(total, list(leaves(3)))


def returns(n):
    for i in range(n):
        yield i
    return n * 10


def sums(k):
    result = 0
    for i in range(k):
        result += yield from returns(i % 4)
    return result


def outer():
    value = yield from sums(800)
    yield ("sum", value)


items = list(outer())
print(len(items), items[-1])


def echo():
    got = yield "begun"
    while True:
        got = yield (got, "echo")


def relay(inner):
    result = yield from inner
    return result


channel = relay(relay(echo()))
print(next(channel))
for i in range(2000):
    answer = channel.send(i if i % 3 else i * 0.5)
    if answer != (i if i % 3 else i * 0.5, "echo"):
        print("wrong", answer)
print(answer, channel.gi_yieldfrom.gi_yieldfrom.__name__)
try:
    channel.throw(ValueError("out"))
except ValueError as error:
    print(error)
print(next(channel, "over"))


def tally():
    total = 0
    while True:
        x = yield total
        if x is None:
            return total
        total += x


t = tally()
next(t)
for i in range(1500):
    t.send(i)
try:
    t.send(None)
except StopIteration as stop:
    print(stop.value)

ends = 0
g = returns(3)
for i in range(3000):
    x = next(g, None)
    if x is None:
        ends += 1
        g = returns(i % 5)
print(ends)

ends = []
for i in range(2000):
    g = returns(i % 3)
    try:
        while True:
            next(g)
    except StopIteration as stop:
        ends.append(stop.value)
print(sum(ends))


def fails(n):
    for i in range(n):
        yield i
    raise KeyError(n)


def passes(n):
    try:
        yield from fails(n)
    except KeyError as error:
        yield error.args


seen = set()
for i in range(1200):
    for x in passes(i % 3):
        seen.add(x)
print(sorted(seen, key=str))


async def leaf(x):
    return x + 1


@types.coroutine
def pause():
    yield


async def middle(x):
    if x % 500 == 499:
        await pause()
    return await leaf(x) + await leaf(-x)


async def countdown(n):
    while n:
        yield n
        n -= 1


async def main():
    total = 0
    for i in range(2500):
        total += await middle(i)
    async for x in countdown(2000):
        total += x
    try:
        for i in range(1000):
            await broken(i)
    except ZeroDivisionError:
        total += 1
    return total


async def broken(i):
    return await leaf(1 // (900 - i))


def run(coroutine):
    steps = 0
    while True:
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return steps, stop.value
        steps += 1


print(run(main()))
