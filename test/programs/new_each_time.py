# Functions, classes, names and exceptions that are new in every iteration of a hot loop, and calls that push frames
# where a trace expects none.
from functools import cache, partial


def back(f, *a):
    return f(*a)


part = partial(back, max, 3)
calls = []


@cache
def cached(n):
    calls.append(n)
    if n % 7 == 3:
        raise ValueError(n)
    return n * 2


def functions(n):
    total = 0
    for i in range(n):
        def f(q=i, *, k=i + 1) -> int:
            return q + k

        class X:
            at = i

            def m(self):
                return self.at + __class__.at
        x = X()
        X.more = i
        total += f() + x.m() + x.more + (lambda: i)() + sum(j for j in (i, 1))
    return total


def raising(n):
    log = []
    for i in range(n):
        try:
            if i % 3 == 0:
                1 // (i % 2)
            elif i % 3 == 1:
                [][i]
            else:
                int('x')
        except ZeroDivisionError:
            log.append('zero')
        except (IndexError, ValueError) as e:
            log.append(type(e).__name__)
        try:
            v = cached(i % 40)
        except ValueError as e:
            v = str(e)
        if i % 400 == 7:
            log.append((v, part(i)))
    return log[-9:], len(log), [e for e in log if type(e) is tuple]


async def step(v):
    return v + 1


class Steps:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.n -= 1
        if self.n < 0:
            raise StopAsyncIteration
        return self.n


async def steps(n):
    total = 0
    async for i in Steps(n):
        total = await step(total)
        total += max(i, 3, key=lambda q: q)
    return total


def drive(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as e:
        return e.value


print(functions(900))
print(raising(1500))
print(len(calls))
print(drive(steps(900)), [drive(step(i)) for i in range(800)][-1])
for i in range(700):
    name = i
    del name
    def f(): return i
    v = f()
print(v)
