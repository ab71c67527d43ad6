# Natives that have short cuts or uops of their own: bytes, bits, checksums, divmod, extremes, wrong indices.
import zlib
print([ (x).bit_count() for x in (0,1,-1,255,2**31,2**32,2**32-1,-2**40+1,2**47-1,-2**47,2**48,3**80)])
print(b'hello world'.find(b'wor'), b'hello'.find(b''), b'hello'.find(b'z'), b'hello'.find(b'hello!'), b'aab'.find(b'ab'), b'x'.startswith(b''), b'abc'.startswith(b'abcd'), b'abc'.endswith(b'bc'), b'abc'.endswith(b''), b'abc'.endswith(b'ab'), bytearray(b'abc').find(b'c'), bytearray(b'abc').startswith(b'ab'))
print(b','.join([b'a',b'',b'ccc']), b''.join((b'x',b'y')), b', '.join([bytearray(b'q'), b'z']), b'x'.join([]), bytearray(b'-').join([b'1',b'2']))
print([zlib.crc32(bytes(range(n%256))*3, 5) for n in (0,1,2,3,4,5,100,255)], zlib.crc32(b'hello world'))
t = 0
for i in range(3000):
    a, b = divmod(i - 1500, 7); t += a * 3 + b
    a, b = divmod(i - 1500, -7); t += a * 3 + b
    t += min(i, 700) + max(i, 900) + min(3, i) - max(0.5, i)
    if isinstance(i, (str, int)): t += 1
    if isinstance('x', (int, bytes)): t += 1000000
    if isinstance(None, (int, type(None))): t += 5
print(t)
e = 0
for i in range(2000):
    try: [1,2][i % 4]
    except IndexError as x: e += 1; m = str(x)
    try: (1,2)[-1 - i % 4]
    except IndexError as x: e += 1; m += str(x)
print(e, m)
try: divmod(1, 0)
except ZeroDivisionError as x: print(x)
def dz(n):
    c = 0
    for i in range(n):
        try: divmod(5, n - 1 - i)
        except ZeroDivisionError: c += 1
    return c
print(dz(2000))
