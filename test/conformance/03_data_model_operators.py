# The data model, sections 3.3.1 and 3.3.5 to 3.3.8: special methods for comparison, hashing, numbers, containers, calls.

def attempt(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f'{type(e).__name__}: {e}'


BINARY = {'add': '+', 'sub': '-', 'mul': '*', 'matmul': '@', 'truediv': '/', 'floordiv': '//', 'mod': '%', 'pow': '**',
          'lshift': '<<', 'rshift': '>>', 'and': '&', 'xor': '^', 'or': '|'}


def tracing(name, **methods):
    """A class whose special methods tell that they were called."""
    namespace = {}
    for method, answer in methods.items():
        def special(self, *args, method=method, answer=answer):
            print(f'{name}.{method}', end=' ')
            return answer
        namespace[f'__{method}__'] = special
    return type(name, (), namespace)


for n, sign in BINARY.items():
    L = tracing('L', **{n: 'l', 'i' + n: NotImplemented})
    R = tracing('R', **{'r' + n: 'r'})
    LN = tracing('LN', **{n: NotImplemented, 'r' + n: NotImplemented})
    Sub = type('Sub', (L,), {f'__r{n}__': lambda self, other: 'sub'})
    for left, right in ((L(), R()), (LN(), R()), (R(), R()), (LN(), LN()), (L(), Sub()), (Sub(), L()), (L(), 1), (1, R()), (LN(), 1), (None, LN())):
        print(sign, type(left).__name__, type(right).__name__, attempt(eval, f'a {sign} b', {'a': left, 'b': right}))
    scope = {'a': L(), 'b': R()}
    print(attempt(exec, f'a {sign}= b', scope), scope['a'])
    scope = {'a': R(), 'b': None}
    print(attempt(exec, f'a {sign}= b', scope))

# inherited reflected methods do not get priority, overridden ones do
class A:
    def __add__(self, other): return 'A.add'
    def __radd__(self, other): return 'A.radd'
class B(A): pass
class C(A):
    def __radd__(self, other): return 'C.radd'
print(A() + B(), A() + C(), B() + C(), C() + A(), B() + A())
print(attempt(lambda: divmod(A(), 1)), attempt(lambda: pow(A(), 1, 2)), attempt(lambda: pow(2, A())), attempt(lambda: -A()), attempt(lambda: ~A()), attempt(lambda: +A()), attempt(lambda: abs(A())))
class P:
    def __pow__(self, other, mod=None): return ('pow', other, mod)
    def __rpow__(self, other, mod=None): return ('rpow', other, mod)
    def __ipow__(self, other): return ('ipow', other)
    def __divmod__(self, other): return 'divmod'
    def __rdivmod__(self, other): return 'rdivmod'
p = P()
print(p ** 2, pow(p, 2, 3), 2 ** p, pow(2, p), attempt(lambda: pow(2, p, 3)), divmod(p, 1), divmod(1, p))
p **= 5
print(p)

# comparison
COMPARE = {'lt': '<', 'le': '<=', 'eq': '==', 'ne': '!=', 'gt': '>', 'ge': '>='}
SWAPPED = {'lt': 'gt', 'le': 'ge', 'eq': 'eq', 'ne': 'ne', 'gt': 'lt', 'ge': 'le'}
for n, sign in COMPARE.items():
    L = tracing('L', **{n: 'l'})
    LN = tracing('LN', **{n: NotImplemented, SWAPPED[n]: NotImplemented})
    R = tracing('R', **{SWAPPED[n]: 'r'})
    Sub = type('Sub', (L,), {f'__{SWAPPED[n]}__': lambda self, other: 'sub'})
    for left, right in ((L(), R()), (LN(), R()), (LN(), LN()), (L(), Sub()), (1, R()), (LN(), None)):
        print(sign, type(left).__name__, type(right).__name__, attempt(eval, f'a {sign} b', {'a': left, 'b': right}))
class Ne:
    def __eq__(self, other): return [] if other == 1 else NotImplemented
print(Ne() == 1, Ne() != 1, Ne() == 2, Ne() != 2, not (Ne() == 1))
print(attempt(lambda: object() < object()), attempt(lambda: 1 < 'a'), attempt(lambda: [1] < [None]), 1 < 2 < 3, attempt(lambda: 1 < 2 < 'a'))

# hash and eq in dicts and sets
class H:
    def __init__(self, v): self.v = v
    def __hash__(self): return hash(self.v)
    def __eq__(self, other): return isinstance(other, H) and self.v == other.v or self.v == other
d = {H(1): 'a', 2: 'b'}
print(d[1], d[H(2)], H(1) in d, 1 in {H(1)}, len({H(1), 1, H(1)}), {H(1)} == {1})
class NoHash:
    def __eq__(self, other): return True
print(NoHash.__hash__, attempt(lambda: hash(NoHash())), attempt(lambda: {NoHash(): 1}), attempt(lambda: {NoHash()}), attempt(lambda: NoHash() in {}))
class BadHash:
    def __hash__(self): return 'x'
class BigHash:
    def __hash__(self): return 2 ** 70
class BoolHash:
    def __hash__(self): return True
class ErrorEq:
    def __hash__(self): return 1
    def __eq__(self, other): raise ValueError('eq')
print(attempt(lambda: hash(BadHash())), hash(BigHash()) == hash(2 ** 70), hash(BoolHash()), attempt(lambda: {1: 1, ErrorEq(): 2}), type('N', (), {'__hash__': None}).__hash__)
class Explicit:
    __hash__ = None
print(attempt(lambda: hash(Explicit())))

# truth, length, index, conversion
class Truth:
    def __init__(self, v): self.v = v
    def __bool__(self): return self.v
class Len:
    def __init__(self, v): self.v = v
    def __len__(self): return self.v
for v in (True, False, 1, None, 'x'):
    print(v, attempt(lambda: bool(Truth(v))), attempt(lambda: not Truth(v)), attempt(lambda: 1 if Truth(v) else 2))
for v in (0, 5, -1, 2 ** 80, 1.5, 'x', True):
    print(v if v != 2 ** 80 else 'big', attempt(lambda: len(Len(v))) if v != 2 ** 80 else attempt(lambda: len(Len(v)))[:13], attempt(lambda: bool(Len(v))) if v != 2 ** 80 else '')
class Index:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
print([10, 20, 30][Index(1)], attempt(lambda: [1][Index('x')]), attempt(lambda: [1][Index(5)]), 'abc'[Index(0):Index(2)], range(Index(3)), hex(Index(255)), attempt(lambda: [1][float(1)]),
      [1] * Index(2), attempt(lambda: 'a' * Index(2.0)), int(Index(7)), float(Index(7)), complex(Index(7)), attempt(lambda: int(Index('a'))))
class Conv:
    def __int__(self): return 5
    def __float__(self): return 2.5
    def __complex__(self): return 1j
    def __round__(self, n=None): return ('round', n)
    def __trunc__(self): return 'trunc'
    def __floor__(self): return 'floor'
    def __ceil__(self): return 'ceil'
    def __bytes__(self): return b'bytes'
    def __format__(self, spec): return f'<{spec}>'
    def __str__(self): return 'str'
    def __repr__(self): return 'repr'
import math
c = Conv()
print(int(c), float(c), complex(c), round(c), round(c, 2), math.trunc(c), math.floor(c), math.ceil(c), bytes(c), f'{c:abc}', f'{c}', f'{c!r}', f'{c!s:>5}', str(c), '%s %r' % (c, c), '{:x}'.format(c), format(c, 'q'))
class BadConv:
    def __int__(self): return 'x'
    def __float__(self): return 1
    def __complex__(self): return 1
    def __bytes__(self): return 'x'
    def __format__(self, spec): return 1
    def __str__(self): return 1
    def __repr__(self): return 1
    def __index__(self): return 1.0
    def __dir__(self): return 1
    def __iter__(self): return 1
    def __contains__(self, x): return 'yes'
    def __reversed__(self): return 'rev'
    def __length_hint__(self): return 'x'
b = BadConv()
for f in (int, float, complex, bytes, format, str, repr, hex, dir, iter, list, reversed, lambda b: 5 in b, lambda b: f'{b}', lambda b: math.floor(b)):
    print(getattr(f, '__name__', '?'), attempt(f, b))

# containers
class Missing(dict):
    def __missing__(self, key): return f'missing {key}'
m = Missing(a=1)
print(m['a'], m['b'], m.get('b'), 'b' in m, len(m))
class Sequence:
    def __getitem__(self, i):
        if isinstance(i, slice): return ('slice', i.start, i.stop, i.step)
        if i < 3: return i * 10
        raise IndexError(i)
s = Sequence()
print(list(s), 20 in s, 25 in s, s[1:2], s[:], s[::2], attempt(lambda: len(s)), attempt(lambda: reversed(s)), [*s], iter(s).__class__.__name__, attempt(lambda: s.__iter__))
class WithLen(Sequence):
    def __len__(self): return 3
print(list(reversed(WithLen())), next(reversed(WithLen())))
class NoIter:
    __iter__ = None
    __contains__ = None
    def __getitem__(self, i): return 1
print(attempt(lambda: iter(NoIter())), attempt(lambda: 1 in NoIter()), attempt(lambda: list(NoIter())))
class NoReversed:
    __reversed__ = None
print(attempt(lambda: reversed(NoReversed())))
class Hint:
    def __init__(self, hint): self.hint = hint
    def __iter__(self): return iter('abc')
    def __length_hint__(self): return self.hint
print(list(Hint(2)), list(Hint(NotImplemented)), attempt(lambda: list(Hint(-1))), attempt(lambda: list(Hint('x'))))
class Items:
    def __init__(self): self.log = []
    def __getitem__(self, k): self.log.append(('get', k)); return 1
    def __setitem__(self, k, v): self.log.append(('set', k, v))
    def __delitem__(self, k): self.log.append(('del', k))
i = Items()
i[1, 2]; i[...] = 3; del i[1:2]; i['x'] += 1
print(i.log)
print(attempt(lambda: object()[1]), attempt(lambda: setattr(object(), 'x', 1)), attempt(exec, 'object()[1] = 2'), attempt(exec, 'del object()[1]'), attempt(lambda: 1 in object()), attempt(lambda: iter(object())), attempt(lambda: len(object())), attempt(lambda: object()()), attempt(lambda: next(object())))
class G:
    def __class_getitem__(cls, item): return (cls.__name__, item)
class G2(G): pass
print(G[int], G2[1, 2], attempt(lambda: object[int]), attempt(lambda: int[1]))
class MetaItem(type):
    def __getitem__(cls, item): return ('meta', item)
class MI(metaclass=MetaItem):
    def __class_getitem__(cls, item): return 'never'
print(MI[1])
class Call:
    def __call__(self, *args, **kwargs): return args, kwargs
print(Call()(1, *[2], a=3, **{'b': 4}), callable(Call()), callable(Call), callable(1))

# special methods are looked up on the type
class Inst: pass
x = Inst()
x.__len__ = lambda: 5
x.__call__ = lambda: 5
print(attempt(lambda: len(x)), attempt(lambda: x()), x.__len__())
Inst.__len__ = lambda self: 7
print(len(x))
class Prop:
    @property
    def __len__(self): return lambda: 9
    @staticmethod
    def __call__(*a): return a
    @classmethod
    def __getitem__(cls, i): return (cls.__name__, i)
print(len(Prop()), Prop()(1), Prop()[2])

# object's __new__ and __init__
class N1:
    def __new__(cls, *args): return super().__new__(cls)
class N2:
    def __init__(self, *args): pass
class N3:
    def __new__(cls, *args): return super().__new__(cls, *args)
class N4:
    def __init__(self, *args): super().__init__(*args)
class N5: pass
class N6:
    def __new__(cls): return 5
    def __init__(self): print('never')
class N7:
    def __init__(self): return 5
class N8(N2):
    def __new__(cls, *a): return object.__new__(N2)
for cls in (N1, N2, N3, N4, N5):
    print(cls.__name__, type(attempt(cls, 1)).__name__, attempt(cls, 1) if isinstance(attempt(cls, 1), str) else '')
print(N6(), attempt(N7), type(N8(1)).__name__, attempt(lambda: object(1)), attempt(lambda: object.__new__()), attempt(lambda: object.__new__(5)), attempt(lambda: object.__new__(int)), attempt(lambda: int.__new__(str)),
      attempt(lambda: int.__new__(object)), attempt(lambda: object.__init__(5, 6)), attempt(lambda: N5(a=1)), attempt(lambda: object.__init__(N5(), 1)), attempt(lambda: object.__new__(N5, 1)))
