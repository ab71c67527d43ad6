# Cells, nonlocal, global, lambdas, decorators.
def counter(start=0):
    count = start
    def increment(by=1):
        nonlocal count
        count += by
        return count
    def current():
        return count
    return increment, current

increment, current = counter(10)
other, other_current = counter()
print(increment(), increment(5), other(), current(), other_current())

functions = [lambda: i for i in range(3)]
print([f() for f in functions])
functions = [lambda i=i: i for i in range(3)]
print([f() for f in functions])

def deep():
    a = 1
    def one():
        b = 2
        def two():
            nonlocal a
            a += b
            def three():
                nonlocal b
                b *= 2
                return a, b
            return three()
        return two
    inner = one()
    return inner(), inner(), a

print(deep())

level = 'module'
def use_global():
    global level, made
    before = level
    level = 'changed'
    made = True
    return before

print(use_global(), level, made)

def logged(tag):
    def decorate(function):
        def wrapper(*args, **kwargs):
            result = function(*args, **kwargs)
            print(tag, function.__name__, args, sorted(kwargs.items()), '->', result)
            return result
        return wrapper
    return decorate

@logged('outer')
@logged('inner')
def add(a, b=1):
    return a + b

add(1)
add(2, b=3)

def unbound():
    try:
        print(x)
    except UnboundLocalError as error:
        print(error)
    x = 1

unbound()

def free_unbound():
    def inner():
        return later
    try:
        inner()
    except NameError as error:
        print(error)
    later = 1
    return inner()

print(free_unbound())

def make_adder(n):
    return lambda x: x + n

adders = [make_adder(n) for n in range(4)]
total = 0
for i in range(8000):
    total = adders[i & 3](total) % 1000003
    total += increment()
print(total, current())

class Scope:
    level = 'class'
    values = [level for _ in range(1)]
    def method(self):
        return level

print(Scope().method(), Scope.level, Scope.values)
