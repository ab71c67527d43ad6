"""Symbol tables: scopes, what they do with names, and errors (module _symtable)."""
import _symtable
src = '''
import os.path as p, sys
from x import *
glob = 42
some_var = 12
some_non_assigned_global_var: int
def spam(a, b, *var, c=3, **kw):
    global bar
    bar = 47
    some_var = 1
    x = 23
    def internal():
        return x
    def other_internal():
        nonlocal some_var
        some_var = 3
        return some_var
    return internal
def foo(): pass
class Mine(object):
    instance_var: int = 24
    def a_method(p1: int, __q): x = [i for i in p1 if i]; return (lambda q: q + p1)
    def b(self): return super()
def namespace_test() -> int: pass
type Alias = int
type GenericAlias[T] = list[T]
[a for a in b]
{k: v async for k, v in x} if 0 else 0
(z for z in y if (w := z))
try: pass
except E as e: pass
'''.replace('async ', '')
def show(t, d=0):
    print('  '*d, t.name, t.type, t.lineno, t.nested, t.varnames, sorted((k, hex(v)) for k, v in t.symbols.items()))
    for c in t.children: show(c, d+1)
show(_symtable.symtable(src, '?', 'exec'))
print(sorted((k,v) for k,v in vars(_symtable).items() if isinstance(v, int)))
try: _symtable.symtable('x', '?', 'foo')
except ValueError as e: print(e)
try: _symtable.symtable('x y', '?', 'exec')
except SyntaxError as e: print(e, e.filename)
print(type(_symtable.symtable('x', '?', 'single')))
