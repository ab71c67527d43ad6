# Numbers of arguments, states of iterators, names of classes, __debug__ and other small print.
import sys
def r(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
def f(*a, **k): pass
r(lambda: f(**{1:3}, **{1:5}))
r(lambda: f(**{1:3}))
r(lambda: f(a=1, **{'a':3}))
r(lambda: f(**{'a':3}, **{'a':5}))
r(lambda: f(**{1:3}, **{2:5}))
r(lambda: f(**{(1,2):3}, **{(1,2):5}))
r(lambda: f.__call__(**{1:3}, **{1:5}))
r(lambda: len(**{1:3}, **{1:5}))
r(lambda: (lambda **k:0)(**{1:3}, **{1:5}))
class A:
    def m(self, **k): pass
r(lambda: A().m(**{1:3}, **{1:5}))
r(lambda: A(**{1:3}, **{1:5}))
r(lambda: iter(range(3)).__setstate__(1.0))
r(lambda: iter(range(3)).__setstate__(''))
r(lambda: iter(range(10**30)).__setstate__(1.0))
r(lambda: iter(range(10**30)).__setstate__(''))
r(lambda: iter([1]).__setstate__(''))
r(lambda: iter('ab').__setstate__(''))
r(lambda: iter((1,)).__setstate__(''))
r(lambda: iter(b'a').__setstate__(''))
r(lambda: reversed([1]).__setstate__(''))
r(lambda: reversed('1').__setstate__(''))
class C3(int):
    def __eq__(self, other): return True
r(lambda: C3(11) in range(10))
r(lambda: range(10).index(C3(11)))
r(lambda: range(10).count(C3(11)))
r(lambda: range(3).index(C3(11)))
r(lambda: sum([complex(1, -0.0), 1]))
r(lambda: sum([1, complex(1, -0.0)]))
r(lambda: sum([complex(1, -0.0), 1.0]))
r(lambda: sum([complex(1, -0.0), complex(2,-0.0), True]))
r(lambda: type.__new__(type))
r(lambda: type())
r(lambda: type(1,2))
r(lambda: type('a',(),{},1))
class T(type): pass
r(lambda: T(1)); r(lambda: T()); r(lambda: T(1,2))
r(lambda: type('a\udcdb',(),{}))
r(lambda: type('A',(),{'__doc__':'a\udcdb'}))
def s():
    A.__name__='a\udcdb'
r(s)
def s(): A.__name__='a\0b'
r(s)
def s(): A.__qualname__=1
r(s)
class B: 
    pass
print('__firstlineno__' in B.__dict__)
B.__module__='foo'
print('__firstlineno__' in B.__dict__, B.__module__)
r(lambda: str('a','b','c','d'))
r(lambda: str(b'a','b','c',encoding=1))
r(lambda: str(b'a',encoding='utf8', errors='strict', object=b'a'))
r(lambda: str(b'a',foo=1))
r(lambda: str(1,encoding='a'))
r(lambda: 'abc'.__getnewargs__()[0]=='abc')
r(lambda: __debug__)
exec(compile("print(__debug__)","","exec",optimize=1))
exec(compile("print(__debug__)\nassert 0\nprint(f.__doc__ if 0 else 1)","","exec",optimize=2))
r(lambda: [1]*(10**30));
r(lambda: "a" * -10**30)
