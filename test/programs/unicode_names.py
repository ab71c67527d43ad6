"""Names of characters, there and back."""
import hashlib
import unicodedata

names = hashlib.sha256()
count = 0
for code in list(range(0x3100)) + list(range(0xA000, 0xAD00)) + list(range(0x1F000, 0x1FB00)):
    name = unicodedata.name(chr(code), None)
    if name is not None:
        count += 1
        assert unicodedata.lookup(name) == chr(code), name
    names.update(repr(name).encode())
print(count, names.hexdigest())
print(ascii('\N{LONG RIGHTWARDS SQUIGGLE ARROW}\N{LINE FEED}\N{BOM}\N{vs16}\N{rocket}\N{CJK UNIFIED IDEOGRAPH-4E00}'))
for name in ('X', '', 'HANGUL SYLLABLE', 'CJK UNIFIED IDEOGRAPH-0041', 'hangul syllable gag', 'NULL', 'snowman'):
    try:
        print(name, ascii(unicodedata.lookup(name)))
    except KeyError as error:
        print(error)
