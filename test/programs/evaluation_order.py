"""The order of evaluation, and variables that are read and rebound in one expression."""


class Log:
    def __init__(self):
        self.events = []

    def __call__(self, name, value=None):
        self.events.append(name)
        return value

    def show(self, title):
        print(title, ' '.join(map(str, self.events)))
        self.events = []


log = Log()


class Noisy:
    def __init__(self, name):
        object.__setattr__(self, 'name', name)

    def __getattr__(self, attribute):
        if attribute.startswith('__'):
            raise AttributeError(attribute)
        return log('get:' + attribute, 1)

    def __setattr__(self, attribute, value):
        log(f'set:{attribute}={value}')

    def __getitem__(self, key):
        return log(f'item:{key}', 2)

    def __setitem__(self, key, value):
        log(f'store:{key}={value}')

    def __delitem__(self, key):
        log(f'delete:{key}')

    def __add__(self, other):
        return log('add', 3)

    def __iadd__(self, other):
        log('iadd')
        return self


def order_of_operands():
    a = 1
    print(a + (a := 5) + a)
    print((a := 2) * (a := 3) + a)
    b = 10
    print(b - (b := 4), b)
    print([b, (b := 7), b])
    print((b, (b := 8), b))
    print({b: (b := 9), (b := 10): b})
    print(b < (b := 3) < 11, b)
    c = [0, 1, 2, 3]
    i = 1
    print(c[i], c[(i := 2)], i)
    print(c[i : (i := 3)], i)
    f = lambda *args, **kw: (args, kw)
    print(f(i, (i := 5), i, k=i, l=(i := 6), m=i))
    print(f(*[i], (i := 7), *[i]), i)
    s = 'x'
    print(f'{s}{(s := "y")}{s}')
    print(s + (s := 'z'))
    n = 3
    n += (n := 4)
    print(n)
    d = {}
    k = 'a'
    d[k] = (k := 'b')
    print(d)
    d[(k := 'c')] = k
    print(d)
    x = x2 = 1
    x, x2 = x2 + 1, x + 5
    print(x, x2)


order_of_operands()


def order_of_statements():
    o = Noisy('o')
    p = Noisy('p')
    o.x = log('value', 9)
    log.show('attribute store')
    o[log('key', 'k')] = log('value', 9)
    log.show('item store')
    o.a, p.b, o[log('k1', 1)] = log('v1', 1), log('v2', 2), log('v3', 3)
    log.show('tuple')
    o.a = p.b = o[log('k1', 1)] = log('v', 0)
    log.show('chain')
    o.x += log('right', 1)
    log.show('augmented attribute')
    o[log('key', 'k')] += log('right', 1)
    log.show('augmented item')
    o += log('right', 1)
    log.show('augmented name')
    del o[log('k1', 1)], p[log('k2', 2)]
    log.show('delete')
    {log('k1', 1): log('v1', 1), **log('mapping', {}), log('k2', 2): log('v2', 2)}
    log.show('dict')
    log('f', print)(log('a', 'a'), *log('b', ['b']), sep=log('sep', ''), **log('kw', {'end': '\n'}))
    log.show('call')
    [log(('element', x, y)) for x in log('xs', [1, 2]) if log('if', True) for y in log('ys', [3])]
    log.show('comprehension')
    {log(('key', x), x): log(('value', x)) for x in [1, 2]}
    log.show('dict comprehension')
    log('a', 1) if log('test', 0) else log('b', 2)
    log.show('conditional')
    log('a', 1) < log('b', 2) < log('c', 0) < log('d', 5)
    log.show('chain of comparisons')

    @log('decorator1', lambda f: log('apply1', f))
    @log('decorator2', lambda f: log('apply2', f))
    def g(a=log('default', 1), *, b=log('keyword default', 2)) -> log('annotation'):
        pass

    log.show('function')

    @log('decorator', lambda c: log('apply', c))
    class C(log('base', object), metaclass=log('meta', type)):
        log('body')

    log.show('class')


order_of_statements()


def not_clobbered():
    """A variable keeps its old value when the expression for the new one fails."""

    def fail():
        raise ValueError

    x = 'old'
    for attempt in range(9):
        try:
            if attempt == 0:
                x = [x, fail()]
            elif attempt == 1:
                x = (1 + 2) * len('abc') + fail()
            elif attempt == 2:
                x = 0 or fail()
            elif attempt == 3:
                x = [fail() for _ in 'ab']
            elif attempt == 4:
                x = {'a': 1, 'b': fail()}
            elif attempt == 5:
                x = 1 < 2 < fail()
            elif attempt == 6:
                x = f'{x}{fail()}'
            elif attempt == 7:
                x = x.missing.attribute
            else:
                x, y = 1, fail()
        except (ValueError, AttributeError):
            print(attempt, x)
    x = x and [x]
    print(x)
    x = x or 5
    x = [x for x in [x, x]]
    print(x)
    x = not x
    print(x)
    x = x if x else (x, x)
    print(x)
    a, b, c = 1, 2, 3
    a, b, c = c, a, b
    print(a, b, c)
    a, (b, *c), d = a, (b, c, a), a
    print(a, b, c, d)
    i = 0
    l = [5, 6, 7]
    i, l[i] = 2, 'set at the new index'
    print(i, l)
    l[0], l[1] = l[1], l[0]
    print(l)
    i = l[i - 1] = 1
    print(i, l)
    [a, b] = 'xy'
    (c,) = [a + b]
    print(a, b, c)
    a = b = c = []
    print(a is b is c)
    first, *rest = range(4)
    *start, last = rest
    print(first, rest, start, last)
    for i, (j, *k) in enumerate([(1, 2, 3), 'ab']):
        print(i, j, k)


not_clobbered()


def unbound():
    def read(name):
        if name == 'a':
            a = 1
        elif name == 'b':
            b = 2
        try:
            return a
        except UnboundLocalError as e:
            print(e)
        return b

    print(read('a'), read('b'))
    try:
        read('c')
    except UnboundLocalError as e:
        print(e)

    def delete():
        x = 1
        for i in range(2):
            if i == 1:
                try:
                    print(x)
                except UnboundLocalError as e:
                    print(e)
            else:
                del x

    delete()

    def handler():
        e = 'outer'
        try:
            raise ValueError('inner')
        except ValueError as e:
            print(e)
        try:
            print(e)
        except UnboundLocalError as error:
            print(error)

    handler()

    def cell():
        def inner():
            return later

        try:
            inner()
        except NameError as e:
            print(e)
        later = 5
        print(inner())
        del later
        try:
            inner()
        except NameError as e:
            print(e)
        try:
            later
        except UnboundLocalError as e:
            print(e)

    cell()

    def loop():
        for i in []:
            value = i
        try:
            value
        except UnboundLocalError as e:
            print(e)
        while True:
            try:
                value += 1
            except UnboundLocalError:
                value = 0
            if value > 3:
                break
        print(value)

    loop()

    def comprehension():
        try:
            return [y for x in [1] for y in y]
        except UnboundLocalError as e:
            print(e)

    comprehension()


unbound()
