# Functions, methods, globals, builtins and classes rebound while loops that use them are hot.
def step(x):
    return x + 1

def other_step(x):
    return x + 2

STEP = 3

def loop(n):
    global step, STEP
    x = 0
    for i in range(n):
        x = step(x)
        x += STEP
        if i == 7000:
            step = other_step
        if i == 9000:
            STEP = 0.5
    return x

print(loop(12000))

class Counter:
    kind = 1

    def __init__(self):
        self.count = 0

    def bump(self):
        self.count += 1

    @property
    def doubled(self):
        return self.count * 2

def replaced_bump(self):
    self.count += 10

def run(counter, n, at, action):
    total = 0
    for i in range(n):
        counter.bump()
        total += counter.doubled + counter.kind
        if i == at:
            action()
    return counter.count, total

print(run(Counter(), 10000, -1, None))
print(run(Counter(), 10000, 8000, lambda: setattr(Counter, 'bump', replaced_bump)))
print(run(Counter(), 10000, 8000, lambda: setattr(Counter, 'doubled', property(lambda self: 1))))
print(run(Counter(), 10000, 8000, lambda: setattr(Counter, 'kind', 100)))
c = Counter()
def instance_override():
    c.bump = lambda: None
    c.kind = -1
print(run(c, 10000, 8000, instance_override))

class Base:
    def value(self):
        return 1

class Derived(Base):
    pass

def inherit(n):
    d = Derived()
    total = 0
    for i in range(n):
        total += d.value()
        if i == 6000:
            Base.value = lambda self: 2
        if i == 8000:
            Derived.value = lambda self: 3
        if i == 9000:
            del Derived.value
    return total

print(inherit(10000))

class Circle:
    def area(self):
        return 3

class Box:
    def area(self):
        return 5

def change_class(n):
    shape = Circle()
    total = 0
    for i in range(n):
        total += shape.area()
        if i == 7000:
            shape.__class__ = Box
    return total

print(change_class(10000))

import builtins
original_len = len

def shadow(n):
    data = [1, 2, 3]
    total = 0
    for i in range(n):
        total += len(data)
        if i == 6000:
            builtins.len = lambda x: 100
        if i == 8000:
            globals()['len'] = lambda x: 1000
    return total

print(shadow(10000))
builtins.len = original_len
del len
print(len([1, 2]))

import math

def module_attribute(n):
    total = 0.0
    for i in range(n):
        total += math.sqrt(4.0)
        if i == 7000:
            math.sqrt = lambda x: x
    return total

keep = math.sqrt
print(module_attribute(10000))
math.sqrt = keep

def swap_code(n):
    def f():
        return 1
    def g():
        return 2
    total = 0
    for i in range(n):
        total += f()
        if i == 6000:
            f.__code__ = g.__code__
        if i == 8000:
            f = g
    return total

print(swap_code(10000))

def defaults_change(n):
    def f(x=1):
        return x
    total = 0
    for i in range(n):
        total += f()
        if i == 6000:
            f.__defaults__ = (5,)
    return total

print(defaults_change(9000))

def polymorphic(n):
    shapes = [Circle(), Box(), Derived()]
    Derived.area = lambda self: 7
    total = 0
    for i in range(n):
        total += shapes[i % 3].area()
    return total

print(polymorphic(12000))

def delete_global(n):
    global temporary
    temporary = 1
    total = 0
    try:
        for i in range(n):
            total += temporary
            if i == 7000:
                del temporary
    except NameError as error:
        return total, str(error)

print(delete_global(10000))
