# generator protocol: what CPython 3.14 says, word for word.
def g():
    try:
        x = yield 1
        print('got', x)
        y = yield 2
        print('got', y)
    except ValueError as e:
        print('caught', e)
        yield 'after'
    finally:
        print('finally')
    return 'ret'
a = g(); print(next(a), a.send('s'), a.throw(ValueError('v')))
try: next(a)
except StopIteration as e: print('stop', e.value)
def outer():
    r = yield from g()
    print('r', r)
    return r
b = outer(); print(next(b), b.send(5)); 
try: b.throw(ValueError('vv')); next(b)
except StopIteration as e: print(repr(e.value))
c = outer(); next(c); c.close(); print(c.gi_frame, c.gi_running)
def bad():
    try: yield 1
    except GeneratorExit: yield 2
d = bad(); next(d)
try: d.close()
except RuntimeError as e: print(e)
def leak(): yield 1; raise StopIteration('x')
e = leak(); next(e)
try: next(e)
except RuntimeError as x: print(x, repr(x.__cause__))
def rec(): 
    yield next(me)
me = rec()
try: next(me)
except ValueError as x: print(x)
z = g()
try: z.send(1)
except TypeError as x: print(x)
print(list(x*2 for x in range(5)), sum(i for i in range(10)), dict((k, v) for k, v in zip('ab', [1,2])))
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration(99)
        return self.n
def d2():
    r = yield from It(); print('it', r)
    r = yield from [7, 8]; print(r)
print(list(d2()))
def thr():
    while True:
        try: yield
        except Exception as e: print('exc', e)
t = thr(); next(t); t.throw(KeyError('k')); t.throw(IndexError); 
class D:
    def __iter__(self): return self
    def __next__(self): return 5
    def throw(self, *a): print('throw', a[0]); raise StopIteration('done')
    def close(self): print('closed')
def dd():
    r = yield from D(); print('r', r); yield 'end'
q = dd(); next(q); print(q.throw(ValueError('zz')))
q = dd(); next(q); q.close()
import sys
def exc():
    try: 1/0
    except ZeroDivisionError:
        yield sys.exception()
        yield sys.exception()
    yield sys.exception()
w = exc(); print(next(w)); print(sys.exception())
try: {}['a']
except KeyError:
    print(repr(sys.exception())); print(next(w)); print(repr(sys.exception())); print(repr(next(w)))
print(sys.exception())
async def co(): return 5
async def co2():
    x = await co()
    return x + 1
k = co2()
try: k.send(None)
except StopIteration as e: print(e.value)
print(type(k).__name__, g.__name__, a.__name__, a.__qualname__)
def nested():
    def inner(n):
        if n: yield n; yield from inner(n-1)
    return list(inner(5))
print(nested())
gen = (i for i in range(3)); print(next(gen), next(gen), next(gen), next(gen, 'dflt'))
