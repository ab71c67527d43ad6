# Chapter 5 of the language reference: the import system. What the chapter says, section by section, with modules that are
# written into a folder first.
import sys
import os

HOME = '/tmp/copyjit_conformance_05_%d' % os.getpid()


def write(name, text):
    path = HOME + '/' + name
    folder = path.rpartition('/')[0]
    parts = folder.split('/')
    for i in range(2, len(parts) + 1):
        try:
            os.mkdir('/'.join(parts[:i]))
        except FileExistsError:
            pass
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.write(descriptor, text.encode())
    os.close(descriptor)
    # a folder that changes twice within a tick of its clock looks unchanged to a finder
    if 'importlib' in sys.modules:
        sys.modules['importlib'].invalidate_caches()


def attempt(code, namespace=None):
    try:
        exec(code, namespace if namespace is not None else {'__name__': 'nobody'})
    except BaseException as error:
        print(f'{code!r}: {type(error).__name__}: {str(error).replace(HOME, "HOME")}')
    else:
        print(f'{code!r}: fine')


sys.path.insert(0, HOME)
sys.dont_write_bytecode = True

print('--- 5.2 packages')
write('regular/__init__.py', 'loaded = []\nloaded.append(__name__)\n')
write('regular/one.py', 'from . import loaded\nloaded.append(__name__)\nvalue = 1\n')
write('regular/deep/__init__.py', 'from .. import loaded\nloaded.append(__name__)\n')
write('regular/deep/two.py', 'from ... import nothing\n')
write('regular/deep/three.py', 'from ..one import value\nfrom .four import *\n')
write('regular/deep/four.py', '__all__ = ["a"]\na = 1\nb = 2\n')
import regular
print(regular.__path__ == [HOME + '/regular'], regular.__package__, regular.__file__[len(HOME):])
import regular.one
print(regular.one.value, regular.one.__package__, hasattr(regular.one, '__path__'))
from regular.deep import three
print(three.value, three.a, hasattr(three, 'b'), regular.loaded)
attempt('import regular.deep.two')
attempt('import regular.missing')
attempt('import regular.one.deeper')
attempt('import missing.child')
attempt('from regular import missing')
attempt('from regular import one, deep, missing')

print('--- 5.2.2 namespace packages')
write('part_one/space/first.py', 'name = "first"\n')
write('part_two/space/second.py', 'name = "second"\n')
sys.path[:0] = [HOME + '/part_one', HOME + '/part_two']
import space.first
import space.second
print(space.first.name, space.second.name, sorted(p[len(HOME):] for p in space.__path__), space.__file__)
write('part_three/space/third.py', 'name = "third"\n')
sys.path.append(HOME + '/part_three')
import space.third
print(space.third.name, len(list(space.__path__)))

print('--- 5.3 searching')
print(sys.modules['regular'] is regular, 'regular.deep.three' in sys.modules)
sys.modules['regular.blocked'] = None
attempt('import regular.blocked')
attempt('from regular import blocked')
del sys.modules['regular.blocked']
sys.modules['invented'] = 17
import invented
print(invented)
del sys.modules['regular.one']
import regular.one as again
print(again is not None, regular.one is again)

print('--- 5.4 loading')
write('replaces.py', 'import sys\nclass Stand: answer = 42\nsys.modules[__name__] = Stand()\n')
import replaces
print(type(replaces).__name__, replaces.answer)
write('fails.py', 'before = 1\nraise ValueError("on purpose")\n')
attempt('import fails')
print('fails' in sys.modules)
write('half/__init__.py', 'import half.good\nimport half.bad\n')
write('half/good.py', '')
write('half/bad.py', '1 / 0\n')
attempt('import half')
print([name for name in ('half', 'half.good', 'half.bad') if name in sys.modules])
write('removes.py', 'import sys\ndel sys.modules[__name__]\n')
attempt('import removes')
write('broken.py', 'def f(:\n')
attempt('import broken')
write('ring_a.py', 'import ring_b\nfrom ring_b import late\n')
write('ring_b.py', 'import ring_a\nring_a.__name__\nfrom ring_a import something\nlate = 1\n')
attempt('import ring_a')
write('ring_c.py', 'import ring_d\n')
write('ring_d.py', 'import ring_c\nring_c.something\n')
attempt('import ring_c')

print('--- 5.4.1 submodules are bound in their parent')
write('spam/__init__.py', 'from .foo import Foo\n')
write('spam/foo.py', 'class Foo: pass\n')
import spam
print(spam.foo.Foo is spam.Foo, spam.foo.__name__)

