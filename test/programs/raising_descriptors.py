# Special methods that are no functions: properties that raise, static and class methods.
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, getattr(e,'name',None), type(getattr(e,'obj',None)))
def booh(self): raise AttributeError('booh')
def zde(self): raise ZeroDivisionError('booh')
class E: __eq__ = property(booh)
class L:
    __lt__ = property(zde)
class A:
    def __eq__(self,o): return NotImplemented
    def __lt__(self,o): return NotImplemented
    def __gt__(self,o): return NotImplemented
class G:
    __gt__ = property(zde)
    __eq__ = property(zde)
class S:
    @staticmethod
    def __eq__(o): return ('S', type(o))
    @classmethod
    def __gt__(cls, o): return ('S', cls, type(o))
t(lambda: E()==E())
t(lambda: E()!=E())
t(lambda: L()<1)
t(lambda: A()<G())
t(lambda: A()==G())
t(lambda: A()==S())
t(lambda: A()<S())
class B:
    __add__=property(zde)
    __neg__=property(zde)
    __radd__=property(zde)
t(lambda:B()+1)
t(lambda:1+B())
t(lambda:-B())
class C:
    def __add__(self,o): return NotImplemented
class D:
    @staticmethod
    def __radd__(o): return 'D.radd'
t(lambda: C()+D())
t(lambda: C()+B())
class K:
    __len__=property(zde); __iter__=property(zde); __bool__=property(zde); __contains__=property(zde); __getitem__=property(booh)
    __hash__=property(zde); __call__=property(booh); __str__=property(booh); __repr__=property(zde)
    __enter__=property(zde); __exit__=property(booh)
    __index__=property(zde);__format__=property(zde)
k=K()
for f in len,iter,bool,hash,str,repr,list: t(lambda: f(k))
t(lambda: k[1]); t(lambda: k()); t(lambda: 1 in k); t(lambda: [1][k]); t(lambda: f'{k}'); t(lambda: (1 if k else 2)); t(lambda: not k)
def w():
    with k: pass
t(w)
def w():
    for x in k: pass
t(w)
class I:
    __init__=property(booh)
t(I)
class I:
    __new__=property(booh)
t(I)
class M(type):
    __call__=property(zde)
    __instancecheck__=property(zde)
    __getattribute__=property(zde)
class N(metaclass=M): pass
t(lambda: N())
t(lambda: isinstance(1,N))
t(lambda: N.x)
