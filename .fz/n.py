import unicodedata, hashlib
h = hashlib.sha256()
n = 0
for c in range(0x110000):
    name = unicodedata.name(chr(c), None)
    if name: n += 1
    h.update(repr(name).encode())
print(n, h.hexdigest())
print(ascii('\N{LONG RIGHTWARDS SQUIGGLE ARROW}\N{LINE FEED}\N{BOM}\N{vs16}\N{rocket}'), unicodedata.lookup('latin small letter a'))
for bad in 'X', '', 'HANGUL SYLLABLE', 'CJK UNIFIED IDEOGRAPH-0041':
    try: print(unicodedata.lookup(bad))
    except KeyError as e: print(e)
