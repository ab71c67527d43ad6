class C:
    def __buffer__(self, flags):
        print('flags', flags); return memoryview(b'abc')
    def __release_buffer__(self, v): print('rel', v.tobytes(), v.obj)
m = memoryview(C())
print(type(m.obj), m.readonly)
print(type(m[1:].obj))
m.release()
try: m.tobytes()
except ValueError as e: print(e)
print(bytes(C()), b''.join([C(), b'x']))
for a in ['__buffer__','__release_buffer__']:
    print([t.__name__ for t in (bytes,bytearray,memoryview,C) if hasattr(t,a)])
print([n for n in sorted(dir(memoryview)) if n != '__doc__'])
b = bytearray(b'abc')
mv = b.__buffer__(0)
print(mv, mv.format, mv.shape) if 0 else print(mv.format, mv.shape, mv.ndim, mv.strides)
try: b.append(1)
except BufferError as e: print(e)
b.__release_buffer__(mv)
b.append(2)
for f in (0, 1, 4, 8, 284, 285):
    try: bytes(b'ab').__buffer__(f)
    except BufferError as e: print(f, e)
m = memoryview(b)
for c in ["m['a']","m[None]","m[5]","m[1,2]","m[1:2,3]","m[...]","m[()]", "m.cast('x')","m.cast('H')","m.cast(1)","m.cast('B',3)","m.cast('B',[-1])","m.cast('B',[2,2])", "m.cast('B',(2,2))", "m.cast('B',(3,2))","hash(m)","m.tobytes('x')","m.hex(3)","m.index(7)","m.index(2)","m.count(97)","m.__enter__() is m","m.suboffsets","m.tolist()","m.contiguous, m.c_contiguous, m.f_contiguous","m.nbytes, m.itemsize, m.ndim,m.shape, m.strides","m<m","m==b","m!=3","memoryview(1)","memoryview()","memoryview(object=b)==m","m[::-1].tolist()","m[::2].tobytes()","m[::-1].cast('B')","bytes(m[::-1])","bytearray(m[::2])","m.cast('B',[2,2]).tolist()","m.cast('B',[2,2])[0]","m.cast('B',[2,2])[0,1]","m.cast('B',[2,2])[0,5]","m.cast('B',[2,2])[0,1,1]","m.cast('B',[2,2])[0:1]","m.cast('B',[2,2])[(0,)]","len(m.cast('B',[2,2]))","m.cast('B',[]).tolist()","m[:1].cast('B',[])[()]","m[:1].cast('B',[])[...]","m[:1].cast('B',[])[0]","len(m[:1].cast('B',[]))","iter(m[:1].cast('B',[]))","list(reversed(m))","97 in m","'a' in m","m.cast('c').tolist()","m.toreadonly().readonly","m[0:2].obj is b","type(iter(m)).__name__","m.cast('@H').tolist()","m.cast('<H')","m.cast('f').tolist()","memoryview(bytes(range(12))).cast('B',[2,2,3]).tolist()","memoryview(bytes(range(12))).cast('B',[3,4])[::2].tolist()","memoryview(bytes(range(12))).cast('B',[3,4]).tobytes('F')","memoryview(bytes(8)).cast('e').tolist()","memoryview(bytearray(8)).cast('d')[0]","memoryview(bytes(range(250,256))).cast('b').tolist()","memoryview(b'ab')[::-1] == b'ba'","memoryview(b'abc')==memoryview(b'abc').cast('c')","memoryview(b'abcd').cast('H') == memoryview(b'abcd')","memoryview.__class_getitem__(int)","memoryview[int]","m.index(1,2,3,4)","memoryview(b'ab').__hash__()==hash(b'ab')","m.cast('B').cast('H').cast('I')","m.cast(format='B').shape", "m.cast('B', shape=[4]).shape","m.hex('-',2)","m.tobytes(order='F')"]:
    try:
        r = eval(c)
        print(c, 'a view' if isinstance(r, memoryview) else r)
    except BaseException as e: print(c, type(e).__name__, e)
for c in ["m[0]=256","m[0]='a'","m[0:2]=b'abc'","m[0:2]=b'zz'","del m[0]","m[9]=1","m['a']=1","m.toreadonly()[0]=1","m.cast('c')[0]=b'q'","m.cast('c')[0]=1","m.cast('c')[0]=b'qq'","m.cast('?')[0]=[1]","m.cast('f')[0]=1.5","m.cast('H')[0]=70000","m.cast('H')[0]=1.5","m[:1].cast('B',[])[()]=5","m[:1].cast('B',[])[0]=5","m.cast('B',[2,2])[1,1]=9","m.cast('B',[2,2])[1]=9","m.cast('B',[2,2])[1:2]=b'ab'","m[::2]=b'xy'","m[0:2]=m[1:3]","m[0:2]=3","m[0:2]=memoryview(b'ab').cast('c')","memoryview(b'a')[0]=1","del memoryview(b'a')[0]", "b.clear()","m.release();b.clear()","m[0]=1","m.release()"]:
    try: exec(c); print(c, b)
    except BaseException as e: print(c, type(e).__name__, e)
b = bytearray(b'abcdef')
x = bytes(memoryview(b)[:3]); del b[:3]; print(b)
def f():
    b = bytearray(b'abcdef')
    for i in range(5000):
        n = len(bytes(memoryview(b)[:3])); b.append(i & 255); del b[:1]
    m = memoryview(b)
    try: b.append(1)
    except BufferError as e: print(e)
    def g(m):
        del m
    g(m); del m
    b.append(1)
    with memoryview(b) as v:
        try: b.clear()
        except BufferError as e: print(e)
    b.clear()
    l = [memoryview(b)]
    try: b.append(1)
    except BufferError as e: print(e)
    l = None
    b.append(1)
    print(b)
f()

import sys
total = 0
data = memoryview(bytearray(range(256)))
words = data.cast('H')
for i in range(8000):
    data[i & 255] = (data[i & 127] + i) & 255
    total += data[-1] + len(data[i & 127:]) + words[i & 127]
print(total, data.hex()[:40], words[::16].tolist())
