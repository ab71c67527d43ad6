# The data model, section 3.3.2: attribute access, descriptors of every kind, super().

def attempt(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f'{type(e).__name__}: {e}'


class Data:
    def __get__(self, obj, owner=None):
        return ('get', obj is not None, owner.__name__ if owner else None)

    def __set__(self, obj, value):
        print('set', value)

    def __delete__(self, obj):
        print('delete')


class NonData:
    def __get__(self, obj, owner=None):
        return ('nondata', obj is not None)


class SetOnly:
    def __set__(self, obj, value):
        obj.__dict__['setonly'] = value * 2


class DeleteOnly:
    def __delete__(self, obj):
        print('deleted')


class C:
    data = Data()
    nondata = NonData()
    setonly = SetOnly()
    deleteonly = DeleteOnly()
    plain = 1


c = C()
c.__dict__.update(data=1, nondata=2, setonly=3, deleteonly=4)
print(c.data, c.nondata, c.setonly, c.deleteonly, C.data, C.nondata, type(C.setonly).__name__)
c.data = 5
del c.data
c.nondata = 6
print(c.nondata)
del c.nondata
print(c.nondata)
c.setonly = 7
print(c.setonly, attempt(lambda: delattr(c, 'setonly')), attempt(lambda: setattr(c, 'deleteonly', 1)))
del c.deleteonly
print(attempt(lambda: delattr(c, 'plain')), attempt(lambda: delattr(c, 'nope')), attempt(lambda: c.nope))


# hooks
class Hooks:
    def __init__(self):
        object.__setattr__(self, 'log', [])

    def __getattr__(self, name):
        if name.startswith('x'):
            return f'dynamic {name}'
        raise AttributeError(f'no {name}')

    def __setattr__(self, name, value):
        self.log.append(('set', name, value))
        super().__setattr__(name, value)

    def __delattr__(self, name):
        self.log.append(('del', name))
        object.__delattr__(self, name)

    def __dir__(self):
        return ['b', 'a']


h = Hooks()
h.v = 1
del h.v
print(h.xyz, attempt(lambda: h.abc), h.log, dir(h), getattr(h, 'nope', 'default'), hasattr(h, 'x1'), hasattr(h, 'y1'))


class All:
    def __getattribute__(self, name):
        if name == 'secret':
            raise AttributeError('hidden')
        return ('all', name)

    def __getattr__(self, name):
        return ('fallback', name)

    def __len__(self):
        return 3


print(All().anything, All().secret, All().__class__, len(All()), type(All()).__name__)


class BadDir:
    def __dir__(self):
        return 5


print(attempt(lambda: dir(BadDir())))


# property
class P:
    def __init__(self):
        self._x = 1

    @property
    def x(self):
        "doc of x"
        return self._x

    @x.setter
    def x(self, value):
        self._x = value

    @x.deleter
    def x(self):
        del self._x

    @property
    def readonly(self):
        return 1

    writeonly = property(None, lambda self, v: print('wrote', v))


p = P()
p.x = 5
print(p.x, P.x.__doc__, P.x.fget.__name__, attempt(lambda: setattr(p, 'readonly', 1)), attempt(lambda: delattr(p, 'readonly')), attempt(lambda: p.writeonly))
p.writeonly = 3
del p.x
print(attempt(lambda: p.x), attempt(lambda: P.x.__set__(p, 3)), p.x, P.x.__get__(None, P) is P.x, attempt(lambda: property().__get__(1)))
prop = property(doc='given')
print(prop.__doc__, prop.fget, attempt(lambda: prop.__set__(1, 2)), attempt(lambda: prop.__delete__(1)), property.__name__, P.readonly.__name__, attempt(lambda: prop.__name__))


class PropChild(property):
    """a child"""


print(PropChild(lambda s: 1, doc='x').__doc__, PropChild.__doc__, attempt(lambda: PropChild(1, 2, 3, 4, 5)), P.x.__isabstractmethod__)


# functions, static and class methods
class M:
    def f(self, a=1):
        return (type(self).__name__, a)

    @staticmethod
    def s(a):
        return ('s', a)

    @classmethod
    def k(cls, a):
        return (cls.__name__, a)


m = M()
print(m.f(2), M.f(m, 3), m.s(1), M.s(2), m.k(1), M.k(2), m.f.__self__ is m, m.f.__func__ is M.f, m.f == m.f, m.f is m.f, hash(m.f) == hash(m.f))
print(M.__dict__['s'].__func__(1), M.__dict__['k'].__func__(M, 1), M.__dict__['s'](5), attempt(lambda: M.__dict__['k'](5)))
print(M.f.__get__(m)(7), M.f.__get__(m, M)(8), attempt(lambda: M.f.__get__(None, None)), M.f.__get__(None, M) is M.f)
print(attempt(lambda: M.f()), attempt(lambda: m.s()), attempt(lambda: M.k()))
print(attempt(lambda: setattr(m.f, 'x', 1)), attempt(lambda: m.f.__nope__))


class Callable:
    def __call__(self, *args):
        return args


class WithCallable:
    c = Callable()


print(WithCallable().c(1))
W = type('W', (), {'__call__': Callable()})
print(attempt(lambda: W()(5)))


# super
class G1:
    def who(self): return 'G1'
    @classmethod
    def cm(cls): return ('G1', cls.__name__)
    @staticmethod
    def sm(): return 'G1s'
    attr = 'g1'
    @property
    def prop(self): return 'G1p'


class G2(G1):
    def who(self): return 'G2' + super().who()
    @classmethod
    def cm(cls): return ('G2', super().cm())
    @staticmethod
    def sm(): return attempt(lambda: super().sm())
    @property
    def prop(self): return 'G2' + super().prop
    def explicit(self): return super(G2, self).who()
    def attribute(self): return super().attr
    def missing(self): return super().nope
    def set(self): super().value = 5


g = G2()
print(g.who(), g.cm(), G2.cm(), g.sm(), g.prop, g.explicit(), g.attribute(), attempt(g.missing), attempt(g.set))
s = super(G2, g)
print(s.who(), s.__self__ is g, s.__thisclass__, s.__self_class__, repr(s)[:18], attempt(lambda: super(G2, 5)), attempt(lambda: super(5, 6)), attempt(lambda: super()))
u = super(G2)
print(repr(u), u.__get__(g, G2).who(), attempt(lambda: u.who), attempt(lambda: super(G2, g, 5)), u.__self__, super(G2, G2).cm())


def no_cell():
    return super()


def with_arg(x):
    return super()


print(attempt(no_cell), attempt(with_arg, 1))


class Cell:
    def f(self):
        return __class__

    def g(self):
        del self
        return super()

    def h(*args):
        return super().__init__


print(Cell().f() is Cell, attempt(Cell().g), attempt(lambda: Cell().h().__class__.__name__))


class SuperDescriptor:
    u = super(G2)


# __getattr__ of modules
import sys
ModuleType = type(sys)
mod = ModuleType('mod', 'its doc')
mod.__file__ = 'mod.py'
mod.__getattr__ = lambda name: f'module {name}' if name != 'no' else (_ for _ in ()).throw(AttributeError('no such'))
mod.__dir__ = lambda: ['z', 'y']
print(mod.anything, attempt(lambda: mod.no), dir(mod), mod.__doc__, mod.__name__, repr(mod))
print(attempt(lambda: ModuleType()), attempt(lambda: ModuleType(5)), attempt(lambda: mod.__dict__.__class__.__name__))
del mod.__getattr__
print(attempt(lambda: mod.anything))
del mod.__name__
print(attempt(lambda: mod.anything), repr(mod))
