print('loading package_a')
VERSION = '1.0'
from . import helper
