# abc: abstract methods, registration, __subclasshook__, isinstance and issubclass with their caches.
import abc
from abc import ABC, ABCMeta, abstractmethod, get_cache_token, update_abstractmethods


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    @property
    @abstractmethod
    def name(self): ...

    @classmethod
    @abstractmethod
    def make(cls): ...

    def describe(self):
        return f'{self.name} {self.area()}'


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side ** 2

    @property
    def name(self):
        return 'square'

    @classmethod
    def make(cls):
        return cls(2)


class Half(Shape):
    def area(self):
        return 0


for cls in (Shape, Half):
    try:
        cls()
    except TypeError as e:
        print(e)
print(Square.make().describe(), sorted(Shape.__abstractmethods__), Square.__abstractmethods__, sorted(Half.__abstractmethods__))


class One(ABC):
    @abstractmethod
    def only(self): ...


try:
    One()
except TypeError as e:
    print(e)
One.only = lambda self: 1
update_abstractmethods(One)
print(One.__abstractmethods__, One().only())


class Registry(ABC):
    pass


class Free:
    pass


token = get_cache_token()
print(isinstance(Free(), Registry), issubclass(Free, Registry))
print(Registry.register(Free) is Free, get_cache_token() != token, isinstance(Free(), Registry), issubclass(Free, Registry))


class FreeChild(Free):
    pass


print(issubclass(FreeChild, Registry), isinstance(FreeChild(), Registry), Registry.register(Free) is Free)
for args in ((1,), (Registry,)):
    try:
        Registry.register(*args)
        print('fine')
    except (TypeError, RuntimeError) as e:
        print(type(e).__name__, e)


class Sub(Registry):
    pass


try:
    Sub.register(Registry)
except RuntimeError as e:
    print(e)
try:
    issubclass(1, Registry)
except TypeError as e:
    print(e)


class Hooked(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other):
        if cls is Hooked:
            return any('quack' in base.__dict__ for base in other.__mro__) or NotImplemented
        return NotImplemented


class Duck:
    def quack(self): ...


print(isinstance(Duck(), Hooked), issubclass(Duck, Hooked), isinstance(5, Hooked), issubclass(int, Hooked))
Hooked.register(int)
print(isinstance(5, Hooked), isinstance(True, Hooked), isinstance(5.0, Hooked))


class Child(Hooked):
    pass


Child.register(float)
print(isinstance(5.0, Hooked), isinstance(5.0, Child), isinstance('', Hooked), issubclass(float, Hooked))


class BadHook(ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return 5


try:
    isinstance(1, BadHook)
except AssertionError as e:
    print(e)


# __class__ may lie
class Liar:
    @property
    def __class__(self):
        return Square


print(isinstance(Liar(), Square), isinstance(Liar(), Shape), isinstance(Liar(), Liar))


# patterns look at flags that collections.abc sets
class Seq(metaclass=ABCMeta):
    __abc_tpflags__ = 1 << 5


class Map(metaclass=ABCMeta):
    __abc_tpflags__ = 1 << 6


class MySeq(Seq):
    def __len__(self):
        return 2

    def __getitem__(self, i):
        return ('a', 'b')[i]


class Other:
    def __len__(self):
        return 2

    def __getitem__(self, i):
        return (1, 2)[i]


class OtherChild(Other):
    pass


def kind(x):
    match x:
        case [a, b]:
            return f'sequence {a} {b}'
        case {}:
            return 'mapping'
    return 'neither'


print(kind(MySeq()), kind(Other()), kind(OtherChild()), '__abc_tpflags__' in Seq.__dict__)
Seq.register(Other)
print(kind(Other()), kind(OtherChild()))
try:
    class Both(metaclass=ABCMeta):
        __abc_tpflags__ = (1 << 5) | (1 << 6)
except TypeError as e:
    print(e)


# in a hot loop
def hot():
    n = 0
    things = [Duck(), 1, 2.0, 'x', None, Square(1)]
    for i in range(3000):
        for x in things:
            if isinstance(x, Hooked):
                n += 1
            if isinstance(x, Shape):
                n += 10
    return n


print(hot())
print(repr(ABCMeta), abc.ABC.__mro__, type(Shape._abc_impl).__name__)
