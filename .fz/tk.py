import tokenize, io
for s in ["f'{x: }'", "f'{x:{y} }'", "t'{x }'", "f'{ {1:2} }'", r"f'\\N{{SNAKE}}'", r"f'\N{SNAKE}'", r"rf'\N{x}'", "a\n ", "); x", "5x", "01", "(]", "f'{x:a{y}b}'", "f'{{ {x} }}'", "f'''\n{x}\n'''", "a\n\n", "a # c", "# c", "if 1:\n  a\n b", "x = (\n 1\n)\n", "1_", "0b12", "0x", "1e", "'abc", '"""', "$", "?", "!", "é", "€", "\\", "\\\n", "a\\", " a", "", "\n", "if x:\n  a\n# c\n  b\n", "if x:\n  a\n  # c", "f'{x!r}'", "f'{x=}'", "async def f(): await x", "print(1", "f'{"]:
  for extra in True, False:
    try:
        toks = []
        for t in tokenize._generate_tokens_from_c_tokenizer(io.StringIO(s).readline, extra_tokens=extra):
            toks.append((t.type, t.string, t.start, t.end, t.line))
        print(extra, repr(s), toks)
    except BaseException as e:
        print(extra, repr(s), toks, type(e).__name__, e.args)
