"""Scopes of every kind, and control flow through try, with and loops."""

import sys

x = 'module'


def scopes():
    x = 'function'

    class A:
        y = x
        x = 'class'
        z = [x for _ in range(1)]
        w = (lambda: x)()
        v = list(x for _ in range(1))

        def f(self):
            return x, __class__.__name__

        class B:
            u = x

            def g(self):
                return __class__.__name__

    a = A()
    print(A.y, A.x, A.z, A.w, A.v, a.f(), A.B.u, A.B().g())


class Module:
    x = x
    y = [x for i in range(2)]
    x += '!'

    def __private(self):
        return 'private'

    def call(self):
        return self.__private(), self._Module__private()


try:
    scopes()
except NameError as e:
    print(e)
print(Module.x, Module.y, Module().call())


def counters():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    def reset():
        nonlocal count
        del count

    return up, reset


up, reset = counters()
print(up(), up())
reset()
try:
    up()
except NameError as e:
    print(type(e).__name__, e)


def global_names():
    global made_here
    made_here = 1

    def inner():
        global made_here
        made_here += 1
        return made_here

    return inner()


print(global_names(), made_here)


def closures_in_loops():
    fs = [lambda: i for i in range(3)]
    gs = [lambda i=i: i for i in range(3)]
    print([f() for f in fs], [g() for g in gs])
    hs = []
    for i in range(3):
        def h(j=i):
            return i, j
        hs.append(h)
    print([h() for h in hs])
    print([(lambda: (a, b))() for a in range(2) for b in range(2)])
    total = 0
    print([total := total + v for v in range(5)], total)
    print(any((hit := v) > 2 for v in range(9)), hit)
    n = [[(i, j) for j in range(i)] for i in range(3)]
    print(n, i)
    print({k: {v for v in range(k)} for k in range(3)})


closures_in_loops()


def locals_in_comprehension():
    a = 1
    print(sorted(locals()), [eval('q') for q in range(3)])


locals_in_comprehension()


def ways_out():
    def f(how):
        for i in range(3):
            try:
                try:
                    if how == 'return':
                        return 'returned'
                    if how == 'break':
                        break
                    if how == 'continue':
                        continue
                    if how == 'raise':
                        raise KeyError(how)
                    print('normal', end=' ')
                finally:
                    print('finally', i, end=' ')
            except KeyError as e:
                print('caught', e, end=' ')
        else:
            print('else', end=' ')
        return 'end'

    for how in ['return', 'break', 'continue', 'raise', 'normal']:
        print(how, '->', f(how))

    def overridden():
        try:
            return 'try'
        finally:
            return 'finally'

    print(overridden())

    def swallowed():
        for i in range(2):
            try:
                1 / 0
            finally:
                continue
        return 'survived'

    print(swallowed())

    def value_kept():
        v = 1
        try:
            return v
        finally:
            v = 2

    print(value_kept())

    def name_kept():
        try:
            raise ValueError('kept')
        except ValueError as e:
            return e

    print(repr(name_kept()))

    def nested():
        try:
            try:
                raise ValueError('first')
            except ValueError:
                raise TypeError('second')
            finally:
                print('inner finally', end=' ')
        except TypeError as e:
            print(e, '/', e.__context__, sys.exc_info()[1] is e)
        print(sys.exc_info())

    nested()

    def in_handler():
        try:
            raise ValueError(1)
        except ValueError:
            try:
                raise KeyError(2)
            except KeyError:
                pass
            print(sys.exc_info()[1])
            for i in range(2):
                try:
                    raise IndexError(i)
                except IndexError:
                    if i:
                        break
                    continue
            print(sys.exc_info()[1])
        print(sys.exc_info()[1])

    in_handler()

    def reraised():
        try:
            try:
                raise ValueError('again')
            except ValueError:
                raise
        except ValueError as e:
            print(e)
        try:
            raise
        except RuntimeError as e:
            print(e)
        try:
            raise ValueError from KeyError('cause')
        except ValueError as e:
            print(repr(e.__cause__), e.__suppress_context__)
        try:
            raise ValueError from None
        except ValueError as e:
            print(repr(e.__cause__), e.__suppress_context__)

    reraised()

    def no_match():
        try:
            try:
                [][0]
            except (KeyError, TypeError):
                print('wrong')
            else:
                print('wrong')
            finally:
                print('cleanup')
        except LookupError as e:
            print(type(e).__name__)
        try:
            pass
        except:
            print('wrong')
        else:
            print('else')

    no_match()


ways_out()


class Manager:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print('enter', self.name, end='; ')
        return self.name

    def __exit__(self, kind, value, traceback):
        print('exit', self.name, kind and kind.__name__, value, traceback is not None, end='; ')
        return self.swallow


