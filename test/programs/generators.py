# Generators: next, send, throw, close, yield from, laziness, exhaustion.
def countdown(n):
    while n > 0:
        yield n
        n -= 1
    return 'lift off'

print(list(countdown(3)), [x for x in countdown(0)])
g = countdown(1)
print(next(g))
try:
    next(g)
except StopIteration as stop:
    print('value', stop.value)
try:
    next(g)
except StopIteration as stop:
    print('again', stop.value)

def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count

a = averager()
next(a)
print(a.send(10), a.send(20), a.send(30))

def guarded():
    try:
        while True:
            try:
                received = yield 'ready'
                print('got', received)
            except ValueError as error:
                print('caught', error)
                yield 'recovered'
    finally:
        print('closing')

g = guarded()
print(next(g), g.send(1), g.throw(ValueError('thrown')), next(g))
g.close()
g.close()
try:
    next(g)
except StopIteration:
    print('closed')

def delegating():
    result = yield from countdown(2)
    print('inner said', result)
    yield from 'ab'
    return (yield from [])

print(list(delegating()))

def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b

def take(n, iterable):
    for value in iterable:
        if n <= 0:
            return
        n -= 1
        yield value

print(list(take(15, fibonacci())))
print(sum(take(50, fibonacci())), max(take(5, countdown(9))), sorted(countdown(4)), tuple(countdown(2)))
first, *rest = countdown(4)
print(first, rest, 3 in countdown(5), 9 in countdown(5), list(zip(countdown(3), fibonacci())))

def failing():
    yield 1
    raise KeyError('inside')

try:
    for value in failing():
        print(value)
except KeyError as error:
    print('KeyError', error)

def stops():
    yield 1
    raise StopIteration

try:
    list(stops())
except RuntimeError as error:
    print(error)
try:
    countdown(2).send(5)
except TypeError as error:
    print(error)

def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)

print(list(tree(3)), sum(tree(10)))

class Iterator:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n

print(list(Iterator(4)), sum(Iterator(100)))
squares = (x * x for x in range(20000))
evens = (x for x in squares if x % 2 == 0)
print(sum(evens))
total = 0
for value in take(7000, fibonacci()):
    total = (total + value) % 1000007
print(total)
