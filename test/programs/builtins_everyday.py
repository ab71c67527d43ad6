# The everyday builtin functions.
print(abs(-3), all([]), any([]), bin(5), bool([]), callable(print), chr(97), divmod(7, 3), float('2'), hash(1), hex(16), int('7'), isinstance(1, (str, int)))
print(len('abc'), list(range(3)), max(1, 2), max([1, 5, 3]), max('a', 'b', key=ord), max([], default='none'), min(3, 1), min([(1, 'b'), (1, 'a')]), oct(8), ord('a'), pow(2, 10), pow(2, 10, 1000))
print(round(2.567, 2), sorted([3, 1]), str(1), sum([1, 2], 10), sum([[1], [2]], []), tuple([1]), type(1).__name__, list(zip()), list(zip('ab', [1, 2], 'xyz')))
print(list(map(str, range(3))), list(filter(lambda x: x > 1, range(4))), list(enumerate('ab')), list(reversed([1, 2])), next(iter([5])), next(iter([]), 'default'), id(1) == id(1))
print(repr('x'), ascii('é'), format(5, '03'), getattr(5, 'real'), hasattr(5, 'imag'), vars(type('T', (), {'a': 1})())), print(), print('a', 'b', sep='-', end='!\n')
print(range(5), range(1, 10, 2), len(range(0, 10, 3)), list(range(5, 0, -2)), 3 in range(5), range(5)[2], range(10)[2:5], range(3) == range(0, 3), range(0) == range(5, 5), range(10).index(4), range(10).count(3), list(reversed(range(3))))
print(isinstance(None, type(None)), None is None, Ellipsis, NotImplemented, type(None).__name__, type(...).__name__, type(range(1)).__name__, type(print).__name__, type(len).__name__, type(lambda: 0).__name__)
print(eval('1 + 2 * 3'), eval('x + 1', {'x': 5}), [c for c in 'abc'], list('ab'), dict(a=1), set([1]), bytes(2), slice(1), complex(1, 2) if False else '')
namespace = {}
exec('def f(x):\n    return x * 2\ny = f(21)', namespace)
print(namespace['y'], sorted(k for k in namespace if not k.startswith('__')))
print(sorted(dir(type('T', (), {'zz': 1})))[-1], globals()['__name__'], 'namespace' in globals(), (lambda: sorted(locals()))())
numbers = iter(range(10))
print(sum(x for x in numbers if x < 5), list(numbers), list(iter(lambda c=iter([1, 2, 0, 3]): next(c), 0)))
for code in ("max()", "max([])", "min(1)", "sum('ab')", "sum(['a'], '')", "len(5)", "next(5)", "iter(5)", "next(iter([]))", "abs('a')", "ord('')", "sorted([1, 'a'])", "int([])", "range(1.5)", "isinstance(1, 5)", "getattr(5, 'no')", "hash([])", "zip(1)", "map()", "round('a')", "divmod(1, 0)", "pow(2, 3, 0)", "chr('a')", "list(zip([1], [1, 2], strict=True))", "undefined_name", "print(1, sep=5)", "type('a', 'b')", "object().x", "super()"):
    try:
        print(eval(code))
    except StopIteration as error:
        print(code, 'StopIteration', error)
    except Exception as error:
        print(code, type(error).__name__, error)
total = 0
for i in range(6000):
    total += max(i % 7, 3) + min(i % 5, 2) + abs(i % 9 - 4) + len(str(i)) + int(i / 3) + sum((i, 1)) + ord(chr(i % 128)) + bool(i & 1)
print(total)
