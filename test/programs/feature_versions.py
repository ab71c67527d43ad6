"""ast.parse(feature_version=...): which Python knew what."""
import ast

sources = [
    '(x := 0)', 'def f(x, /): pass', 'lambda x, /: 1', 'try:\n a\nexcept* b:\n c', 'type X = int', 'class X[T]: pass',
    'def f[T](): pass', 'class X[T=int]: pass', 'match x:\n case 1: pass', 'with (a as b, c as d): pass', 'x: int = 1',
    "f'{x=}'", "t'{x}'", 'try:\n a\nexcept b, c:\n d', 'try:\n a\nexcept (b, c):\n d', 'async def f(): pass', 'a @ b', 'a @= b',
    'async with x: pass', 'async for x in y: pass', 'await x', '[x async for x in y]', 'x, y = *a, b', 'print(*a, **b)',
]
for source in sources:
    first = message = None
    for version in range(3, 15):
        try:
            ast.parse(source, feature_version=(3, version))
            first = first or version
        except SyntaxError as error:
            message = error.msg
    print(repr(source), first, message)
