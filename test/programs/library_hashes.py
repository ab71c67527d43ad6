# The hash objects behind hashlib.
import hashlib
import _md5, _sha1, _sha2, _sha3, _blake2
fs = [_md5.md5, _sha1.sha1, _sha2.sha224, _sha2.sha256, _sha2.sha384, _sha2.sha512, _sha3.sha3_224, _sha3.sha3_256, _sha3.sha3_384, _sha3.sha3_512, _blake2.blake2b, _blake2.blake2s]
for f in fs:
    for d in (b'', b'abc', b'x'*55, b'x'*56, b'x'*63, b'x'*64, b'x'*65, b'a'*111, b'a'*112, b'a'*127, b'a'*128, b'a'*129, b'a'*135, b'a'*136, b'a'*1000):
        h = f(d); g = f(); g.update(d[:len(d)//3]); k = g.copy(); k.update(d[len(d)//3:])
        print(h.name, len(d), h.hexdigest(), h.digest() == k.digest(), h.digest_size, h.block_size)
for f in (_sha3.shake_128, _sha3.shake_256):
    print(f(b'abc').hexdigest(400), f().digest(3))
print(_blake2.blake2b(b'abc', key=b'k'*10, digest_size=20, salt=b's', person=b'pp').hexdigest(), _blake2.blake2s(b'abc', key=b'k'*10, digest_size=20, salt=b's', person=b'pp', fanout=2, depth=3, leaf_size=70000, node_offset=5, node_depth=1, inner_size=32, last_node=True).hexdigest(), _blake2.blake2b.MAX_KEY_SIZE)
def t(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
t(_md5.md5, 'a'); t(_md5.md5, 1); t(_blake2.blake2b, digest_size=65); t(_blake2.blake2b, key=b'x'*65); t(_blake2.blake2b, fanout=300);t(_blake2.blake2b, salt=b'x'*20)


def fed_in_pieces(name, data, sizes):
    hash = hashlib.new(name)
    at = 0
    while at < len(data):
        size = sizes[at % len(sizes)]
        hash.update(data[at : at + size])
        if at % 5 == 0:
            hash = hash.copy()
        at += size
    return hash.hexdigest(300) if name.startswith("shake") else hash.hexdigest()


# runs of whole blocks, in one piece and in many
long_data = bytes(i * 7 & 255 for i in range(1000)) * 140
for name in sorted(hashlib.algorithms_guaranteed):
    whole = fed_in_pieces(name, long_data, [len(long_data)])
    print(name, whole == fed_in_pieces(name, long_data, [1, 64, 128, 72, 5000, 136, 3, 66000]), whole[:40])

for constructor in (hashlib.md5, hashlib.sha3_224, hashlib.blake2b):
    for args, keywords in [
        ((b"a",), {}), ((), {"data": b"a"}), ((), {"string": b"a"}), ((b"a",), {"data": b""}), ((b"a",), {"string": b""}),
        ((), {"data": b"", "string": b""}), ((), {"data": None}), ((None,), {}),
    ]:  # fmt: skip
        try:
            print(constructor.__name__, constructor(*args, **keywords).hexdigest()[:8])
        except TypeError as error:
            print(constructor.__name__, error)
