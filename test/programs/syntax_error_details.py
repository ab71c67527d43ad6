"""Syntax errors: what CPython says, where, and which line it shows."""
programs = [
    # keys without a colon, after the first pair
    "x = {**a, 'b' 1: 2}", 'x = {1: 2, c + }', 'x = {1: 2, c if d}', "x = {\n   'a': 1,\n   'b' 2\n}", "x = {1: 2, 'b' } : 1}",
    'x = {1: 2, (c d): 3}', 'x = {1: 2,\nw = f()\ny = 4',
    # stars in brackets
    'x = {*, a}', 'x = [*]', 'x = [a, *]', '[* for x in y]', 'x = [*a b]', 'x = {*as 1}', 'x = (*yield)', 'x = *',
    # numbers that run into words
    'x = 5ifs', 'x = 1ornot', '5 if', '5in x', '1andy',
    # where the blame falls
    'def f() -> [ None: pass', 'def f[T(x): pass', 'def f[](): pass', 'if a:(    pass\n := b:\n    pass', '@a\n', '@a\n@b\n# c',
    'type X[T  int] = 1', 'type X[T: int, *] = 1', 'from . import (e as f f)', 'import a as b.c', 'f(x)**=else', 'f(x) += 1',
    'try:\n    pass\nexcept A, B:\n', 'x  1 if y else ;2', 'a C[T=int]',
    "print 'x' (,", 'if x:\n    def g():\n  y\n', 'f(a b)', 'x = (1 2', 'while x y:\n    z',
    # the line that is shown
    'x = )\n', "x = 'abc\n", 'x = 0b2\ny', 'f(\n', 'x = [\ny = 2', 'x = 1 2\ny = 3', '"""abc\ndef',
]
for source in programs:
    for text in (source, source + '\n'):
        try:
            compile(text, 'name', 'exec')
            print(ascii(text), 'is valid')
        except SyntaxError as e:
            place = e.lineno, e.offset, e.end_lineno, e.end_offset
            print(ascii(text), type(e).__name__, e.msg, place, ascii(e.text), e._metadata[:2], ascii(e._metadata[2]))
for source in ['', '1+', 'lambda', '1 if', '*', 'x y', '(']:
    for mode in 'eval', 'single':
        try:
            compile(source, 'name', mode)
        except SyntaxError as e:
            print(repr(source), mode, e.msg, e.args[1])
