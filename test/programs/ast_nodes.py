"""Trees of `_ast`: their classes, the parser's trees as objects, compiling trees, what is refused."""
import _ast as ast
def parse(s, m='exec'): return compile(s, '<x>', m, ast.PyCF_ONLY_AST)
print(ast.BinOp.__doc__, ast.BinOp._fields, ast.BinOp._attributes, ast.BinOp.__match_args__, ast.BinOp._field_types)
print(ast.BinOp.__annotations__)
print(ast.expr.__doc__)
print(ast.FunctionDef._field_types.keys())
print(ast.AST.__doc__, ast.AST._fields, ast.AST.__match_args__, ast.AST.__module__)
print(ast.expr.end_lineno, ast.expr._attributes, ast.expr._fields)
print(ast.Load() is ast.Load(), parse('a').body[0].value.ctx is parse('a').body[0].value.ctx, ast.Load.__doc__, ast.expr_context.__doc__)
print(ast.arguments.__doc__, ast.arguments.__mro__)
t = parse('a = [1,2,3,4]\nb(3+4*5, x=1)')
print(t); print(t.body[0], t.body[0].value.elts[0], ast.Constant(3), ast.Constant('abc'*30), ast.Constant(b'aaa'*30))
print(ast.Name('x'), ast.Load(), ast.List([ast.Name('a')]), ast.List([ast.Name('a'), ast.Name('b')]), ast.List([1,2,3]), ast.List((1,2)), ast.Global(['a','b','c']))
print(ast.Name('x').__reduce_ex__(2)); print(ast.Name('x').__replace__(id='z').id)
def tt(f, *a, **k):
    try: print(f(*a, **k))
    except BaseException as e: print(type(e).__name__, e)
tt(ast.Name, 'x', ast.Load(), 3); tt(ast.Name, 'x', id='y'); tt(ast.Name, 'x', lineno=3); tt(ast.Load, 3)
tt(lambda: ast.Name('x').__replace__(foo=3)); tt(lambda: ast.Name('x').__replace__('x'))
tt(ast.AST, 3); 
x = ast.AST(); 0
print(ast.Constant(3).kind)
print(ast.type_param.__doc__)
tt(lambda: ast.Constant(3).__dict__)
print(len([n for n in dir(ast) if not n.startswith('__')]), [n for n in dir(ast) if not isinstance(getattr(ast, n), type) and n[0] != '_'])
def c(tree, mode='exec'):
    try: return compile(tree, 'f', mode)
    except BaseException as e: print(type(e).__name__, e)
exec(c(parse("""
import sys
def f(a, /, b: int = 3, *c, d=4, **e) -> str:
    'doc'
    for i in range(3):
        if i: yield i
        elif not i: continue
        else: break
    while False: pass
    try: x = y = 3; del x
    except (ValueError, TypeError) as q: raise
    finally: pass
    with open('x') as f, g: pass
    match a:
        case [1, *_, {'a': 3, **r}] if a: pass
        case str(x, y=3): pass
    x: int = 3
    lambda x, *y, z=3: (x, f'{x!r:>{y}}')
    global zz
    assert x, 'y'
    return (yield)
class C(metaclass=type):
    x = {1: 2, **{}}; y = {1, 2}; z = x.get
    type U[V] = int
print(C.x, C.U.__value__)
t'{C}'
""".replace('async ', ''))))
for m in ['eval', 'single', 'exec']:
    print(eval(c(parse('1+2', m), m)))
print(parse('(int, *str, **x) -> bool', 'func_type'))
c(3); c(ast.Module([3], [])); c(ast.Module(3, [])); c(ast.Module([ast.Expr(3)], [])); c(ast.Module([ast.Expr(ast.Name('x'), lineno=1)], [])); c(ast.Expression(ast.Name('x')))
L = dict(lineno=1, col_offset=0)
Q = dict(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)
def e(x): c(ast.Expression(x), 'eval')
e(ast.Name('x', lineno=1)); e(ast.Name('x', ast.Store(), **L)); e(ast.Name('None', **L)); e(ast.Name(3, **L)); e(ast.BoolOp(ast.And(), [], **L)); e(ast.Compare(ast.Name('x', **L), [], [], **L)); e(ast.Compare(ast.Name('x', **L), [ast.Lt()], [], **L));
e(ast.Dict([None], [], **L)); e(ast.List([None], ast.Load(), **L)); e(ast.Constant([], **L)); e(ast.Constant((1, [3]), **L)); e(ast.ListComp(ast.Name('x', **L), [], **L)); e(ast.Name('x', lineno='x', col_offset=0)); e(None)
e(ast.BinOp(None, ast.Add(), ast.Name('x', **L), **L)); e(ast.Name('x', ast.Load(), lineno=3, col_offset=4, end_lineno=2, end_col_offset=5)); e(ast.Name('x', ast.Load(), lineno=3, col_offset=4, end_lineno=3, end_col_offset=2)); e(ast.Name('x', ast.Load(), lineno=-3, col_offset=4, end_lineno=3, end_col_offset=2))
e(ast.Name('x', ast.Load(), lineno=10**20, col_offset=0)); e(ast.BinOp(ast.Name('x', **L), 3, ast.Name('x', **L), **L)); e(ast.FormattedValue(ast.Name('x', **L), 3.0, None, **L))
def s(x): c(ast.Module([x], []))
s(None); s(ast.Delete([], **L)); s(ast.Import([], **L)); s(ast.Global([], **L)); s(ast.If(ast.Name('x', **L), [], [], **L)); s(ast.Raise(None, ast.Name('x', **L), **L)); s(ast.Try([ast.Pass(**L)], [], [], [], **L)); s(ast.Try([ast.Pass(**L)], [], [ast.Pass(**L)], [ast.Pass(**L)], **L)); s(ast.ImportFrom('x', [ast.alias('y', **L)], -1, **L)); s(ast.With([], [ast.Pass(**L)], **L))
s(ast.Assign([ast.Constant(3, **L)], ast.Name('x', **L), **L)); s(ast.Return(ast.Name('x', **L), **L)); s(ast.Break(**L))
s(ast.FunctionDef('f', ast.arguments([], [], None, [ast.arg('x', **L)], [], None, []), [ast.Pass(**L)], [], **L)); s(ast.FunctionDef('f', ast.arguments([], [], None, [], [], None, [ast.Name('x', **L)]), [ast.Pass(**L)], [], **L))
s(ast.AnnAssign(ast.Attribute(ast.Name('x', **L), 'y', ast.Store(), **L), ast.Name('x', **L), None, 1, **L)); s(ast.Match(ast.Name('x', **L), [], **L))
def p(x): s(ast.Match(ast.Name('x', **L), [ast.match_case(x, None, [ast.Pass(**L)])], **L))
p(ast.MatchValue(ast.Name('x', **Q), **Q)); p(ast.MatchValue(ast.Constant(None, **Q), **Q)); p(ast.MatchSingleton(3, **Q)); p(ast.MatchStar('x', **Q)); p(ast.MatchAs(ast.MatchStar('x', **Q), None, **Q)); p(ast.MatchOr([], **Q)); p(ast.MatchAs(None, '_', **Q)); p(ast.MatchMapping([ast.Constant(1, **Q)], [], None, **Q)); p(ast.MatchClass(ast.Constant(3, **Q), [], [], [], **Q)); p(ast.MatchClass(ast.Name('x', **Q), [], ['x'], [], **Q)); p(ast.MatchMapping([], [], 'True', **Q))
