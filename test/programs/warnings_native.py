# The _warnings module without `warnings`: filters, registries, stack levels, what is printed; warnings of the compiler.
import sys
import _warnings


class Collector:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        pass

    def show(self, what):
        text = ''.join(self.parts)
        self.parts.clear()
        print(f'{what}: {[line.rpartition("/")[2] for line in text.splitlines()]}')


real = sys.stderr
sys.stderr = seen = Collector()


def changed(*filters):
    _warnings._acquire_lock()
    _warnings.filters[:] = filters
    _warnings._filters_mutated_lock_held()
    _warnings._release_lock()


def rule(action, category=Warning, message=None, module=None, line=0):
    return (action, message, category, module, line)


def warn_here(message, category=None, level=1):
    _warnings.warn(message, category, level)


def warn_deep(level):
    def inner():
        warn_here(f'level {level}', RuntimeWarning, level)
    inner()


defaults = list(_warnings.filters)
print(len(defaults), [item[0] for item in defaults], defaults[0][3])
for i in range(3):
    warn_here('each place once')
seen.show('default')
for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning, BytesWarning):
    warn_here(category.__name__, category)
seen.show('categories')
for level in (0, 1, 2, 3, 4, 40):
    warn_deep(level)
seen.show('levels')

changed(rule('always'))
for i in range(2):
    warn_here('again and again')
seen.show('always')
changed(rule('once'))
for i in range(2):
    _warnings.warn('once', UserWarning)
_warnings.warn('once', UserWarning)
seen.show('once')
changed(rule('module'))
_warnings.warn('per module')
_warnings.warn('per module')
seen.show('module')
changed(rule('ignore', message='not this'), rule('error', UserWarning), rule('default'))
_warnings.warn('not this')
try:
    _warnings.warn('but this')
except UserWarning as error:
    print(repr(error))
_warnings.warn(RuntimeWarning('an object'))
seen.show('objects')
changed(rule('ignore', line=7), rule('always'))
for line in (7, 8):
    _warnings.warn_explicit('by line', UserWarning, 'nofile.py', line)
_warnings.warn_explicit('named', UserWarning, 'folder/name.py', 1, 'mod', {})
registry = {}
changed(rule('default'))
for line in (1, 1, 2):
    _warnings.warn_explicit('registered', UserWarning, 'nofile.py', line, 'nofile', registry)
_warnings.warn_explicit('module is None', UserWarning, 'nofile.py', line, None, registry)
print(sorted(str(key) for key in registry))
seen.show('explicit')


class Pattern:
    def __init__(self, start):
        self.start = start

    def match(self, text):
        return text.startswith(self.start)


changed((('ignore', Pattern('skip'), Warning, Pattern('__ma'), 0)), rule('always'))
_warnings.warn('skip me')
_warnings.warn('keep me')
seen.show('patterns')

for arguments in (('x', int), ('x', 3), ('x', UserWarning, 1, None, 5)):
    try:
        _warnings.warn(*arguments)
    except TypeError as error:
        print(error)
for bad in ([1], [(1, 2)], [(1, None, Warning, None, 0)], [('strange', None, Warning, None, 0)]):
    changed(*bad)
    try:
        _warnings.warn('bad filters')
    except (TypeError, ValueError, RuntimeError) as error:
        print(type(error).__name__, error)

changed(rule('always'))
exec('x = 1 is 1\nassert (1, "x")\n"\\q"')
seen.show('compiler')
changed(rule('error', SyntaxWarning))
try:
    compile('x = 1\ny = 1 is 1', 'somewhere.py', 'exec')
except SyntaxError as error:
    print(error.msg, error.filename, error.lineno)
changed(*defaults)
sys.stderr = real
for i in range(3000):
    warn_here('hot')
