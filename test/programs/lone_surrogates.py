"""Surrogates that stand side by side are two characters, wherever the text passes."""
import ast
import io
import json
import marshal
import pickle
import re

PAIR = '\ud83d\ude00'
print(len(PAIR), ascii(PAIR), PAIR == '\U0001f600', PAIR in {'\U0001f600': 1}, len('\U0001f600'))

# constants: pieces that meet, repetition, folding, formatted strings, template strings
pieces = {
    'adjacent': '\ud83d' '\ude00',
    'added': '\ud83d' + '\ude00',
    'repeated': '\ude00\ud83d' * 3,
    'formatted': f'\ud83d{1}\ude00',
    'joined': f'\ud83d' f'\ude00',
    'separator': '\ud83d\ufdd0\ude00',
    'separators': '\ud83d\ufdd0\ufdd0\ude00',
    'not between': '\ufdd0\ude00 \ud83d\ufdd0',
    'astral first': '\U0001f600\ude00',
    'astral last': '\ud83d\U0001f600',
    'after astral': '\U0001f600\ufdd0\ude00',
    'mixed': '\U0001f600\ud83d\ude00\U0001f600',
    'three': '\ud83d\ud83d\ude00\ude00',
    'middle': '\ud83d' + '\ufdd0' + '\ude00',
    'long': 'x' * 30 + '\ud83d\ude00' + 'y' * 30,
    'long and wide': '\U0001f600' * 30 + '\ud83d\ude00' + 'y' * 30,
}
for name, text in pieces.items():
    print(name, len(text), ascii(text))
print(ascii((t"\ud83d\ude00{PAIR}\ud83d" t"\ude00").strings))


# other ways of a program's text
namespace = {}
exec(compile("value = '\\ud83d\\ude00'\nother = '\\ud83d' '\\ude00'", 'x', 'exec'), namespace)
print(len(namespace['value']), len(namespace['other']))
print(len(ast.literal_eval(r"'\ud83d\ude00'")), len(ast.parse(r"'\ud83d\ude00'").body[0].value.value))
tree = ast.Expression(ast.Constant('\ud83d\ude00'))
print(len(eval(compile(ast.fix_missing_locations(tree), 'x', 'eval'))))
print(ascii(ast.unparse(tree)))
code = compile(r"'\ud83d\ude00', '\ud83d\ufdd0\ude00', '\U0001f600'", 'x', 'eval')
print([len(item) for item in eval(marshal.loads(marshal.dumps(code)))])
print([len(item) for item in eval(code.replace(co_name='other'))])
print(len(marshal.loads(marshal.dumps(PAIR))), len(pickle.loads(pickle.dumps(PAIR))))


# operations at run time, on text that is made there
def check(high, low):
    pair = high + low
    results = [
        pair, ''.join([high, low]), f'{high}{low}', '%s%s' % (high, low), '{}{}'.format(high, low), high + low * 2,
        pair[::-1], pair[0], pair[1:], pair * 2, pair.upper(), pair.lower(), pair.title(), pair.swapcase(),
        pair.casefold(), pair.center(8, '*'), pair.zfill(5), pair.replace(high, 'x'), pair.replace('', '-'),
        pair.partition(low), pair.split(high), pair.strip(high), (' ' + pair + ' ').strip(),
        pair.translate({0xd83d: None}), pair.expandtabs(), pair.splitlines(), pair.find(low), pair.count(low),
        pair.encode('utf-8', 'surrogatepass'), pair.encode('utf-16-le', 'surrogatepass'),
        pair.encode('ascii', 'backslashreplace'), pair.encode('ascii', 'xmlcharrefreplace'), repr(pair),
        '%r' % pair, '%a' % pair, '%5s' % pair, format(pair, '>6'), pair.isidentifier(), pair.isprintable(),
        re.sub('x', 'y', 'x' + pair), re.findall('.', pair), re.escape(pair), re.split(low, pair),
        json.dumps(pair), json.loads('"\\ud83d\\ude00"'), sorted(pair), list(pair), pair.rjust(4), pair.removeprefix(high),
        io.StringIO(pair).read(1), io.StringIO(pair).read(), str(pair.encode('utf-8', 'surrogatepass'), 'utf-8', 'surrogatepass'),
        pair < '\U0001f600', hash(pair) == hash('\ud83d\ude00'), pair == '\ud83d\ude00',
    ]
    for number, result in enumerate(results):
        print(number, ascii(result))


check(chr(0xd83d), chr(0xde00))


class Holder:
    pass


holder = Holder()
setattr(holder, PAIR, 1)
setattr(holder, '\U0001f600', 2)
print(len(vars(holder)), getattr(holder, '\ud83d' + '\ude00'), getattr(holder, '\U0001f600'))
print({'\ud83d\ude00': 1, '\U0001f600': 2}['\ud83d\ude00'])
total = 0
for i in range(3000):
    total += len('\ud83d\ude00') + len(PAIR + '\ude00')
print(total)
