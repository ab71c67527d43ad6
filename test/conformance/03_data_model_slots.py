# The data model, section 3.3.2.4: __slots__, their conflicts, and assignment to __class__.

def attempt(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f'{type(e).__name__}: {e}'


class S:
    __slots__ = ('a', '__private', 'b')

    def set(self):
        self.__private = 1


s = S()
s.a = 1
s.set()
print(s.a, s._S__private, attempt(lambda: s.b), attempt(lambda: setattr(s, 'c', 1)), hasattr(s, '__dict__'), S.__slots__)
print(attempt(lambda: delattr(s, 'b')), attempt(lambda: s.__dict__))
del s.a
print(attempt(lambda: s.a), S.a, type(S.a), S.a.__name__, S.a.__objclass__, S.a.__qualname__, attempt(lambda: S.a.__get__(5)), S.a.__get__(None, S) is S.a)
print(attempt(lambda: S.a.__set__(5, 1)), attempt(lambda: S.a.__delete__(s)), S.a.__doc__)


class T(S):
    pass


t = T()
t.z = 1
t.a = 2
print(t.__dict__, t.a)


class U(S):
    __slots__ = ['c', 'a']


u = U()
u.a = 1
print(attempt(lambda: S.a.__get__(u)), u.a, attempt(lambda: setattr(u, 'd', 1)))


class Dict:
    __slots__ = {'x': 'the doc of x', 'y': None}


print(Dict.x.__doc__, Dict.y.__doc__, Dict.__slots__)


class WithDict:
    __slots__ = ('__dict__', 'k')


w = WithDict()
w.anything = 1
w.k = 2
print(w.__dict__, attempt(lambda: __import__('_weakref').ref(w)))


class WithWeak:
    __slots__ = ('__weakref__',)


w = WithWeak()
print(__import__('_weakref').ref(w)() is w, attempt(lambda: setattr(w, 'x', 1)))
for bases, slots in (((int,), ['a']), ((tuple,), ['a']), ((bytes,), ['a']), ((str,), ['a']), ((list,), ['a']), ((dict,), ('a', 'b')), ((Exception,), ['a']),
                     ((int,), []), ((tuple,), ()), ((T,), ['__dict__']), ((WithWeak,), ['__weakref__']), ((WithDict,), ['__dict__']),
                     ((), ['a', 'a']), ((), ['__dict__', '__dict__']), ((), [1]), ((), ['a b']), ((), [''])):
    print(bases, slots, attempt(lambda: type('X', bases, {'__slots__': slots})))


class L(list):
    __slots__ = ('tag', 'other')


l = L([1, 2])
l.tag = 'x'
print(l, l.tag, attempt(lambda: l.other), attempt(lambda: setattr(l, 'zzz', 1)), hasattr(l, '__dict__'))
del l.tag
print(attempt(lambda: l.tag))


class E(Exception):
    __slots__ = ('tag',)


e = E(1)
e.tag = 2
print(e.tag, e.args, e.__dict__)


class A1:
    __slots__ = ('x',)


class A2:
    __slots__ = ('x',)


class A3:
    __slots__ = ('y',)


print(attempt(lambda: type('M', (A1, A2), {})), attempt(lambda: type('M', (A1, S), {'__slots__': ()})))
a = A1()
a.x = 1
a.__class__ = A2
print(type(a), a.x, attempt(lambda: setattr(a, '__class__', A3)), attempt(lambda: setattr(a, '__class__', S)))


class P1: pass
class P2: pass
class P3(P1): __slots__ = ('q',)
class P4(int): pass
class P5(list): pass
class P6(list): pass


p = P1()
p.v = 1
p.__class__ = P2
print(type(p), p.v, p.__dict__)
for target in (P3, P4, int, object, 5, S):
    print(attempt(lambda: setattr(p, '__class__', target)))
for value in (1, [], 'a', None, P4(1), object()):
    print(attempt(lambda: setattr(value, '__class__', P1)))
q = P5([1])
q.v = 2
q.__class__ = P6
print(type(q), q, q.v)
print(attempt(lambda: delattr(p, '__class__')))
p.__dict__ = {'w': 1}
print(p.w, attempt(lambda: setattr(p, '__dict__', 5)), attempt(lambda: p.v))
del p.__dict__
print(p.__dict__)
import sys
ModuleType = type(sys)
types = ModuleType('types')


class Mod(ModuleType):
    @property
    def answer(self):
        return 42
types.__class__ = Mod
print(types.answer, attempt(lambda: setattr(types, '__class__', P1)))
