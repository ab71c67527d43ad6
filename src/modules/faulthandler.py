# The faulthandler module. Nothing crashes here in a way that Python code could be told of, so enable() only remembers;
# the dumps on demand work, those by timer and signal are refused.
import sys as _sys

_enabled = False


def _output(file):
    if file is None:
        file = _sys.stderr
        if file is None:
            raise RuntimeError('unable to get sys.stderr')
    return file


def enable(file=None, all_threads=True, c_stack=True):
    global _enabled
    _output(file)
    _enabled = True


def disable():
    global _enabled
    was = _enabled
    _enabled = False
    return was


def is_enabled():
    return _enabled


def dump_traceback(file=None, all_threads=True):
    lines = ['Stack (most recent call first):\n']
    frame = _sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        lines.append(f'  File "{code.co_filename}", line {frame.f_lineno} in {code.co_name}\n')
        frame = frame.f_back
    text = ''.join(lines)
    file = _output(file)
    if isinstance(file, int):
        import os
        os.write(file, text.encode('ascii', 'backslashreplace'))
    else:
        file.flush()
        file.write(text)
        file.flush()


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    if timeout <= 0:
        raise ValueError('timeout must be greater than 0')
    raise RuntimeError('copyjit dumps no tracebacks by timer')


def cancel_dump_traceback_later():
    pass


def register(signum, file=None, all_threads=True, chain=False):
    raise RuntimeError('copyjit dumps no tracebacks by signal')


def unregister(signum, /):
    return False
