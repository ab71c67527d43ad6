# Messages of errors that name types, as CPython 3.14 puts them.
class Outer:
    class X:
        __slots__=('a','__dict__')
        pass
    class F(float): pass
x=Outer.X()
import sys
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, getattr(e,'name',None), type(getattr(e,'obj',None)))
t(lambda: x.a)
def d(): del x.a
t(d)
t(lambda: x.b)
t(lambda: '%c' % x)
t(lambda: b'%c' % x)
t(lambda: '%c' % 'ab')
t(lambda: '%c' % b'ab')
t(lambda: b'%c' % b'ab')
t(lambda: b'%c' % bytearray(b'ab'))
t(lambda: b'%c' % 'ab')
t(lambda: b'%c' % 1.5)
t(lambda: '%d' % x)
t(lambda: '%x' % x)
t(lambda: '%x' % 1.5)
t(lambda: '%f' % x)
t(lambda: b'%d' % x)
t(lambda: b'%x' % x)
t(lambda: b'%f' % x)
t(lambda: b'%b' % x)
t(lambda: '%*d' % (x,1))
class A:
    def __str__(self): return x
    def __repr__(self): return x
    def __format__(self,s): return x
    def __bytes__(self): return x
    def __int__(self): return x
    def __index__(self): return x
    def __float__(self): return x
    def __complex__(self): return x
    def __bool__(self): return x
    def __len__(self): return x
    def __hash__(self): return x
    def __iter__(self): return x
    def __dir__(self): return x
    def __length_hint__(self): return x
    def __init__(self,*a):
        if a: self.__class__=B
class B:
    def __init__(self): return x
a=A()
for f in str,repr,format,bytes,int,float,complex,bool,len,hash,iter,dir,list,ascii: t(lambda: f(a))
t(lambda: f'{a}')
t(lambda: '%s' % a)
t(lambda: [1][a])
t(lambda: [1][a:])
t(lambda: range(a))
t(B)
t(lambda: x+1)
t(lambda: x<1)
t(lambda: -x)
t(lambda: x[0])
t(lambda: x())
t(lambda: len(x))
t(lambda: next(x))
t(lambda: hash(x) and {[]:1})
t(lambda: str(b'a',x))
t(lambda: ''.join([x]))
t(lambda: b''.join([x]))
t(lambda: int(x))
t(lambda: float(x))
t(lambda: complex(x))
t(lambda: complex('1', x))
t(lambda: complex(1, '1'))
t(lambda: complex(1, x))
t(lambda: isinstance(1,x))
t(lambda: issubclass(1,int))
t(lambda: 'a'.replace(x,x))
t(lambda: 'a'.startswith(x))
t(lambda: 'a' in x)
t(lambda: x in 'a')
t(lambda: pow(x,1,2))
t(lambda: chr(x)); t(lambda: ord(x)); t(lambda: ord('ab')); t(lambda: ord(b'ab'))
t(lambda: type('a',(),{'__slots__':(x,)}))
t(lambda: reversed(x)); t(lambda: round(x)); t(lambda: divmod(x,1)); t(lambda: abs(x)); t(lambda: memoryview(x)); t(lambda: bytes(x)); t(lambda: bytearray(x))
t(lambda: print('a',sep=x)); t(lambda: print(end=x))
t(lambda: sorted(x)); t(lambda: sum([x])); t(lambda: max(x)); t(lambda: map(x)); t(lambda: map(x,1))
t(lambda: [*x]); t(lambda: {**x}); t(lambda: t(*x)); t(lambda: t(**x))
t(lambda: object.__setattr__(x, x, 1)); t(lambda: getattr(x, x)); 
t(lambda: setattr(x,'__class__',1)); t(lambda: setattr(x,'__dict__',1)); t(lambda: delattr(x,'zz')); t(lambda: delattr(1,'zz')); t(lambda: setattr(1,'zz',1)); t(lambda: setattr(int,'zz',1));
t(lambda: setattr(1,'real',1)); t(lambda: delattr(1,'real'))
def w():
    with x: pass
t(w)
async def aw():
    async with x: pass
def run(c): 
    try: c.send(None)
    except StopIteration as e: return e.value
t(lambda: run(aw()))
async def aw2(): await x
t(lambda: run(aw2()))
async def aw3():
    async for i in x: pass
t(lambda: run(aw3()))
async def aw3():
    async for i in [1]: pass
t(lambda: run(aw3()))
def un():
    a,b=x
t(un)
def r(): raise x
t(r)
def r(): raise ValueError from x
t(r)
def r():
    try: 1/0
    except x: pass
t(r)
def r(): x[1]=1
t(r)
def r(): del x[1]
t(r)
def r(): 
    global x
    y=x; y+=1
t(r)
