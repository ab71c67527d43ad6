# Classes: inheritance, super, properties, class and static methods, the mro, attributes.
class Shape:
    """A shape."""
    count = 0

    def __init__(self, name):
        self.name = name
        Shape.count += 1

    def area(self):
        raise NotImplementedError('area of ' + self.name)

    def describe(self):
        return f'{self.name}: {self.area():.2f}'

    @classmethod
    def make(cls, *args):
        return cls(*args)

    @staticmethod
    def unit():
        return 'cm'

    def __repr__(self):
        return f'<{type(self).__name__} {self.name}>'

class Rectangle(Shape):
    def __init__(self, width, height):
        super().__init__('rectangle')
        self._width = width
        self.height = height

    @property
    def width(self):
        return self._width

    @width.setter
    def width(self, value):
        if value < 0:
            raise ValueError('negative width')
        self._width = value

    @width.deleter
    def width(self):
        print('deleting width')
        del self._width

    def area(self):
        return self.width * self.height

class Square(Rectangle):
    def __init__(self, side):
        super().__init__(side, side)
        self.name = 'square'

    def describe(self):
        return super().describe() + ' ' + self.unit()

r = Rectangle(2, 3.5)
s = Square.make(4)
print(r, s, r.describe(), s.describe(), Shape.count)
r.width = 10
print(r.area(), r.width)
try:
    r.width = -1
except ValueError as error:
    print('ValueError', error)
del r.width
try:
    r.width
except AttributeError as error:
    print(error)
try:
    Shape('thing').describe()
except NotImplementedError as error:
    print(type(error).__name__, error)
print(isinstance(s, Rectangle), isinstance(r, Square), issubclass(Square, Shape), isinstance(s, (int, Shape)))
print([c.__name__ for c in Square.__mro__], Square.__bases__, Shape.__doc__, Square.__doc__)
print(Square.__name__, Square.__qualname__, Square.__module__)

class A:
    def who(self):
        return ['A']

class B(A):
    def who(self):
        return ['B'] + super().who()

class C(A):
    def who(self):
        return ['C'] + super().who()

class D(B, C):
    def who(self):
        return ['D'] + super().who()

print(D().who(), [c.__name__ for c in D.mro()])
try:
    class Broken(A, B):
        pass
except TypeError as error:
    print(str(error).split('\n')[0])

class Empty:
    pass

e = Empty()
e.x = 1
e.y = [2]
print(e.__dict__, hasattr(e, 'x'), hasattr(e, 'z'), getattr(e, 'z', 'none'))
setattr(e, 'z', 3)
delattr(e, 'x')
print(sorted(vars(e).items()))
try:
    e.nothing
except AttributeError as error:
    print(error)
try:
    Empty.nothing
except AttributeError as error:
    print(error)
e.__dict__['w'] = 9
print(e.w)
Empty.shared = 'class attribute'
print(e.shared)
e.shared = 'own'
print(e.shared, Empty.shared)

class Fallback:
    def __getattr__(self, name):
        if name.startswith('no'):
            raise AttributeError(name)
        return name.upper()

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value * 2)

f = Fallback()
f.x = 21
print(f.x, f.hello, hasattr(f, 'nope'))

class Slots:
    __slots__ = ('a', 'b')

p = Slots()
p.a = 1
try:
    p.c = 2
except AttributeError as error:
    print(error)
try:
    p.b
except AttributeError as error:
    print(error)

Point = type('Point', (), {'x': 1, 'double': lambda self: self.x * 2})
print(Point().double(), Point.__name__)

bound = s.area
print(bound(), bound.__self__ is s, bound.__func__ is Rectangle.area)

total = 0
for i in range(6000):
    s.width = i
    total += s.area() + len(s.unit()) + D().who().index('C')
print(total)
