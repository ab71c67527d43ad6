# Streams of _io: files in text and binary mode, StringIO and BytesIO, positions, newlines, encodings, sys.stdout.
print("hello", "wörld", 3)
import _io
f = _io.StringIO()
print("abc", file=f); f.write("déf\n"); f.write("\u1234\U00012345")
print(repr(f.getvalue()), f.tell()); f.seek(0); print(list(f)); print(f.seek(2), f.read(3), f.read())
b = _io.BytesIO(b"line1\nline2\nrest")
print(b.readline(), b.read(3), b.tell(), list(b), b.getvalue()); b.seek(0,2); b.write(b"xyz"); b.seek(20); b.write(b'!'); print(b.getvalue())
name='/tmp/copyjit_streams.txt'
with open(name,'w') as f:
    print(f, f.mode, f.encoding, f.name)
    for i in range(1000): f.write("line %d é\n" % i)
    print(f.tell())
with open(name) as f:
    print(sum(1 for _ in f), f.tell())
    f.seek(0); print(f.readline(), f.tell(), f.readline(4), f.read(10), f.tell())
    t=f.tell(); x=f.read(); f.seek(t); print(len(x), f.read()==x)
with open(name,'rb') as f:
    print(f, f.readline(), f.read(5), f.peek(3)[:3], f.tell(), f.seek(-5,2), f.read(), f.readline())
with open(name,'r+b') as f:
    f.seek(3); f.write(b'XX'); f.seek(0); print(f.readline()); f.write(b'YYYY'); f.seek(0); print(f.readline(), f.readline())
with open(name,'w',newline='\r\n') as f: f.write('a\nb\n')
print(open(name,'rb').read(), open(name).read(), open(name, newline='').readlines(), open(name,newline='\r').readlines())
for e in ('utf-16','latin-1','cp1252','utf-8-sig'):
    with open(name,'w',encoding=e) as f: f.write('hé\nllo\n'); f.write('wörld\n')
    with open(name,encoding=e) as f:
        print(e, f.readline(), f.tell(), f.read())
    with open(name,encoding=e) as f:
        f.readline(); t=f.tell(); x=f.read(3); f.seek(t); print(t, f.read(3)==x)
def attempt(f,*a,**k):
    try: print(f(*a,**k))
    except Exception as e: print(type(e).__name__, str(e).split('] ')[-1])
attempt(open,'/nonexistent'); attempt(open,'/tmp'); attempt(open,name,'rw'); attempt(open,name,'q'); attempt(open,name,'rb',encoding='utf-8')
attempt(open(name).write,'x'); attempt(open(name,'w').read)
f=open(name); f.close(); attempt(f.read); attempt(f.readline); print(f.closed)
open(name,'wb').write(b'abc\xff\ndef'); attempt(open(name).read); attempt(open(name).readline); attempt(open(name,errors='replace').read)
print(open(name,'rb',buffering=0).readall(), open(name,'rb',0))
import sys
class W:
    def write(self, s): old.write('<%s>' % s)
old=sys.stdout; sys.stdout=W(); print('x','y'); sys.stdout=old
s=sys.stdout=_io.StringIO(); print('captured'); sys.stdout=old; print(repr(s.getvalue()))
print(open is _io.open)