def managers():
    with Manager('a') as a, Manager('b') as (b):
        print(a, b)
    print()
    with Manager('c', swallow=True):
        raise ValueError('swallowed')
    print()
    try:
        with Manager('d'), Manager('e'):
            raise KeyError('through')
    except KeyError as e:
        print(e)

    def returning():
        with Manager('f') as f:
            for i in range(3):
                with Manager(i):
                    if i == 1:
                        return f, i

    print(returning())
    for i in range(3):
        with Manager(i):
            if i == 0:
                continue
            break
    print()
    with (Manager('g') as g, Manager('h') as h,):
        print(g, h)
    with Manager('xyz') as [p, *q]:
        print(p, q)


managers()


def loops():
    n = 0
    while n < 10:
        n += 1
        if n % 2:
            continue
        if n > 6:
            break
    else:
        print('wrong')
    print(n)
    while n:
        n -= 1
    else:
        print('exhausted', n)
    for i in range(3):
        for j in range(3):
            if j == 2:
                break
            if i == j:
                continue
            print(i, j, end=' ')
        else:
            print('wrong')
    print()
    while True:
        n += 1
        while True:
            n += 1
            if n > 5:
                break
        if n > 8:
            break
    print(n)
    if 0:
        print('wrong')
    elif n and not n == 3 or n > 100:
        print('right')
    else:
        print('wrong')
    a = b = None
    print(a is None and b is not None, a is not None or b is None, not a, not (a is b))
    if a is None and (b is None or n) and not (n < 3 < 4 or n == 0):
        print('right')
    x = 5
    print(1 < x < 10, 1 < x > 10, 1 < x != 5 in [2], 0 < x <= 5 == 5.0)
    if 1 < x < 10 and not 5 < x < 6:
        print('right')
    print(x if x > 3 else -x, (x and 0) or 'empty', x or 1 / 0, not x and 1 / 0)
    assert x, 'no'
    try:
        assert not x, f'x is {x}'
    except AssertionError as e:
        print(e)
    try:
        assert x == 6
    except AssertionError as e:
        print(repr(e))
    del a, b
    print(-x, +x, ~x, -1 ** 2, 2 ** -1, 'a' 'b' * 2, (1, 2) + (3,), 1 if True else 2)
    print(x in (1, 5), x in {5, 6}, x not in [5], 'b' in 'abc')


loops()


def generators():
    def inner():
        try:
            got = yield 1
            print('got', got)
            yield 2
        except ValueError as e:
            print('inner caught', e)
            yield 'recovered'
        return 'result'

    def outer():
        result = yield from inner()
        print('result', result)
        yield from (x * 2 for x in range(2))
        return 'done'

    g = outer()
    print(next(g), g.send('hello'), g.throw(ValueError('thrown')), list(g))

    def cleanup():
        try:
            yield 1
        finally:
            print('closed')

    g = cleanup()
    next(g)
    g.close()
    print(list(x for x in range(3) if x % 2 == 0 for y in 'ab'))

    def with_return():
        return 1
        yield

    try:
        next(with_return())
    except StopIteration as e:
        print(e.value)

    def catching():
        while True:
            try:
                yield
            except KeyError as e:
                print('key', e)
                continue
            break

    g = catching()
    next(g)
    g.throw(KeyError(1))
    g.throw(KeyError(2))
    print(list(g))


generators()


def match_everything(value):
    match value:
        case 0 | 1.5 | 'text':
            return 'literal'
        case None:
            return 'none'
        case True:
            return 'true'
        case -3:
            return 'negative'
        case [1, x, 3] | (2, x):
            return 'sequence', x
        case [first, *_, last] if first == last:
            return 'ends', first
        case [_, _, *rest]:
            return 'rest', rest
        case {'kind': kind, **rest} if rest:
            return 'mapping', kind, rest
        case {'kind': (str() | int()) as kind}:
            return 'kind', kind
        case Manager(name=[a, b], swallow=s):
            return 'class', a, b, s
        case Manager(name=n):
            return 'manager', n
        case int(n) | float(n):
            return 'number', n
        case sys.maxsize:
            return 'value'
        case []:
            return 'empty'
        case other:
            return 'other', other


for value in [0, 1.5, 'text', None, True, -3, [1, 2, 3], (2, 9), [4, 5, 4], [4, 5, 6], {'kind': 1, 'x': 2}, {'kind': 's'},
              {'kind': []}, Manager('ab'), Manager(5), 17, 2.5, [], [7], {}, 'string']:
    print(match_everything(value))


def calls():
    def f(a, b=2, /, c=3, *args, d, e=5, **kw):
        return a, b, c, args, d, e, kw

    print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, z=7), f(*[1, 2], **{'d': 3}, c=4), f(1, *(), *(8, 9), d=0, **{}, **{'q': 1}))
    for bad in [lambda: f(), lambda: f(1), lambda: f(1, d=1, **{'d': 2}), lambda: f(1, a=2, d=3, **1), lambda: f(*1),
                lambda: print(**{1: 2}), lambda: f(1, *2, d=3)]:
        try:
            print(bad())
        except TypeError as e:
            print(e)


calls()
