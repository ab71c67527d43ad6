"""Globals, builtins, closures, defaults and code objects rebound under hot loops."""
import builtins
import sys

counter = 0
limit = 5


def helper(x):
    return x + limit


def globals_change():
    global limit, helper, counter, fresh
    log = []
    for i in range(6000):
        counter += 1
        if i == 1000:
            limit = 7
        elif i == 1500:
            limit = 2.5
        elif i == 2000:
            saved = helper
            helper = lambda x: x * 2
        elif i == 2500:
            helper = saved
        elif i == 3000:
            fresh = 1
        elif i == 3500:
            globals()['limit'] = 100
        elif i == 4000:
            del limit
        elif i == 4200:
            limit = 1
        elif i == 5000:
            helper = max
        try:
            v = helper(i) if helper is not max else helper(i, 3)
        except NameError as e:
            v = str(e)
        if i % 250 == 0:
            log.append(v)
    return log, counter


print(globals_change())


def builtins_shadowed():
    log = []
    data = [1, 2, 3]
    for i in range(5000):
        if i == 1000:
            globals()['len'] = lambda x: 'shadow'
        elif i == 2000:
            del globals()['len']
        elif i == 3000:
            old = builtins.len
            builtins.len = lambda x: 'builtin'
        elif i == 4000:
            builtins.len = old
        v = len(data)
        w = abs(-i)
        if i % 250 == 0:
            log.append((v, w))
    return log


print(builtins_shadowed())


def closures():
    total = 0

    def add(n):
        nonlocal total
        total += n
        return total

    def make(k):
        def inner(n):
            return n * k

        return inner

    fs = [make(2), make(3)]
    log = []
    for i in range(4000):
        add(i)
        f = fs[i % 2]
        total += f(i)
        if i == 2000:
            total = 0.5
        if i == 2500:
            fs[0] = make('ab')
            try:
                add(fs[0](1))
            except TypeError as e:
                log.append(str(e))
            fs[0] = make(5)
        if i == 3000:
            total = 2 ** 62
    return total, log


print(closures())


def unbound_cell():
    log = []

    def read():
        return value

    value = 1
    for i in range(3000):
        if i == 2000:
            del value
        if i == 2100:
            value = 'again'
        try:
            v = read()
        except NameError as e:
            v = str(e)
        if i % 50 == 0:
            log.append(v)
    return log[::4]


print(unbound_cell())


def unbound_local():
    log = []
    x = 0
    for i in range(3000):
        if i == 2500:
            del x
        try:
            x = x + 1
        except UnboundLocalError as e:
            log.append((i, str(e)))
            x = 1
    return x, log


print(unbound_local())


def defaults(a, b=10, *, c=3):
    return a + b * c


def only_defaults(a, b=10):
    return a * b


def defaults_change():
    log = []
    for i in range(4000):
        if i == 1000:
            only_defaults.__defaults__ = (20,)
        elif i == 1500:
            only_defaults.__defaults__ = None
        elif i == 2000:
            only_defaults.__defaults__ = (1, 2)
        elif i == 2500:
            defaults.__kwdefaults__ = {'c': 100}
        elif i == 3000:
            only_defaults.__code__ = (lambda a, b: (a, b)).__code__
        try:
            v = only_defaults(i), defaults(i)
        except TypeError as e:
            v = str(e)
        if i % 250 == 0:
            log.append(v)
    return log


print(defaults_change())


def same_code_other_globals():
    source = compile('total = 0\nfor i in range(1500):\n    total += step\n    last = f(i)\n', 'x', 'exec')
    out = []
    for step in (1, 2.5, 'a'[:0] or 7):
        space = {'step': step, 'f': lambda x, s=step: (x, s)}
        exec(source, space)
        out.append((space['total'], space['last']))
    inner = {}
    exec(source, {'step': 4, 'f': str}, inner)
    out.append((inner['total'], inner['last']))
    functions = compile('def g(n):\n    t = 0\n    for i in range(n):\n        t += step\n    return t\n', 'y', 'exec')
    for step in (1, 2, 0.5):
        space = {'step': step}
        exec(functions, space)
        out.append(space['g'](1500))
    return out


print(same_code_other_globals())


def arguments():
    def f(a, b=2, *args, k=5, **kw):
        return a + b + len(args) + k + len(kw)

    total = 0
    for i in range(3000):
        total += f(i) + f(i, 3) + f(i, 3, 4, 5) + f(i, k=1) + f(b=1, a=i) + f(i, z=1)
        total += f(*(i, 2)) + f(**{'a': i})
        if i == 2500:
            try:
                f()
            except TypeError as e:
                print(e)
    return total


print(arguments())

# a loop at module level
a = 1
b = 0.0
words = []
for n in range(4000):
    a = a + n
    b = b + a / 2
    if n == 2000:
        a = 0.5
    if n == 3000:
        words.append(a)
    if n % 1000 == 0:
        words.append(helper(n, 1))
while n > 0:
    n -= 1
    if n == 10:
        break
else:
    words.append('not reached')
print(a, b, words, n)


def frames():
    seen = set()
    x = 5
    for i in range(3000):
        f = sys._getframe()
        seen.add(f.f_lineno - f.f_code.co_firstlineno)
        if i == 2000:
            x = 9
        if f.f_locals['x'] != x:
            print('wrong', i)
        if i % 1000 == 0:
            seen.add(tuple(sorted(locals())))
    return len(seen), i


print(frames())


def caller_variables():
    def look():
        return sys._getframe(1).f_locals['i']

    total = 0
    for i in range(3000):
        total += look()
    return total


print(caller_variables())


def held_frame(n):
    frame = sys._getframe()
    return frame, n


def held():
    last = None
    total = 0
    for i in range(3000):
        frame, n = held_frame(i)
        total += frame.f_locals['n']
        if frame is last:
            print('same frame')
        last = frame
    return total


print(held())
