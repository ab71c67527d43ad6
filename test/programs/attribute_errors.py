# Which AttributeErrors know the name and the object.
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, getattr(e,'name',None), type(getattr(e,'obj',None)))
class P:
    @property
    def x(self): raise AttributeError('nope')
    @property
    def y(self): raise AttributeError('nope2', name='q', obj=5)
    @property
    def z(self): raise AttributeError
    def __getattr__(self, n): raise AttributeError(n+'!')
class Q:
    def __getattribute__(self, n): raise AttributeError(n+'!')
class R:
    @property
    def x(self): raise AttributeError('nope')
class M(type):
    def __getattr__(self, n): raise AttributeError(n+'!')
class N(metaclass=M): pass
class D:
    def __get__(self, i, o): raise AttributeError('desc')
class E: d=D()
class F: 
    __slots__=()
t(lambda: P().x)
t(lambda: P().y)
t(lambda: P().z)
t(lambda: P().w)
t(lambda: Q().w)
t(lambda: R().x)
t(lambda: R().x())
t(lambda: Q().x())
t(lambda: N.x)
t(lambda: E().d)
t(lambda: E.d)
t(lambda: getattr(R(),'x'))
t(lambda: getattr(Q(),'x'))
t(lambda: R().__getattribute__('x'))
t(lambda: object.__getattribute__(R(),'x'))
t(lambda: super(R, R()).x)
t(lambda: type('Z',(),{'__getattribute__':None})().x)
def s(): F().q=1
t(s)
def s(): F().__class__=1
t(s)
def s(): R().x=1
t(s)
def s(): del R().x
t(s)
def s(): del R().qq
t(s)
def s(): del R.qq
t(s)
def s(): del F.__slots__.x
t(s)
def s(): 
    import sys; del sys.qqq
t(s)
t(lambda: len.qqq)
def f(): pass
def s(): del f.qqq
t(s)
def s(): del f.__code__
t(s)
def s(): f.__code__=1
t(s)
def g(): yield
def s(): g().gi_running=1
t(s)
def s(): del g().qq
t(s)
def s(): g().qq=1
t(s)
t(s)
import operator
t(lambda: operator.attrgetter('x.y')(R()))
t(lambda: operator.methodcaller('x')(R()))
t(lambda: operator.methodcaller('x')(Q()))
class G:
  def __eq__(self,o): raise AttributeError('eq')
  def __getattr__(self,n): raise AttributeError(n)
t(lambda: G()==1)
t(lambda: G()+1)
t(lambda: G()())
import types
m=types.ModuleType('m'); m.__getattr__=lambda n: (_ for _ in ()).throw(AttributeError(n))
def ga(n): raise AttributeError('mod '+n)
m.__getattr__=ga
t(lambda:m.foo)
def s(): 
    from sys import zork
t(s)
