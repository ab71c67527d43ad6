# Attribute access in every form: descriptors, properties, __getattr__, __getattribute__, __setattr__, __delattr__,
# function and method attributes, __dict__, dir, vars.


class Descriptor:
    def __init__(self, name): self.name = name
    def __get__(self, obj, cls):
        print('get', self.name, obj is not None, cls.__name__)
        return 'value of ' + self.name
    def __set__(self, obj, value): print('set', self.name, value)
    def __delete__(self, obj): print('delete', self.name)


class NonData:
    def __get__(self, obj, cls): return 'non-data'


class SetOnly:
    def __set__(self, obj, value): obj.__dict__['s'] = value * 2


class Host:
    d = Descriptor('d')
    n = NonData()
    s = SetOnly()
    plain = 'class value'


h = Host()
print(h.d, Host.d)
h.d = 5
del h.d
h.__dict__['d'] = 'hidden'
print(h.d)
print(h.n)
h.n = 'own'
print(h.n, Host.n)
del h.n
print(h.n)
h.s = 4
print(h.s)
print(h.plain)
h.plain = 'own'
print(h.plain, Host.plain, vars(h))
del h.plain
print(h.plain)


class Temperature:
    def __init__(self): self._c = 0
    @property
    def c(self):
        "degrees"
        return self._c
    @c.setter
    def c(self, value):
        if value < -273: raise ValueError('too cold')
        self._c = value
    @c.deleter
    def c(self): self._c = None
    ro = property(lambda self: 'ro')
    wo = property(None, lambda self, v: print('wo', v))


t = Temperature()
t.c = 21
print(t.c, Temperature.c.__doc__, Temperature.c.fget.__name__, Temperature.c.__name__)
del t.c
print(t.c)
for action in ['t.c = -300', 't.ro = 1', 'del t.ro', 't.wo', 't.nothing']:
    try:
        exec(action)
    except (AttributeError, ValueError) as e:
        print(type(e).__name__, e)
t.wo = 3


class Sub(Temperature):
    @Temperature.c.getter
    def c(self): return 'sub ' + str(self._c)


u = Sub()
u.c = 3
print(u.c)


class Magic:
    def __init__(self): object.__setattr__(self, 'log', [])
    def __getattr__(self, name):
        if name == 'missing': raise AttributeError('no ' + name)
        return 'dynamic ' + name
    def __setattr__(self, name, value):
        self.log.append((name, value))
        object.__setattr__(self, name, value)
    def __delattr__(self, name):
        self.log.append(('del', name))
        object.__delattr__(self, name)


m = Magic()
print(m.foo, getattr(m, 'bar'), hasattr(m, 'missing'), hasattr(m, 'other'), getattr(m, 'missing', 'default'))
m.x = 1
del m.x
print(m.log, m.x)


class Watching:
    def __getattribute__(self, name):
        if name.startswith('w_'): return 'watched ' + name
        return super().__getattribute__(name)
    def __getattr__(self, name): return 'fallback ' + name
    real = 1


w = Watching()
print(w.w_a, w.real, w.nope)


class PropertyError:
    @property
    def p(self): return self.inner_missing
    def __getattr__(self, name): return 'getattr ' + name


print(PropertyError().p)


# functions and methods
def f(a, b=2, *args, c, d=4, **kw):
    "doc"
    return a


f.attr = 'x'
print(f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__module__, f.attr, f.__dict__)
f.__defaults__ = (20, 30)
f.__kwdefaults__ = {'c': 7, 'd': 8}
print(f(), f.__kwdefaults__)
f.__name__ = 'renamed'
print(f.__name__, f.__code__.co_name, f.__code__.co_argcount, f.__code__.co_varnames, f.__closure__, f.__globals__ is globals())
for action in ['f.__code__ = 1', 'f.__defaults__ = 1', 'f.__name__ = 1', 'f.__closure__ = 1', 'f.__dict__ = 1', 'f.nope']:
    try:
        exec(action)
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)


class K:
    def method(self): "mdoc"; return self
    @staticmethod
    def static(x): return x
    @classmethod
    def klass(cls): return cls


k = K()
b = k.method
print(b.__self__ is k, b.__func__ is K.method, b.__name__, b.__doc__, b == k.method, b is k.method, hash(b) == hash(k.method))
print(k.static(3), K.static(4), k.klass() is K, K.klass() is K, K.klass.__self__ is K)
try:
    b.attr = 1
except AttributeError as e:
    print('AttributeError', e)
K.method.attr = 5
print(b.attr, K.__dict__['static'].__func__(9), type(K.__dict__['klass']).__name__)
print(K.method(3))


# instance dictionaries
class D: pass


d = D()
d.a = 1
d.b = 2
d.c = 3
del d.b
print(d.__dict__, list(vars(d)))
d.__dict__['z'] = 26
print(d.z)
d.__dict__ = {'fresh': 1}
print(d.fresh, hasattr(d, 'a'))
d.later = 2
print(d.__dict__)
e = D()
for i in range(20):
    setattr(e, 'attr%d' % i, i)
print(sum(getattr(e, 'attr%d' % i) for i in range(20)), len(e.__dict__))
for i in range(0, 20, 3):
    delattr(e, 'attr%d' % i)
print(sorted(e.__dict__.values()))
many = D()
for i in range(400):
    setattr(many, 'n%d' % i, i)
print(many.n399, len(vars(many)))
order = D()
order.x = 1
order.y = 2
del order.y
order.y = 3
del order.x
order.x = 4
print(order.__dict__)
for bad in [lambda: setattr(d, 1, 2), lambda: getattr(d, 1), lambda: d.nope, lambda: D.nope, lambda: (1).nope,
            lambda: setattr(1, 'a', 1), lambda: setattr(int, 'a', 1), lambda: delattr(d, 'nope'), lambda: delattr(D, 'nope'),
            lambda: setattr((1).real, 'imag', 1), lambda: [].append.nope, lambda: None.x, lambda: setattr(None, 'x', 1)]:
    try:
        bad()
    except (AttributeError, TypeError) as err:
        print(type(err).__name__, err)
try:
    d.attribute_error_fields
except AttributeError as err:
    print(err.name, err.obj is d)

print([n for n in dir(D()) if not n.startswith('__')], 'x' in dir(order), '__class__' in dir(d))
print(callable(D), callable(d), callable(len), callable(b), callable(1))
print(D.__dict__['__module__'], type(D.__dict__).__name__, D.__doc__, D.__name__)


class Doc:
    """The docs."""


print(Doc.__doc__, Doc().__doc__)
Doc.extra = lambda self: 'extra'
print(Doc().extra())
del Doc.extra
print(hasattr(Doc, 'extra'))


class WithBases(int):
    def __getattr__(self, name): return name * self


n = WithBases(2)
n.a = 'set'
print(n.ab, n.a, n + 1, n.__dict__)
class L(list): pass
l = L([1, 2])
l.name = 'list'
print(l, l.name, l.__dict__, len(l))
class St(str): pass
s = St('abc')
s.tag = 1
print(s.upper(), s.tag, s.__dict__)
class Tu(tuple): pass
tt = Tu((1, 2))
tt.tag = 2
print(tt, tt.tag)
def f(a, b=2):
    c = 3
    print(sorted(vars()), dir(), vars()['c'], sorted(locals()))
f(1)
class K:
    x = 1
    print([n for n in dir() if not n.startswith('__')], vars()['x'])
print('f' in vars(), 'K' in dir())
