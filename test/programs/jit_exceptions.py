"""Exceptions out of inlined calls, through every level, with the lines of their tracebacks."""
import sys


def lines():
    tb = sys.exc_info()[2]
    found = []
    while tb is not None:
        found.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return found


def inner(n):
    if n % 997 == 0:
        raise ValueError(n)
    return n + 1


def middle(n):
    try:
        return inner(n)
    finally:
        counts['finally'] += 1


def outer(n):
    try:
        return middle(n)
    except KeyError:
        counts['wrong'] += 1


counts = {'finally': 0, 'wrong': 0, 'caught': 0, 'else': 0}


def run():
    total = 0
    log = []
    for i in range(5000):
        try:
            total += outer(i)
        except ValueError as e:
            counts['caught'] += 1
            log.append((e.args, lines()))
        else:
            counts['else'] += 1
    return total, log


for line in run()[1]:
    print(line)
print(counts)


def raising_operators():
    log = []
    values = [1, 2, 'x', None, 0, [1]]
    for i in range(4000):
        a = values[i % 2]
        if i % 500 == 499:
            a = values[(i // 500) % 6]
        try:
            b = a + 1
            c = 10 // a
            d = [1, 2, 3][a]
            e = a.real
            f = a < 5
        except Exception as error:
            log.append((type(error).__name__, str(error), lines()))
    return log


for line in raising_operators():
    print(line)


def search(l, x):
    for k, v in enumerate(l):
        try:
            if v == x:
                return k
        finally:
            counts['else'] += 1
    raise LookupError(x)


def returns_in_finally(n):
    for k in range(10):
        try:
            if k == n:
                return 'early'
            if k > 7:
                break
        except ValueError:
            pass
        else:
            continue
        finally:
            counts['finally'] += k
    return 'late'


def more():
    out = {}
    for i in range(3000):
        try:
            r = search([3, 1, 4, 1, 5], i % 6)
        except LookupError as e:
            r = e.args[0]
        out[r] = out.get(r, 0) + 1
        r = returns_in_finally(i % 12)
        out[r] = out.get(r, 0) + 1
    return out


print(more(), counts)


class Context:
    def __init__(self, swallow):
        self.swallow = swallow

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        counts['caught'] += kind is not None
        return self.swallow


def with_blocks():
    total = 0
    escaped = 0
    for i in range(3000):
        try:
            with Context(i % 3 == 0) as c:
                if i % 5 == 0:
                    raise KeyError(i)
                total += 1
                if i % 7 == 0:
                    continue
            total += 10
        except KeyError:
            escaped += 1
    return total, escaped, counts


print(with_blocks())


def iterator_kept(n):
    # the iterator is needed by the handler only: the normal way out is the return
    for k in (1, 2, 3, 4):
        try:
            return check(n + k)
        except ArithmeticError:
            continue
    return None


def check(n):
    if n % 5 != 0:
        raise ArithmeticError(n)
    return n


def kept():
    total = 0
    none = 0
    for i in range(4000):
        r = iterator_kept(i)
        if r is None:
            none += 1
        else:
            total += r
    return total, none


print(kept())


def chained():
    log = []
    for i in range(3000):
        try:
            try:
                if i % 700 == 0:
                    raise ValueError(i)
                1 // (i % 900)
            except ValueError as e:
                raise TypeError('from') from e
            except ZeroDivisionError:
                raise KeyError('context')
        except (TypeError, KeyError) as e:
            log.append((repr(e), repr(e.__cause__), repr(e.__context__)))
    return log


print(chained())


def stop_iteration():
    it = iter([1, 2, 3])
    n = 0
    ends = 0
    for i in range(3000):
        try:
            n += next(it)
        except StopIteration:
            ends += 1
            it = iter(range(i % 5))
    return n, ends


print(stop_iteration())


def deep(n):
    if n == 0:
        raise RuntimeError('bottom')
    return deep(n - 1) + 1


def deep_tracebacks():
    total = 0
    for i in range(600):
        try:
            deep(i % 20)
        except RuntimeError:
            total += len(lines())
    return total


print(deep_tracebacks())


def reraised():
    total = 0
    for i in range(3000):
        try:
            try:
                if i % 3 == 0:
                    raise IndexError(i)
            except IndexError:
                total += 1
                raise
        except IndexError as e:
            total += e.args[0] % 7
    return total, sys.exc_info()


print(reraised())


def name_is_gone():
    for i in range(3000):
        try:
            if i % 2:
                raise ValueError
        except ValueError as e:
            pass
    try:
        e
    except NameError as error:
        return str(error)


print(name_is_gone())


def uncaught(n):
    for i in range(n):
        if i == 2900:
            inner(i * 0)


uncaught(3000)
