# exec and eval with unusual globals and builtins; dir, sum, breakpoint and other builtins at their edges.
import sys
import types


def attempt(f, *a):
    try:
        print(f(*a))
    except Exception as e:
        print(type(e).__name__, e)


code = compile('superglobal', 'test', 'eval')
print(eval(code, {'__builtins__': types.MappingProxyType({'superglobal': 1})}))
attempt(eval, code, {'__builtins__': types.MappingProxyType({})})
attempt(exec, compile('print(1)', '', 'exec'), {'__builtins__': {}})
attempt(exec, 'import foo.bar', {'__builtins__': types.MappingProxyType({})})
ns = {'__builtins__': types.MappingProxyType({'__import__': lambda *args: args[0]})}
exec('import foo.bar', ns); print(ns['foo'])
attempt(exec, 'class A: pass', {'__builtins__': {}})
class Missing(dict):
    def __missing__(self, key):
        return 'missing ' + key
print(eval('a + b', Missing(b='!')), eval('lambda: zzz', Missing())())
class Raising(dict):
    def __getitem__(self, key):
        raise ValueError(key)
attempt(eval, 'x', Raising(x=1))
class Map:
    def __getitem__(self, key):
        if key == 'a':
            return 12
        raise KeyError
    def keys(self):
        return list('xyz')
print(eval('a', {}, Map()), eval('dir()', {}, Map()), eval('locals()', {}, m := Map()) is m)
attempt(eval, 'b', {}, Map())
class D(dict):
    def keys(self):
        return list('pq')
print(eval('dir()', {}, D()))
print(sum([1 + 2j, 0.5, 3]), sum([1e100, 1j, 1.0, -1e100]), sum((0.1 + 0.1j for _ in range(10))), sum([0.1j] * 10))
attempt(sum, [b'a'], b''); attempt(sum, [], 'a'); attempt(sum, ['a'], '')
print(type[int], type[int] | None)
def hook(*args, **kws):
    print('hook', args, kws)
sys.breakpointhook = hook
breakpoint(1, a=2)
sys.breakpointhook = sys.__breakpointhook__
del sys.breakpointhook
attempt(breakpoint)
total = 0
loop = compile('''
for i in range(3000):
    total += len(name) + i
''', 'loop', 'exec')
g = Missing(total=0)
exec(loop, g); print(g['total'])
h = {'__builtins__': types.MappingProxyType({'len': len, 'range': range}), 'total': 0, 'name': 'abc'}
exec(loop, h); print(h['total'])

# What __builtins__ is where nobody said so, and what functions and exec inherit.
import builtins
import types

names = {}
exec('def inner(): return 1', names)
print(type(names['__builtins__']), names['inner'].__builtins__ is builtins.__dict__)
made = types.FunctionType((lambda s: len(s)).__code__, {})
print(made.__builtins__ is builtins.__dict__, made('abc'))
restricted = {'__builtins__': {'None': None, 'exec': exec, 'function': types.FunctionType, 'print': print}}
exec('''
def outer(): pass
ns = {}
exec('def nested(): pass', ns)
made = function(outer.__code__, {})
''', restricted)
print(restricted['ns']['__builtins__'] is restricted['__builtins__'], restricted['made'].__builtins__ is restricted['__builtins__'])
print(hasattr(builtins, 'TextIOWrapper'), hasattr(builtins, 'method'))
