# bytes.
b = b'hello\x00\xff'
print(b, len(b), b[0], b[-1], b[1:3], list(b[:3]), bytes([65, 66]), bytes(3), bytes('é', 'utf-8'), b'ab' + b'cd', b'ab' * 2, 104 in b, b'ell' in b)
print(b.hex(), bytes.fromhex('00ff 41'), b.find(b'l'), b.count(b'l'), b.replace(b'l', b'L'), b.split(b'l'), b'-'.join([b'a', b'b']), b.startswith(b'he'))
print(b.decode('latin-1'), b'\xc3\xa9'.decode(), b'abc' < b'abd', b'abc' == b'abc', hash(b'a') == hash(b'a'), b'AbC'.lower(), b' x '.strip(), b"it's", b'"')
for code in ("bytes([256])", "b'a'[3]", "b'a' + 'a'", "bytes('a')", "b'a'[0:1] < 'a'", "bytes(-1)"):
    try:
        print(eval(code))
    except (ValueError, TypeError, IndexError) as error:
        print(code, type(error).__name__, error)
total = 0
data = bytes(i * 7 & 255 for i in range(256))
for i in range(8000):
    total += data[i & 255] + len(data[i & 127:i & 255])
    if i % 1000 == 0:
        data = data[1:] + data[:1]
for byte in data * 40:
    total ^= byte
print(total, data[:8].hex())