print('--- 5.4.2 module attributes')
import regular.deep.four as four
print(four.__name__, four.__spec__.name, four.__spec__.parent, four.__package__, four.__spec__.origin == four.__file__)
print(type(four.__loader__).__name__, four.__spec__.loader is four.__loader__, four.__spec__.has_location)
print(four.__spec__.submodule_search_locations, regular.__spec__.submodule_search_locations is regular.__path__)
print(repr(four).replace(HOME, 'HOME'), repr(sys), type(sys.__loader__).__name__)
print(space.__spec__.origin, type(space.__path__).__name__, space.__spec__.loader is not None)

print('--- 5.5 finders')
print('PathFinder' in [finder.__name__ for finder in sys.meta_path if isinstance(finder, type)])
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_loader, module_from_spec, spec_from_file_location
import importlib


class Loader:
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.made_by = 'Loader'
        module.seen = (module.__name__, module.__spec__.name, module.__loader__ is self)


class Finder:
    asked = []

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.startswith('virtual') or name == 'regular.virtual':
            cls.asked.append((name, path is None))
            return ModuleSpec(name, Loader(), is_package=name == 'virtual_package')


sys.meta_path.insert(0, Finder)
import virtual
import virtual_package.virtual_child
import regular.virtual
print(virtual.made_by, virtual.seen, Finder.asked)
print(virtual_package.__path__, regular.virtual.__package__)
attempt('import really_missing')
import regular.deep.four
sys.meta_path.remove(Finder)
attempt('import virtual_other')


class Hook:
    def __init__(self, path):
        if not path.startswith('magic:'):
            raise ImportError
        self.path = path

    def find_spec(self, name, target=None):
        if name == 'conjured':
            return spec_from_loader(name, Loader(), origin=self.path)


sys.path_hooks.append(Hook)
sys.path.append('magic:hat')
import conjured
print(conjured.made_by, conjured.__spec__.origin, type(sys.path_importer_cache['magic:hat']).__name__)
sys.path.remove('magic:hat')
sys.path_hooks.remove(Hook)

print('--- importlib')
print(importlib.import_module('.one', 'regular') is sys.modules['regular.one'])
write('changing.py', 'value = 1\n')
import changing
write('changing.py', 'value = 22\nother = 3\n')
importlib.invalidate_caches()
print(importlib.reload(changing) is changing, changing.value, changing.other)
spec = spec_from_file_location('by.hand', HOME + '/regular/one.py')
module = module_from_spec(spec)
print(spec.name, spec.parent, module.__name__, type(spec.loader) is SourceFileLoader)
print(importlib.util.find_spec('regular.deep.four').origin[len(HOME):], importlib.util.find_spec('no_such'))
attempt('import importlib; importlib.import_module(".x")')
attempt('import importlib; importlib.reload("x")')

print('--- 5.7 relative imports')
attempt('from . import x', {'__name__': 'top', '__package__': ''})
attempt('from . import one', {'__name__': 'regular.fake', '__package__': 'regular'})
attempt('from .. import one', {'__name__': 'regular.fake', '__package__': 'regular'})
attempt('from .one import value', {'__name__': 'regular', '__path__': []})
attempt('from .one import value', {'__name__': 'regular.other'})
attempt('from .one import value', {'__package__': 3})
attempt('import .one')
for arguments in (('regular.one',), ('regular.one', {}, {}, ['value']), ('one', {'__package__': 'regular'}, {}, [], 1),
                  ('', {'__package__': 'regular'}, {}, ['one'], 1)):
    print(arguments[0], __import__(*arguments).__name__)
for arguments in (('',), (3,), ('x', {}, {}, [], -1), ('sys', None, None, [1])):
    try:
        print(__import__(*arguments).__name__)
    except Exception as error:
        print(type(error).__name__, error)

print('--- star')
write('stars.py', '__all__ = ["a", "missing"]\na = 1\n')
attempt('from stars import *')
write('stars_two.py', '__all__ = ["a", 3]\na = 1\n')
attempt('from stars_two import *')
write('pack/__init__.py', '__all__ = ["sub"]\n')
write('pack/sub.py', 'here = True\n')
from pack import *
print(sub.here)
write('lazy_names.py', 'def __getattr__(name):\n    if name == "lazy": return "made"\n    raise AttributeError(name)\n'
      'def __dir__(): return ["lazy"]\n')
from lazy_names import lazy
import lazy_names
print(lazy, dir(lazy_names))
attempt('from lazy_names import other')

real_import = __builtins__.__import__
calls = []


def counting_import(name, globals=None, locals=None, fromlist=(), level=0):
    calls.append((name, fromlist, level))
    return real_import(name, globals, locals, fromlist, level)


__builtins__.__import__ = counting_import
import regular.one
from regular import one as o
exec('from . import one', {'__package__': 'regular'})
__builtins__.__import__ = real_import
print(calls)


def cleanup(path):
    for entry in os.listdir(path):
        inner = path + '/' + entry
        try:
            os.remove(inner)
        except OSError:
            cleanup(inner)
    os.rmdir(path)


cleanup(HOME)
