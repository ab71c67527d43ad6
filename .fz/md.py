for src in ['x = 1\ny = 2\nfur a in b:\n  pass\n','a y','if x:\n  a = 1\n  b c\n', 'x=1;y=2; z k', 'def f():\n  x = 1\n  def g():\n    a b\n  z = 1\n', 'while 1:\n    pass\n\nwhile x y:\n    z\n','é = 1; ö y', 'f(a b)', 'class A:\n    def f(self):\n        pass\n    deff g(self):\n        pass\n', '"""', 'x = 08']:
    for m in 'exec', 'single', 'eval':
      try:
        compile(src, 'f', m)
      except SyntaxError as e:
        print(repr(src), m, e._metadata, e.lineno, e.msg)
    try:
        compile(src.encode(), 'f', 'exec')
    except SyntaxError as e:
        print(repr(src), m, e._metadata, e.lineno, e.msg)
e = SyntaxError('x')
print(e._metadata)
try: compile('nonlocal x', 'f', 'exec')
except SyntaxError as e: print(e._metadata)
e = SyntaxError("bad", ("f", 1, 2, "x y", 1, 3, (0, 1, "x y\n")))
print(e._metadata, e.args)
try:
  e = SyntaxError("bad", ("f", 1, 2, "x y", 1, 3, 3, 4))
except Exception as x: print(x)
