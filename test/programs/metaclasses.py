# Making classes: metaclasses, __prepare__, __init_subclass__, __set_name__, mro, __slots__, __bases__, __class__.


class Meta(type):
    def __new__(mcls, name, bases, namespace, **kwargs):
        print('new', name, [b.__name__ for b in bases], sorted(k for k in namespace if not k.startswith('__')), kwargs)
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        print('init', name, kwargs)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        print('call', cls.__name__, args, kwargs)
        return super().__call__(*args, **kwargs)

    @classmethod
    def __prepare__(mcls, name, bases, **kwargs):
        print('prepare', name, kwargs)
        return {'injected': 42}

    @property
    def shout(cls):
        return cls.__name__.upper()

    def meta_method(cls):
        return 'meta ' + cls.__name__

    def __len__(cls):
        return 7

    def __getattr__(cls, name):
        if name.startswith('dyn_'):
            return name[4:]
        raise AttributeError(name)

    def __contains__(cls, item):
        return item == 3

    def __iter__(cls):
        return iter([1, 2])


class Base(metaclass=Meta, flag=1):
    x = 1

    def __init__(self, value=0):
        self.value = value


class Derived(Base):
    y = 2


print(Base.injected, Derived.shout, Derived.meta_method(), len(Base), Base.dyn_abc, 3 in Base, list(Derived))
print(Derived(5).value, type(Derived).__name__, type(Meta).__name__)
try:
    Base.other
except AttributeError as e:
    print('AttributeError', e)
try:
    Derived(1).meta_method
except AttributeError as e:
    print('AttributeError', e)


class Plugin:
    registry = []

    def __init_subclass__(cls, /, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.tag = tag
        Plugin.registry.append(cls.__name__)


class P1(Plugin, tag='one'):
    pass


class P2(P1):
    pass


print(Plugin.registry, P1.tag, P2.tag)
try:
    class Bad(Plugin, nope=1):
        pass
except TypeError as e:
    print('TypeError', e)


class Named:
    def __set_name__(self, owner, name):
        self.owner = owner.__name__
        self.name = name

    def __get__(self, obj, objtype=None):
        return (self.owner, self.name, obj is None)


class HasNamed:
    first = Named()
    second = Named()


print(HasNamed.first, HasNamed().second)


# C3
class A: pass
class B(A): pass
class C(A): pass
class D(B, C): pass
class E(C): pass
class F(D, E): pass
print([c.__name__ for c in F.__mro__], F.mro()[0].__name__)
for bases in [(A, B), (A, A), (int, str), (bool,), (3,)]:
    try:
        type('Bad', bases, {})
    except TypeError as e:
        print('TypeError', e)


class O: pass
class X(O): pass
class Y(O): pass
class XY(X, Y): pass
class YX(Y, X): pass
try:
    class Impossible(XY, YX): pass
except TypeError as e:
    print('TypeError', str(e).split('\n')[0])


# __slots__
class Point:
    __slots__ = ('x', 'y')

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Point3(Point):
    __slots__ = 'z'


class Loose(Point):
    pass


p = Point(1, 2)
print(p.x + p.y, hasattr(p, '__dict__'), Point.x)
for action in ['p.z = 3', 'p.w', 'del p.x; p.x', 'del p.x', 'p.__dict__']:
    try:
        exec(action)
    except AttributeError as e:
        print('AttributeError', e)
q = Point3(1, 2)
q.z = 5
print(q.x, q.y, q.z)
r = Loose(3, 4)
r.extra = 'e'
print(r.x, r.y, r.extra, r.__dict__)
try:
    class Clash(Point):
        __slots__ = ('a',)
        a = 1
except ValueError as e:
    print('ValueError', e)
try:
    class Two(Point3, Loose): pass
    print('ok')
except TypeError as e:
    print('TypeError', e)
class S1: __slots__ = ('a',)
class S2: __slots__ = ('b',)
try:
    class S12(S1, S2): pass
except TypeError as e:
    print('TypeError', e)
class Private:
    __slots__ = ('__hidden',)
    def __init__(self): self.__hidden = 9
    def get(self): return self.__hidden
print(Private().get(), Private._Private__hidden)


# type() with three arguments; __class__ cell; __classcell__
T = type('T', (A,), {'v': 5, 'f': lambda self: self.v})
print(T, T.__name__, T.__qualname__, T.__module__, T().f(), T.__bases__, T.__base__)


class Outer:
    class Inner:
        def where(self):
            return __class__.__qualname__
    def method(self):
        class Local:
            pass
        return Local


print(Outer.Inner().where(), Outer().method().__qualname__)


# __class__ and __bases__ assignment
class Cat:
    def speak(self): return 'meow'
class Dog:
    def __init__(self): self.a = 1; self.b = 2; self.c = 3; self.d = 4; self.e = 5; self.f = 6
    def speak(self): return 'woof ' + str(self.f)
pet = Cat()
pet.f = 'x'
print(pet.speak())
pet.__class__ = Dog
print(pet.speak(), type(pet).__name__, pet.__dict__)
dog = Dog()
dog.__class__ = Cat
print(dog.speak(), dog.a, dog.f)
try:
    pet.__class__ = int
except TypeError as e:
    print('TypeError', e)


class Left:
    def who(self): return 'left'
class Right:
    def who(self): return 'right'
class Switch(Left): pass
s = Switch()
print(s.who())
Switch.__bases__ = (Right,)
print(s.who(), Switch.__mro__[1].__name__)

# subclasses, isinstance hooks
print([c.__name__ for c in A.__subclasses__()])


class Even(type):
    def __instancecheck__(cls, obj):
        return isinstance(obj, int) and obj % 2 == 0

    def __subclasscheck__(cls, sub):
        return sub is int


class EvenInt(metaclass=Even):
    pass


print(isinstance(4, EvenInt), isinstance(3, EvenInt), issubclass(int, EvenInt), issubclass(str, EvenInt))
print(isinstance(1, (str, (list, int))), isinstance(True, int), issubclass(bool, int), isinstance('a', (int, float)))


# __mro_entries__
class Generic:
    def __mro_entries__(self, bases):
        return (A,)


class FromGeneric(Generic()):
    pass


print(FromGeneric.__bases__, FromGeneric.__orig_bases__[0].__class__.__name__)


# a function as metaclass
def meta_function(name, bases, namespace, **kw):
    return (name, bases, sorted(k for k in namespace if not k.startswith('__')), kw)


class NotAClass(metaclass=meta_function, k=1):
    z = 1


print(NotAClass)


# __eq__ without __hash__
class Eq:
    def __eq__(self, other): return True
try:
    hash(Eq())
except TypeError as e:
    print('TypeError', e)
print(Eq.__hash__)
class HashedAgain(Eq):
    def __hash__(self): return 5
print(hash(HashedAgain()))


# __new__
class Single:
    instance = None
    def __new__(cls, *args):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance
    def __init__(self, *args):
        self.args = args
print(Single(1) is Single(2), Single(3).args)


class Celsius(float):
    def __new__(cls, value):
        return super().__new__(cls, value * 2)
    def show(self): return f'{self} C'
c = Celsius(10)
c.note = 'n'
print(c + 1, c.show(), c.note, type(c).__name__)


class Not:
    def __new__(cls): return 42
print(Not())
class BadInit:
    def __init__(self): return 1
try:
    BadInit()
except TypeError as e:
    print('TypeError', e)
