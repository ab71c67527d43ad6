for s in ['def f(): pass', 'def f(): pass\n', 'def f(): pass\n\n', 'def f():\n pass', 'def f():\n pass\n', 'if 1: pass', 'if 1: pass\n', 'if 1:\n pass', 'if 1:\n pass\n\n','class A: pass', 'class A: pass\n', 'x', 'x\n', 'x\n\n', 'x;y', 'for x in y: z', 'while 1: pass', 'with a: b', 'try: a\nexcept: b', '@a\ndef f(): pass', 'async def f(): pass','if 1: pass\nelse: pass', 'if 1: pass # c', 'if 1: pass\n# c', 'match x:\n case 1: pass', 'def f(): pass;', 'def f():\n x\n\n y']:
    for flags in 0, 0x200, 0x4200:
        try:
            compile(s, 'f', 'single', flags)
            print(repr(s), hex(flags), 'ok')
        except SyntaxError as e:
            print(repr(s), hex(flags), type(e).__name__, e.msg, e.args[1])
