# try, except, else, finally, raise, chaining, exceptions of one's own.
def classify(value):
    try:
        result = 10 / value
    except ZeroDivisionError:
        return 'zero'
    except (TypeError, ValueError) as error:
        return f'{type(error).__name__}: {error}'
    else:
        return f'fine {result}'
    finally:
        print('finally', value)

for value in (5, 0, 'x', None):
    print(classify(value))

class AppError(Exception):
    def __init__(self, code, *args):
        super().__init__(*args)
        self.code = code

    def __str__(self):
        return f'app error {self.code}'

class Specific(AppError):
    pass

try:
    raise Specific(7, 'a', 'b')
except AppError as error:
    print(error, error.code, error.args, repr(error))

def returns_in_finally():
    for i in range(3):
        try:
            if i == 1:
                return 'try'
        finally:
            print('leaving', i)

print(returns_in_finally())

def nested():
    try:
        try:
            raise KeyError('inner')
        except KeyError as error:
            raise ValueError('outer') from error
    except ValueError as error:
        print(repr(error), repr(error.__cause__), error.__suppress_context__)
    try:
        try:
            raise KeyError('first')
        except KeyError:
            raise IndexError('second')
    except IndexError as error:
        print(repr(error), repr(error.__context__), error.__cause__)

nested()

def reraise():
    try:
        try:
            [][1]
        except IndexError:
            print('seen')
            raise
    except LookupError as error:
        print('again', error)

reraise()
try:
    raise
except RuntimeError as error:
    print(error)

for expression in ("1/0", "{}['k']", "[][0]", "int('x')", "'a' + 1", "undefined", "None.x", "(1).y", "len(5)",
                   "[1, 2].index(3)", "next(iter([]))", "'%d' % 'x'", "int(float('nan'))", "int(float('inf'))",
                   "1 << -1", "'abc'.missing", "[1].remove(2)", "{1}.remove(2)", "chr(-1)", "ord('ab')",
                   "range(1, 2, 0)", "float('abc')", "1 % 0", "1.0 // 0", "0 ** -1", "list(5)", "dict([1])", "max([])",
                   "a, b = 1,", "print(x for x in 1)", "2 ** 0.5 < 'a'", "[] < ()", "-'a'", "'a'[1.5]", "(1, 2)[5]"):
    try:
        exec(expression) if '= 1' in expression else eval(expression)
    except Exception as error:
        print(expression, '->', type(error).__name__, error)

def loop_control():
    out = []
    for i in range(6):
        try:
            if i == 2:
                continue
            if i == 4:
                break
            out.append(i)
        finally:
            out.append(-i)
    else:
        out.append('no break')
    return out

print(loop_control())

try:
    assert 1 == 2, 'not equal'
except AssertionError as error:
    print('AssertionError', error)
try:
    raise ValueError
except ValueError as error:
    print(repr(error), error.args)
try:
    raise 5
except TypeError as error:
    print(error)
try:
    try:
        1 / 0
    finally:
        print('cleanup')
except ZeroDivisionError:
    print('after cleanup')

error = 'kept'
try:
    raise ValueError('gone')
except ValueError as error:
    pass
try:
    error
except NameError as problem:
    print(problem)

count = 0
for i in range(8000):
    try:
        if i % 3 == 0:
            raise ValueError(i)
        count += 1
    except ValueError as problem:
        count += problem.args[0] & 1
    finally:
        count += 2
print(count)

def fails(depth):
    if depth == 0:
        raise Specific(3)
    fails(depth - 1)

fails(3)
