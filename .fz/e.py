for src in ['', ' ', '1+', '(', '1 1', '\n', '#c', 'x y', 'lambda', 'a b c', 'x=1', '1,', '*', '*a', 'yield', 'x:=1', 'f(', '"', 'é', 'é $', '1 if', '1\n2', ' 1', '\t1', '1;']:
    for mode in 'eval', 'single', 'exec':
        try:
            compile(src, '<string>', mode)
            print(repr(src), mode, 'ok')
        except SyntaxError as e:
            print(repr(src), mode, type(e).__name__, e.args)
