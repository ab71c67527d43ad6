from __future__ import barry_as_FLUFL
# PEP 401: in this file unequal is spelled as the last of the language's uncles would have it.
print(1 <> 2, 1 <> 1, 'a' <> 'b' <> 'a', not 1 <> 2)
print([x for x in range(4) if x <> 2])
import __future__

for text in ('1 <> 2', '1 != 2', 'x = 1\nif x != 2: pass', 'f"{1!=2}"'):
    for flags in (0, __future__.CO_FUTURE_ANNOTATIONS):
        try:
            print(repr(text), compile(text, 'text', 'exec', flags, True) is not None)
        except SyntaxError as error:
            print(repr(text), error.msg, error.lineno, error.offset)
    try:
        compile('from __future__ import barry_as_FLUFL; ' + text.replace('\n', '; '), 'text', 'exec', 0, True)
        print('fine')
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset)
