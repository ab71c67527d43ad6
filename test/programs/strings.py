# str: methods, indexing, comparison, searching, code points of every width.
s = 'Hello, World'
print(s.lower(), s.upper(), s.swapcase(), s.title(), 'hELLO wORLD'.capitalize(), s.replace('l', 'L'), s.replace('l', '', 2))
print(s.find('o'), s.rfind('o'), s.find('z'), s.index('W'), s.count('l'), s.find('o', 5), s.find('o', 5, 7), 'aaa'.count('aa'), ''.count(''), 'abc'.count(''))
print(s.startswith('Hell'), s.endswith(('x', 'ld')), s.startswith('W', 7), 'ell' in s, 'z' not in s, '' in s)
print(s.split(), s.split(', '), 'a,b,,c'.split(','), 'a,b,c'.split(',', 1), 'a b  c'.rsplit(None, 1), ''.split(), ''.split(','), ' a  b '.split())
print('a\nb\r\nc\n'.splitlines(), 'a\nb'.splitlines(True), 'k=v=w'.partition('='), 'k=v=w'.rpartition('='), 'kv'.partition('='))
print(', '.join(['a', 'b', 'c']), ''.join(str(i) for i in range(5)), '-'.join('abc'), repr(' '.join([])))
print(repr('  pad '.strip()), repr('xxpadxx'.strip('x')), repr('  l'.lstrip()), repr('r  '.rstrip()), 'prefix-body'.removeprefix('prefix-'), 'body.py'.removesuffix('.py'))
print('7'.zfill(3), '-7'.zfill(4), 'x'.center(5, '*'), 'x'.ljust(3) + '|', 'x'.rjust(3), 'a\tb'.expandtabs(4))
print('abc'.isalpha(), '123'.isdigit(), 'a1'.isalnum(), ' \t'.isspace(), 'Abc'.istitle(), 'ABC'.isupper(), 'abc'.islower(), ''.isalpha(), 'a_1'.isidentifier(), '½'.isnumeric())
print('abc' < 'abd', 'a' < 'B', 'abc' == 'ab' + 'c', 'ab' * 3, 3 * 'x', 'x' * 0, 'x' * -1, max('hello'), sorted('hello'), len('héllo'))
wide = 'aé√😀z'
print(len(wide), wide[3], wide[-2], wide[1:4], wide.upper(), wide.find('😀'), [ord(c) for c in wide], wide.encode(), wide.encode('utf-16-le')[:4], list(wide))
print(chr(65), chr(8364), chr(128512), ord('€'), 'ß'.upper(), 'İ'.lower() == 'i̇', 'ΑΣ'.lower(), 'ǆ'.title(), 'ß'.casefold())
print('abc'.translate({97: 'x', 98: None}), 'abc'.translate(str.maketrans('ab', 'xy')), str.maketrans('a', 'b'), str(b'x', 'utf-8'), str(5), str(None), str([1, 'a']))
print('hello'[1], 'hello'[-1], 'a' 'b', 'tab\there', r'raw\n', '''multi
line''', "it's", 'q"q', '\'"', 'back\\slash', ascii('é😀'))
for code in ("'abc'[5]", "'abc'.index('z')", "'a' + 1", "'a' * 'b'", "','.join([1])", "'abc'['a']", "''.split('')", "chr(0x110000)", "'é'.encode('ascii')", "b'\\xff'.decode()", "'abc'.find()", "'a'.zfill('x')", "'a'.center(5, 'xx')"):
    try:
        print(eval(code))
    except (ValueError, TypeError, IndexError) as error:
        print(code, type(error).__name__, error)
out = ''
for i in range(6000):
    out += chr(97 + i % 26)
    if out.endswith('xyz'):
        out = out[-10:]
print(out)
counts = {}
for word in ('the quick brown fox jumps over the lazy dog ' * 300).split():
    counts[word] = counts.get(word, 0) + 1
print(sorted(counts.items()))
reverse = ''
for c in 'é√😀' * 2000:
    if c == '√':
        reverse = c + reverse[:5]
    elif c > '√':
        reverse += c
print(reverse, len(reverse))
