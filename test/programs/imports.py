# Imports of modules and packages from files: absolute, relative, star, as, in functions, circular, missing, once only.
import package_a
import package_a.inner.leaf
import package_a.inner.leaf as leaf
from package_a import VERSION, helper
from package_a.helper import greet as hello, Greeter
from package_a.inner import *
from package_a.inner import leaf as same_leaf

print(package_a.VERSION, VERSION, package_a.__name__, package_a.__file__.split('/')[-2:], bool(package_a.__path__))
print(hello('you'), helper.greet('me'), Greeter('x').greet(), leaf.__name__, leaf.__package__, same_leaf is leaf)
print(public_one(), public_two, 'hidden' in globals())
print(leaf.parent_version(), package_a.inner.leaf.VALUE)

def lazily():
    import package_a.lazy
    from package_a import lazy as again
    return package_a.lazy.LOADED, again.LOADED

print(lazily(), lazily())

import sys
print('package_a.lazy' in sys.modules, sys.modules['package_a'] is package_a, __name__)

for code in ('import no_such_module', 'import package_a.no_such', 'from package_a import no_such', 'from . import x',
             'import package_a.helper.deeper'):
    try:
        exec(code)
    except ImportError as error:
        print(type(error).__name__, str(error).split(' (')[0])

import package_a.circular_one
print(package_a.circular_one.finished, package_a.circular_two.seen)

try:
    import package_a.raises
except ZeroDivisionError as error:
    print('import failed', error)
print('package_a.raises' in sys.modules)

helper.counter = 0
for i in range(6000):
    helper.bump()
    helper.counter += leaf.VALUE
print(helper.counter)
import math
from math import sqrt as root
print(math.floor(root(17)), math.__name__)

# A name that ends with a dot; where relative imports without a package start from.
import warnings

try:
    __import__('.', None, None, [''])
except ModuleNotFoundError as error:
    print(error)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    try:
        __import__('', {'__package__': None, '__spec__': None, '__name__': '__main__'}, {}, ('foo',), 1)
    except ImportError as error:
        print(error)
print([(warning.category.__name__, str(warning.message)) for warning in caught])
