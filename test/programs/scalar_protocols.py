# Numbers, str and bytes: subclasses, conversion protocols, constructors, literals and error messages, an expression a line.
def show(s):
    try:
        print(s, '=>', repr(eval(s, globals())))
    except BaseException as e:
        print(s, '=>', type(e).__name__, '|', e)
class I(int):
    def __repr__(self): return f'I({int(self)})'
class J(int): pass
class F(float):
    pass
class S(str):
    def hello(self): return 'hello ' + self
class B(bytes): pass
class C(complex): pass
class Idx:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
class Fl:
    def __float__(self): return 2.5
class In:
    def __int__(self): return 42
class Bad:
    def __int__(self): return 'x'
    def __float__(self): return 'x'
    def __index__(self): return 'x'
    def __format__(self, s): return 5
    def __str__(self): return 5
    def __repr__(self): return 5
class Fmt:
    def __format__(self, s): return f'<{s}>'
    def __str__(self): return 'FmtStr'
    def __repr__(self): return 'FmtRepr'
class By:
    def __bytes__(self): return b'by'
class Tr:
    def __getitem__(self, k):
        if k == 97: return 'AA'
        if k == 98: return None
        if k == 99: return 100
        raise LookupError
class M(dict):
    def __missing__(self, k): return f'missing {k}'
