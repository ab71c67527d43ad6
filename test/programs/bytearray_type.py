b = bytearray(b'hello')
b.append(33); b.extend(b' world'); b.extend([1,2]); b += b'xyz'
print(b, len(b), b[0], b[-3:], b[::2], b'lo' in b, 33 in b)
b[0:2] = b'HEY'; print(b); del b[:3]; print(b); b[::2] = bytes(len(b[::2])); print(b)
del b[::3]; print(b); b.insert(2, 7); b.reverse(); print(b, b.pop(), b.pop(0)); b.remove(7); print(b); b.clear(); print(b, bytearray(3), bytearray('é','utf-8'), bytearray(range(5)))
print(bytearray(b'a b c').split(), bytearray(b'abc').upper(), b'a'+bytearray(b'b'), bytearray(b'a')+b'b', b'-'.join([bytearray(b'x'), b'y']), bytearray(b'%d %s') % (1, b'k'))
print(bytearray(b'abc') == b'abc', b'abc' == bytearray(b'abc'), bytearray(b'b') > b'a', list(bytearray(b'ab')), bytearray(b'abc').find(b'c'), bytearray(b'ab')*3)
print(int(bytearray(b'12')), float(bytearray(b'1.5')), int.from_bytes(bytearray(b'\1\2')), ord(bytearray(b'a')), str(bytearray(b'abc'), 'ascii'), bytes(bytearray(b'q')), bytearray(b'abc').decode(), bytearray(b'abc').hex(':'))
for code in ("bytearray([256])", "bytearray(b'a')[3]", "bytearray('a')", "bytearray(-1)", "bytearray(b'a').pop(5)", "bytearray().pop()", "bytearray(1.5)", "hash(bytearray())", "bytearray(b'a') + 'a'", "bytearray(b'a').append(256)", "bytearray(b'a').append('x')", "bytearray(b'a').extend('abc')","bytearray(b'a').extend(3)", "bytearray(b'')['a']"):
    try:
        print(eval(code))
    except Exception as error:
        print(code, type(error).__name__, error)
class B(bytearray): pass
x = B(b'abc'); x.foo = 1; print(repr(x), x.foo, type(x[:2]), x.copy(), x.__reduce_ex__(4))
x = bytearray()
for i in range(1000): x.append(i & 255)
while x: del x[:7]
print(x, bytearray.fromhex('0a0b'))
x=bytearray(b'abcdef'); x[1:3]=x; print(x); x.extend(x); print(x); x.resize(3); print(x); x.resize(5); print(x)
total = 0
data = bytearray(range(256))
for i in range(8000):
    data[i & 255] = (data[i & 127] + i) & 255
    total += data[-1] + len(data[i & 127:])
    if i % 500 == 0:
        data += data[:2]
        del data[:2]
print(total, data.hex()[:40])
