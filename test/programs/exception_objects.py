# Exception objects: args, attributes, chaining, notes, str and repr, the special ones of single types.


class Custom(Exception):
    pass


class WithInit(Exception):
    def __init__(self, code, detail='none'):
        super().__init__(code)
        self.code = code
        self.detail = detail

    def __str__(self):
        return f'{self.code}: {self.detail}'


for e in [Exception(), Exception(1), Exception(1, 'two'), Custom('x'), WithInit(3, 'd'), ValueError('a\n'), KeyError('k'), KeyError(),
          KeyError(1, 2), StopIteration(5), StopIteration(), SystemExit(3), SystemExit(), SystemExit(1, 2), OSError(9998, 'nope'),
          OSError(9997, 'nope', 'file'), FileNotFoundError(9996, 'denied', 'a', None, 'b'), OSError('just text'), OSError(99999, 'odd'),
          ImportError('m', name='n', path='p'), NameError('n', name='q'), AttributeError('a', name='b', obj=3),
          SyntaxError('bad'), SyntaxError('bad', ('file.py', 3, 4, 'text')), UnicodeDecodeError('utf-8', b'\xff', 0, 1, 'why'),
          UnicodeEncodeError('ascii', 'h\xe9', 1, 2, 'ordinal'), RecursionError('deep'), BlockingIOError(9995, 'block')]:
    print(type(e).__name__, '|', e, '|', repr(e), '|', e.args)

print(StopIteration(5).value, StopIteration().value, SystemExit(3).code, SystemExit().code, SystemExit(1, 2).code)
o = FileNotFoundError(9999, 'nope', 'file')
print(o.errno, o.strerror, o.filename, o.filename2, type(o) is FileNotFoundError, isinstance(o, OSError), IOError is OSError)
i = ImportError('m', name='n', path='p')
print(i.msg, i.name, i.path, NameError('n', name='q').name, AttributeError('a', name='b', obj=3).obj)
s = SyntaxError('bad', ('file.py', 3, 4, 'text', 3, 9))
print(s.msg, s.filename, s.lineno, s.offset, s.text, s.end_lineno, s.end_offset)
u = UnicodeDecodeError('utf-8', b'\xff', 0, 1, 'why')
print(u.encoding, u.object, u.start, u.end, u.reason)

e = Custom('base')
e.extra = 1
print(e.__dict__, e.extra)
e.args = [1, 2]
print(e.args, e)
e.add_note('first')
e.add_note('second')
print(e.__notes__)
for action in ["e.add_note(1)", "e.__cause__ = 1", "e.__context__ = 'a'", "e.__traceback__ = 1", "e.args = 3", "ValueError(a=1)",
               "raise 1", "raise int", "raise Custom from 3"]:
    try:
        exec(action)
    except TypeError as err:
        print('TypeError', err)

# chaining
try:
    try:
        raise KeyError('inner')
    except KeyError as inner:
        raise ValueError('outer')
except ValueError as outer:
    print(repr(outer.__context__), outer.__cause__, outer.__suppress_context__)
try:
    try:
        raise KeyError('inner')
    except KeyError as inner:
        raise ValueError('outer') from inner
except ValueError as outer:
    print(repr(outer.__cause__), outer.__cause__ is outer.__context__, outer.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError('outer') from None
except ValueError as outer:
    print(repr(outer.__context__), outer.__cause__, outer.__suppress_context__)
try:
    try:
        {}['x']
    except KeyError:
        undefined_name
except NameError as n:
    print(n, n.name, repr(n.__context__))
f = ValueError('f')
f.__cause__ = KeyError('cause')
print(f.__suppress_context__, repr(f.__cause__))
f.__suppress_context__ = False
print(f.__suppress_context__)

# raising classes, exceptions whose constructor misbehaves, matching
class Weird(Exception):
    def __new__(cls): return 5
try:
    raise Weird
except TypeError as err:
    print('TypeError', err)
class Picky(Exception):
    def __init__(self, a): self.a = a
try:
    raise Picky
except TypeError as err:
    print('TypeError', err)
p = Picky('arg')
print(p.args, p.a, repr(p), str(p))
try:
    raise WithInit(7)
except (KeyError, WithInit) as err:
    print(err, err.__traceback__ is not None, err.with_traceback(None) is err, err.__traceback__)
class Multi(KeyError, AttributeError):
    pass
for base in (KeyError, LookupError, AttributeError, Exception):
    try:
        raise Multi('m')
    except base as err:
        print(base.__name__, err)
print(Multi.__mro__)
print(issubclass(FileNotFoundError, OSError), issubclass(RecursionError, RuntimeError), BaseException.__bases__)
try:
    raise StopIteration(3)
except StopIteration as err:
    print(err.value)
def gen():
    yield 1
    return 'result'
g = gen()
next(g)
try:
    next(g)
except StopIteration as err:
    print(err.value, err.args)