i = I(5); j = J(10**30); f = F(1.5); s = S('abc'); b = B(b'xyz'); c = C(1, 2)
i.x = 1; f.y = 2; s.z = 3; b.w = 4; c.v = 5
print(i.x, f.y, s.z, b.w, c.v, i, f, s, b, c)
for e in """i + 1
i * 2.5
type(i + i)
-i
+i
~i
type(+i)
abs(I(-3))
i == 5
{5: 'a'}[i]
j
j + 1
j == 10**30
hash(j) == hash(10**30)
int(j)
type(int(j))
f + 1
type(f + f)
f == 1.5
{1.5: 1}[f]
s + 'd'
type(s + s)
type(s.upper())
type(s[:])
type(s.strip())
s == 'abc'
{'abc': 1}[s]
s.hello()
type(str(s))
'%s' % s
f'{s}' 
b + b'1'
type(b[:])
b == b'xyz'
c * 2
c == 1 + 2j
type(-c)
type(c + c)
str(i)
f'{i}'
f'{i:5d}'
f'{f:.3f}'
'%d' % i
'%s' % i
int(Idx(5))
float(Idx(5))
complex(Idx(5))
'abc'[Idx(1)]
'abc'[Idx(0):Idx(2)]
'a' * Idx(3)
[1,2,3][Idx(1)]
hex(Idx(255))
chr(Idx(65))
float(Fl())
complex(Fl())
int(In())
int(Bad())
float(Bad())
hex(Bad())
complex(Bad())
str(Bad())
repr(Bad())
format(Bad(), '')
f'{Bad()}'
'%s' % Bad()
format(Fmt(), 'abc')
f'{Fmt():>{5}}|{Fmt()!r}|{Fmt()!s:>10}'
'{:x} {!s} {!r}'.format(Fmt(), Fmt(), Fmt())
bytes(By())
b'%s' % By()
bytes(Idx(3))
bytes([Idx(1), 2])
'abcd'.translate(Tr())
'{a} {b}'.format_map(M(a=1))
'%(a)s %(zz)s' % M(a=1)
int('0x1F', 16)
int('0b101', 0)
int('0o17', 0)
int('0xff', 0)
int('1_000', 0)
int('  12  ')
int('١٢٣')
int('-0')
int('+5')
int('z', 36)
int('')
int(' ')
int('1__0')
int('_1')
int('1_')
int('0_1', 0)
int('00', 0)
int('01', 0)
int('0x', 16)
int('9', 8)
int('1', Idx(2))
int('1', 37)
int(b'12')
int(b'1f', 16)
int(12.9)
int(-12.9)
int(1e20)
int(True)
int('1.5')
int(x=5)
int('5', base=10)
int(base=10)
int('1' * 4300) == (10**4300 - 1) // 9
int('1' * 4301)
int('1' * 5000, 16) > 0
len(str(10**4299))
str(10**4300)
float('1_000.5')
float('  1e5  ')
float('inf')
float('-Infinity')
float('nan')
float('1e400')
float('1e-400')
float('.5')
float('5.')
float('.')
float('1e')
float('1__0')
float('0x10')
float('١.٥')
float('')
float(b'1.5')
float('1.7976931348623159e308')
float('4.9e-324')
float('2.4e-324')
complex('1+2j')
complex(' (1-2J) ')
complex('j')
complex('-j')
complex('1e5')
complex('nan+infj')
complex('1 + 2j')
complex(1, 2)
complex(1+2j, 3)
complex(1, 2j)
complex('1', 2)
complex(1, '2')
complex()
complex(real=1, imag=2)
complex([])
complex(1, [])
1j ** 2
(1+2j) ** 0.5
(1+2j) ** -2
(1+2j) / (3-4j)
abs(3+4j)
(1+2j).conjugate()
(1+2j) == 1
1j < 2j
divmod(1j, 2)
int(1j)
float(1j)
str(1j)
repr(-0j)
repr(complex(-0.0, 0.0))
repr(complex(0.0, -0.0))
complex(1e16, 1.5e-7)
round(2.5)
round(3.5)
round(-2.5)
round(2.675, 2)
round(1234.5678, -2)
round(1e300, 5)
round(0.5e-10, 10)
round(5, -1)
round(15, -1)
round(25, -1)
round(-15, -1)
round(1.5, Idx(0))
round(10**30, -29)
round(1e308, -308)
round(1.7e308, -308)
round(True)
round(None)
abs(-5)
abs(-2**63)
abs(-5.5)
abs(True)
divmod(-7, 2)
divmod(7.5, -2)
divmod(7, 0)
divmod(2**70, -3)
pow(2, 10)
pow(2, -2)
pow(2, 10, 1000)
pow(3, -1, 7)
pow(2, 10, -7)
pow(2.0, 3)
pow(2, 3, 0)
pow(2, 3, 1.5)
pow('a', 2)
pow(0, 0)
pow(0, -1)
pow(-8, 1/3)
(-2) ** 2
(-2) ** 3
(-1) ** (10**20)
2 ** 0.5
2 ** -1
10 ** 20
10 ** -20
0 ** 5
True + True
True & False
True | 1
True ^ True
~True
-True
True << 3
bool('')
bool(0.0)
bool(0j)
bool('0')
bool([])
True == 1.0
True < 2
isinstance(True, int)
str(True)
f'{True:d}'
f'{True}'
f'{True:>6}'
'%d' % True
1 .real
(5).numerator
(5).imag
(255).to_bytes(2)
(255).to_bytes(2, 'little')
(-1).to_bytes(2, signed=True)
int.from_bytes(b'\\xff\\x00')
int.from_bytes(b'\\xff\\x00', 'little')
int.from_bytes(b'\\xff', signed=True)
int.from_bytes([1, 2])
I.from_bytes(b'\\x05')
(5).bit_length()
(0).bit_length()
(-255).bit_length()
(255).bit_count()
(5).as_integer_ratio()
(0.5).as_integer_ratio()
(0.1).hex()
float.fromhex('0x1.8p3')
float.fromhex('-inf')
float.fromhex('0x1p1024')
(1.0).is_integer()
(5).is_integer()
1 < 1.5
2**53 == 2.0**53
2**53 + 1 == 2.0**53
2**53 + 1 > 2.0**53
10**400 > 1e308
10**400 > float('inf')
-10**400 < float('-inf')
10**400 == float('nan')
1e16
1e15
123456789.123456789
1e-5
0.0001
1e22
1.0
-0.0
5e-324
1.7976931348623157e308
1 / 3
0.1 + 0.2
1e100
float('nan') == float('nan')
5 // 2
-5 // 2
5 % -3
-5.5 // 2
-5.5 % 2
5.5 % -2
1e20 // 3
0.0 % -1.0
-1 % 1e100
2**100 // 3**20
2**100 % 3**20
-2**100 // 3**20
2**64 >> 3
-2**64 >> 70
1 << 100
5 & -2
2**70 & -1
-2**70 | 1
2**70 ^ 2**69
str(2**200)
hash(1.0) == hash(1)
hash(2**31) == hash(2.0**31)
'abc' < 'abd'
'a' < 'B'
'' < 'a'
'abc' * 0
'abc' * -1
3 * 'ab'
'a' 'b'
'abc'[::-1]
'abc'[5:2]
'hello'[1:4:2]
'hello'[-3:]
'h\\u00e9llo'[1]
'\\U0001F600abc'[0]
len('\\U0001F600')
'a,b,c'.split(',', 1)
ord('\\U0001F600')
chr(0x1F600)
'\\x00\\x7f\\x80\\xad\\u200b\\ud800'
ascii('\\x00\\x7f\\x80\\u200b\\U0001F600')
"it's"
'say "hi"'
'both \\' and "'
'tab\\tnl\\n\\\\'
'{:,}'.format(1234567.891)
'{:_}'.format(1234567)
'{:#_x}'.format(123456789)
'{:010.3f}'.format(-3.14159)
'{:+}'.format(5)
'{: }'.format(5)
'{:e}'.format(12345)
'{:g}'.format(1e20)
'{:%}'.format(0.25)
'{:c}'.format(65)
'{:n}'.format(1234)
'{:^+10.2f}'.format(2.345)
'{:=+8}'.format(3)
'{:08b}'.format(5)
'{:x}'.format(255)
'{:X}'.format(255)
'{:o}'.format(8)
'{:s}'.format('abc')
'{:5}'.format('ab')
'{:.1}'.format('ab')
'{:*^7}'.format('ab')
'{:}'.format(3.0)
'{:.3}'.format(3.14159)
'{:10}'.format(3.14)
format(3.14)
format('a', '>5')
format(10**20, ',')
format(1.5, '_.3f')
'{0:.{1}f}'.format(3.14159, 3)
'abc'.encode('utf-16')[2:]
b'abc'.decode()
b'a\\xff'
b"it's"
b'\\x00\\t\\n'
bytes(3)
bytes([1,2,3])
bytes((1,2))
bytes({1})
bytes('h\\u00e9', 'utf-8')
bytes('abc')
bytes('abc', 'ascii', 'strict')
bytes(b'x')
bytes(1.5)
bytes(None)
bytes(-1)
bytes([256])
bytes(['a'])
bytes()
b'abc'[1]
b'abc'[1:]
b'abc' + b'd'
b'abc' * 2
97 in b'abc'
b'b' in b'abc'
'a' in b'abc'
300 in b'abc'
b'abc' == 'abc'
b'abc' < b'abd'
b'abc' < 'a'
list(b'abc')
b'%d' % 5
b'a-b'.split(b'-')
b'-'.join([b'a', b'b'])
b'-'.join(['a'])
b'abc'.hex()
b'abcdef'.hex(':', 2)
b'abcdef'.hex('_', -4)
bytes.fromhex('61 62')
bytes.fromhex('6')
bytes.fromhex('zz')
str(b'abc', 'utf-8')
str(b'abc')
str(object=5)
str()
str('a', 'b')
repr('a')
print('a', 'b', sep='-', end='!\\n')
print(1, 2.5, None, True, [1, 'a'], sep=', ')
print(sep='')
print('x', sep=1)
print('x', end=None)
'x'.join(5)
'x'.join([1, 2])
'x'.join(['a', 'b'])
'x'.join('abc')
','.join(str(k) for k in range(5))
'abc'.find('')
'abc'.rfind('')
'abc'.count('')
''.split()
''.split(',')
' a b '.split(' ')
'a\\r\\nb\\nc'.splitlines()
'x'.startswith(())
'abc'.replace('', '-')
'abc'.replace('b', '')
'aaa'.replace('a', 'b', 2)
'abc'.replace('a', 'b', count=1)
'%s %s' % ('a', 1)
'%r' % 'a'
'%5.1f' % 3.14159
'%x' % 255
'%%' % ()
'%c' % 'a'
'%s' % None
'%s' % (None,)
'%(a)d' % {'a': 1}
'%*d' % (5, 3)
'%-*d|' % (5, 3)
'%.*f' % (2, 3.14159)
'%e' % 12345.678
'%g' % 0.0001
'%i' % 3.99
'%s' % [1, 2]
'%s' % 'a' * 2
sum([0.1] * 10)
max('abc')
isinstance(i, int)
i.__add__(3)
(5).__radd__(3)
(5).__add__(1.5)
(1.5).__add__(5)
(5).__eq__('a')
'a'.__eq__(5)
'a'.__lt__(5)
(5).__format__('>4')
'abc'.__len__()
'abc'.__getitem__(1)
(5).__bool__()
(5).__hash__()
int.__add__(1, 2)
int.__add__('a', 2)
str.upper('abc')
str.upper(5)
str.join(',', ['a'])
int.__new__(I, 7)
int.__new__(5)
float.__new__(F, 2.5)
str.__new__(S, 'q')
type(bytes.__new__(B, b'q'))
'abc'.upper(1)
'abc'.replace('a')
'abc'.split(maxsplit=1, sep='b')
'abc'.split(1)
'abc'.split(sep=1)
'a'.encode(encoding='ascii', errors='strict')
'a'.encode(5)
'abc'.center()
'abc'.isdigit(1)
float(1, 2)
float(x=1)
bytes(1, 2, 3, 4)
chr()
chr('a')
chr(1.5)
ord()
ord('')
abs()
abs('a')
round('a')
round(1, 'a')
pow(1)
hex(1.5)
bin('a')
divmod(1)
format()
format(1, 2)
repr()
ascii(1, 2)
int.maketrans
str.maketrans({'a': 1, 98: None})
str.maketrans('a', 'b', 'c')
str.maketrans('ab', 'c')
str.maketrans(1)
str.maketrans({'ab': 1})""".split('\n'):
    show(e)
