# The data model, sections 3.3.3 and 3.3.4: customizing class creation, metaclasses, __mro_entries__, mro(), C3, __bases__.

def attempt(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        text = f'{type(e).__name__}: {e}'
        if getattr(e, '__notes__', None):
            text += f' {e.__notes__}'
        return text


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kwargs):
        print('prepare', mcs.__name__, name, bases, kwargs)
        return {'prepared': name}

    def __new__(mcs, name, bases, namespace, **kwargs):
        print('new', name, sorted(k for k in namespace if not k.startswith('__')), kwargs)
        return super().__new__(mcs, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        print('init', cls.__name__, kwargs)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        print('call', cls.__name__, args, kwargs)
        return super().__call__(*args, **kwargs)


class A(metaclass=Meta, flavour='sweet'):
    x = 1

    def __init__(self, n):
        self.n = n


class B(A, extra=2):
    y = 2


print(B(3).n, B.prepared, type(B) is Meta, Meta.__mro__)


class Other(type):
    pass


print(attempt(lambda: Other('C', (A,), {})))
print(attempt(lambda: type('C', (A, Other('O', (), {})), {})))


def function_metaclass(name, bases, namespace, **kwargs):
    print('function', name, bases, sorted(k for k in namespace if k[0] != '_'), kwargs)
    return 42


class NotAClass(metaclass=function_metaclass, a=1):
    z = 1


print(NotAClass)


class BadPrepare(type):
    @classmethod
    def __prepare__(mcs, name, bases):
        return 5


def make():
    class X(metaclass=BadPrepare):
        pass


print(attempt(make))


class Entries:
    def __mro_entries__(self, bases):
        print('entries', len(bases), bases[-1] is self)
        return (dict, Named)


class Named:
    pass


e = Entries()


class WithEntries(e):
    pass


print(WithEntries.__mro__, WithEntries.__orig_bases__ == (e,), WithEntries.__bases__)
print(attempt(lambda: type('X', (e,), {})))


class BadEntries:
    def __mro_entries__(self, bases):
        return [int]


def make():
    class X(BadEntries()):
        pass


print(attempt(make))


# __init_subclass__ and __set_name__
class Base:
    registry = []

    def __init_subclass__(cls, /, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry.append((cls.__name__, tag))


class D1(Base, tag='one'):
    pass


class D2(D1):
    pass


print(Base.registry)
print(attempt(lambda: type('D3', (Base,), {}, other=1)))
print(attempt(lambda: type('D3', (), {}, other=1)))


def make():
    class X(other=1):
        pass


print(attempt(make))


class Field:
    def __set_name__(self, owner, name):
        self.owner, self.name = owner.__name__, name


class Bad:
    def __set_name__(self, owner, name):
        1 / 0


class Owner:
    f = g = Field()


print(Owner.f.owner, Owner.f.name)


def make():
    class X:
        a = Bad()


print(attempt(make))


# mro() and C3
class X: pass
class Y: pass
class XY(X, Y): pass
class YX(Y, X): pass


print(attempt(lambda: type('Z', (XY, YX), {})))
print(attempt(lambda: type('Z', (X, X), {})))
print(attempt(lambda: type('Z', (object, X), {})))


class ReverseMro(type):
    def mro(cls):
        print('mro of', cls.__name__)
        default = super().mro()
        return [default[0], *reversed(default[1:-1]), default[-1]]


class P: v = 'P'
class Q: v = 'Q'
class R(P, Q, metaclass=ReverseMro): pass


print(R.v, [c.__name__ for c in R.__mro__])
R.__bases__ = (Q, P)
print(R.v, [c.__name__ for c in R.__mro__])


class MroBad(type):
    def mro(cls):
        return [cls, 5]


print(attempt(lambda: MroBad('M', (), {})))


class MroNone(type):
    def mro(cls):
        return None


print(attempt(lambda: MroNone('M', (), {})))


# __bases__
class C1: a = 1
class C2: a = 2
class C3(C1): pass
class C4(C3): pass


c = C4()
print(c.a, C1.__subclasses__(), C2.__subclasses__())
C3.__bases__ = (C2,)
print(c.a, C1.__subclasses__(), C2.__subclasses__(), C4.__mro__)
for bad in ((), 5, (5,), (C4,), (C3,), (int,)):
    print(attempt(lambda: setattr(C3, '__bases__', bad)))
print(attempt(lambda: delattr(C3, '__bases__')))
print(attempt(lambda: setattr(int, '__bases__', (object,))))

# type()'s arguments
for args in ((1,), ('a', 'b'), (1, (), {}), ('n', [], {}), ('n', (), []), ('n', (1,), {}), ('a\0', (), {}), ('a', (bool,), {}),
             ('a', (type(None),), {}), ('a', (int, str), {}), ('a', (), {'__slots__': 5}), ('a', (), {'__slots__': ['1']}),
             ('a', (), {'__qualname__': 5}), ('a', (), {'__slots__': 'x', 'x': 1}), ('a', (), {'__classcell__': 1})):
    print(args, attempt(lambda: type(*args)))
print(attempt(lambda: type.__new__(int, 'a', (), {})), attempt(lambda: type.__new__(5, 'a', (), {})), attempt(lambda: type.__new__()))
print(attempt(lambda: type.__call__()), attempt(lambda: type.__call__(type, 5)))

# attributes of classes
class K:
    """doc"""
    x: int = 1

    def method(self):
        self.a = 1
        self.b = 2


print(K.__name__, K.__qualname__, K.__module__, K.__doc__, K.__annotations__, K.__type_params__, K.__static_attributes__, K.__firstlineno__ > 100)
K.__name__, K.__qualname__, K.__module__, K.__doc__ = 'L', 'M.L', 'mod', 'new'
print(K, K.__name__, K.__qualname__, K.__module__, K.__doc__)
for name, value in (('__name__', 5), ('__qualname__', 5), ('__name__', 'a\0'), ('__dict__', {}), ('__base__', int), ('__weakrefoffset__', 1),
                    ('__flags__', 0), ('__type_params__', (1,)), ('__type_params__', 5), ('__abstractmethods__', {'a'})):
    print(name, attempt(lambda: setattr(K, name, value)))
print(attempt(K))
for name in ('__name__', '__qualname__', '__module__', '__doc__', '__abstractmethods__', '__annotations__', '__type_params__', '__dict__', '__nope__'):
    print(name, attempt(lambda: delattr(K, name)))
for t, name, value in ((int, 'x', 1), (int, '__name__', 'a'), (list, '__doc__', 'a'), (type, 'mro', 1), (int, '__add__', 1), (object, '__init__', 1)):
    print(attempt(lambda: setattr(t, name, value)), attempt(lambda: delattr(t, name)))
print(int.__name__, int.__qualname__, int.__module__, int.__base__, object.__base__, bool.__bases__, object.__bases__)
print(attempt(lambda: int.__abstractmethods__), attempt(lambda: K.__abstractmethods__), attempt(lambda: K.missing), attempt(lambda: K().missing))
print(type(K.__dict__).__name__, sorted(k for k in vars(type('E', (), {}))), sorted(vars(type('E', (), {'__slots__': ()}))))
