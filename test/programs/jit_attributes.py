"""Attributes, classes, properties and descriptors that change under hot loops."""


class Point:
    scale = 2

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def area(self):
        return self.x * self.y * self.scale

    @property
    def total(self):
        return self.x + self.y


class Other:
    def __init__(self):
        self.q = 1
        self.x = 100

    def area(self):
        return -1

    total = 5
    scale = 9


def instance_changes():
    p = Point(1, 2)
    log = []
    for i in range(6000):
        if i == 1000:
            p.z = 5
        elif i == 1500:
            p.x = 2.5
        elif i == 2000:
            p.scale = 7
        elif i == 2500:
            del p.scale
        elif i == 3000:
            p.area = lambda: 42
        elif i == 3500:
            del p.area
        elif i == 4000:
            del p.y
        elif i == 4200:
            p.y = 'text'
        elif i == 4500:
            p.__dict__['y'] = 8
        elif i == 4800:
            p.__dict__ = {'x': 1, 'y': 1}
        elif i == 5000:
            p.__class__ = Other
        elif i == 5500:
            p.__class__ = Point
        try:
            v = (p.area(), p.total, p.scale)
        except Exception as e:
            v = (type(e).__name__, str(e))
        if i % 100 == 0:
            log.append(v)
    return log


print(instance_changes())


def class_changes():
    class C:
        k = 1

        def m(self):
            return self.k

    class D(C):
        pass

    c = D()
    log = []
    for i in range(7000):
        if i == 1000:
            C.k = 2
        elif i == 1500:
            D.k = 3
        elif i == 2000:
            C.m = lambda self: 'new'
        elif i == 2500:
            D.m = lambda self: self.k * 10
        elif i == 3000:
            del D.m
        elif i == 3500:
            del D.k
        elif i == 4000:
            C.k = property(lambda self: 77)
        elif i == 4500:
            C.__getattr__ = lambda self, name: name.upper()
        elif i == 5000:
            del C.k
        elif i == 5500:
            C.__getattribute__ = lambda self, name: 'got ' + name
        elif i == 6000:
            del C.__getattribute__
        elif i == 6500:
            D.__bases__ = (Other2,)
        try:
            v = (c.m(), c.k)
        except Exception as e:
            v = (type(e).__name__, str(e))
        if i % 250 == 0:
            log.append(v)
    return log


class Other2:
    k = 'other'

    def m(self):
        return 'other m'


print(class_changes())


class Descriptor:
    def __get__(self, instance, owner):
        return 'descriptor'


def descriptors():
    class C:
        pass

    class Plain:
        pass

    class Writer:
        def __set__(self, instance, value):
            log.append(('set', value))

    log = []
    C.attribute = Plain()
    c = C()
    c.w = 0
    c.n = 0
    for i in range(5000):
        v = c.attribute
        c.w = i
        c.n += 1
        if i == 3000:
            c.attribute = 5
        elif i == 4000:
            C.attribute = 3
        elif i == 4990:
            C.w = Writer()
        if i % 250 == 0:
            log.append(v if isinstance(v, (int, str)) else 'plain')
    return log, c.n, c.w


print(descriptors())


def properties():
    class C:
        def __init__(self):
            self._v = 1

        @property
        def v(self):
            if self._v % 500 == 0:
                raise AttributeError('no v')
            return self._v

        @v.setter
        def v(self, value):
            self._v = value

    c = C()
    total = 0
    errors = 0
    for i in range(3000):
        try:
            c.v = c.v + 1
        except AttributeError as e:
            errors += 1
            c._v += 1
        total += c._v
        if i == 2500:
            C.v = property(lambda self: -1, lambda self, value: None)
    return total, errors


print(properties())


class Slots:
    __slots__ = ('a', 'b')


def slots():
    s = Slots()
    s.a = 0
    log = []
    for i in range(3000):
        s.a += 1
        try:
            s.b = s.b + 1
        except AttributeError as e:
            log.append(str(e))
            s.b = i
        if i == 2000:
            del s.b
        if i == 2500:
            try:
                s.c = 1
            except AttributeError as e:
                log.append(type(e).__name__)
    return s.a, s.b, log


print(slots())


def many_shapes():
    class C:
        pass

    total = 0
    for i in range(3000):
        o = C()
        for k in range(i % 9):
            setattr(o, 'abcdefghi'[k], k)
        o.x = i
        total += o.x + len(o.__dict__)
    return total


print(many_shapes())


def instances_made():
    total = 0
    for i in range(3000):
        p = Point(i, 2)
        total += p.area() + p.total
        if i == 2000:
            Point.__init__ = lambda self, x, y: (setattr(self, 'x', 1), setattr(self, 'y', 1), None)[2]
        if i == 2500:
            Point.__init__ = lambda self, x, y: 5
            try:
                Point(1, 2)
            except TypeError as e:
                text = str(e)
            Point.__init__ = old
    return total, text


old = Point.__init__
print(instances_made())


class Base:
    def f(self, n):
        return n + 1

    @classmethod
    def c(cls, n):
        return cls.__name__, n

    @staticmethod
    def s(n):
        return n * 2


class Derived(Base):
    def f(self, n):
        return super().f(n) * 2

    @classmethod
    def c(cls, n):
        return super().c(n + 1)


def supers():
    d = Derived()
    total = 0
    for i in range(4000):
        total += d.f(i) + d.s(i) + d.c(i)[1] + Derived.c(i)[1]
        if i == 2000:
            Base.f = lambda self, n: n - 1
        elif i == 3000:
            Base.s = staticmethod(lambda n: 0)
        elif i == 3500:
            d = Base()
    return total


print(supers())


class Callable:
    def __call__(self, x):
        return x + 1


class Operators:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        if isinstance(other, str):
            return NotImplemented
        return Operators(self.v + (other.v if isinstance(other, Operators) else other))

    def __radd__(self, other):
        return ('radd', other)

    def __lt__(self, other):
        return self.v < other.v

    def __eq__(self, other):
        return isinstance(other, Operators) and self.v == other.v

    def __bool__(self):
        return self.v % 2 == 0

    def __len__(self):
        return self.v

    def __getitem__(self, k):
        if k > 10:
            raise IndexError(k)
        return self.v + k

    def __contains__(self, k):
        return k == self.v

    def __iter__(self):
        return iter((self.v, 1, 2))


def operators():
    o = Operators(1)
    p = Operators(3)
    f = Callable()
    log = []
    total = 0
    for i in range(4000):
        q = o + p if i != 2500 else o + 5
        total += q.v + (1 if o < p else 0) + (1 if q else 0) + q[i % 9] + f(i) + (i in q)
        if o == p:
            total += 10000
        for x in o:
            total += x
        if i == 1500:
            o = Operators(3)
        if i == 2000:
            try:
                o + 'text'
            except TypeError as e:
                log.append(str(e))
            log.append(5 + o)
        if i == 3000:
            Operators.__bool__ = lambda self: True
        if i == 3500:
            Callable.__call__ = lambda self, x: -x
    return total, log


print(operators())
