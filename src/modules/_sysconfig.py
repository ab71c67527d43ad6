# The _sysconfig module, and what the library's sysconfig looks for in a file that CPython's build writes
# (`_sysconfigdata_...`): there is no build, so it is little.
import sys as _sys

build_time_vars = {
    'VERSION': '3.14',
    'prefix': _sys.prefix,
    'exec_prefix': _sys.exec_prefix,
    'MULTIARCH': _sys.implementation._multiarch,
    'SOABI': _sys.implementation.cache_tag,
    'EXT_SUFFIX': f'.{_sys.implementation.cache_tag}.so',
    'SHLIB_SUFFIX': '.so',
    'EXE': '',
    'CC': 'cc',
    'CXX': 'c++',
    'AR': 'ar',
    'CFLAGS': '',
    'CPPFLAGS': '',
    'LDFLAGS': '',
    'LDSHARED': 'cc -shared',
    'CONFIG_ARGS': '',
    'PYTHONFRAMEWORK': '',
    'PY_CFLAGS': '',
    'Py_DEBUG': 0,
    'Py_ENABLE_SHARED': 0,
    'Py_GIL_DISABLED': 0,
    'Py_TRACE_REFS': 0,
    'WITH_DOC_STRINGS': 1,
    'WITH_PYMALLOC': 0,
    'HAVE_FORK': 0,
    'SIZEOF_VOID_P': 8,
    'SIZEOF_LONG': 8,
    'SIZEOF_SIZE_T': 8,
    'TZPATH': '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo',
    'srcdir': _sys.prefix,
}


def config_vars():
    return {'Py_GIL_DISABLED': 0, 'EXT_SUFFIX': build_time_vars['EXT_SUFFIX'], 'SOABI': build_time_vars['SOABI']}
