# _multibytecodec: the codecs of Chinese, Japanese and Korean encodings, over tables (multibyte-tables.ts): error handlers,
# incremental codecs, streams.
import _multibyte
from _codecs import lookup_error as _lookup_error

_DONE, _ILLEGAL, _INCOMPLETE = range(3)
_MAX_PENDING = 8


def _decode(name, data, errors, final):
    # -> text, how many bytes were used; without `final` an incomplete sequence at the end is left
    data = bytes(data)
    parts = []
    position = 0
    while True:
        text, position, outcome = _multibyte.decode(name, data, position)
        parts.append(text)
        if outcome == _DONE or outcome == _INCOMPLETE and not final:
            return ''.join(parts), position
        if outcome == _INCOMPLETE:
            end, reason = len(data), 'incomplete multibyte sequence'
        else:
            end, reason = position + 1, 'illegal multibyte sequence'
        error = UnicodeDecodeError(name, data, position, end, reason)
        if errors == 'strict':
            raise error
        if errors == 'ignore':
            position = end
            continue
        if errors == 'replace':
            parts.append('\ufffd')
            position = end
            continue
        answer = _lookup_error(errors)(error)
        if not isinstance(answer, tuple) or len(answer) != 2 or not isinstance(answer[0], str) or not isinstance(answer[1], int):
            raise TypeError('decoding error handler must return (str, int) tuple')
        text, place = answer
        if place < 0:
            place += len(data)
        if not 0 <= place <= len(data):
            raise IndexError(f'position {answer[1]} from error handler out of bounds')
        parts.append(text)
        position = place


def _encode(name, text, errors, final):
    # -> bytes, how many characters were used; without `final` the first of a possible pair at the end is left
    parts = []
    position = 0
    while True:
        data, position, outcome = _multibyte.encode(name, text, position, final)
        parts.append(data)
        if outcome != _ILLEGAL:
            return b''.join(parts), position
        error = UnicodeEncodeError(name, text, position, position + 1, 'illegal multibyte sequence')
        if errors == 'strict':
            raise error
        if errors == 'ignore':
            position += 1
            continue
        if errors == 'replace':
            parts.append(b'?')
            position += 1
            continue
        answer = _lookup_error(errors)(error)
        if not isinstance(answer, tuple) or len(answer) != 2 or not isinstance(answer[0], (str, bytes)) or not isinstance(answer[1], int):
            raise TypeError('encoding error handler must return (str, int) tuple')
        made, place = answer
        if isinstance(made, str):
            made = _encode(name, made, 'strict', True)[0]
        if place < 0:
            place += len(text)
        if not 0 <= place <= len(text):
            raise IndexError(f'position {answer[1]} from error handler out of bounds')
        parts.append(made)
        position = place


def _text_of(value, what):
    if not isinstance(value, str):
        raise TypeError(f'{what} expected str, got {type(value).__name__}')
    return value


class MultibyteCodec:
    def __init__(self, name):
        self.__name = name

    def encode(self, input, errors=None):
        if not isinstance(input, str):
            raise TypeError("couldn't convert the object to str.")
        return _encode(self.__name, input, errors or 'strict', True)[0], len(input)

    def decode(self, input, errors=None):
        data = bytes(memoryview(input))
        return _decode(self.__name, data, errors or 'strict', True)[0], len(data)

    def _known_as(self):
        return self.__name


class _Errors:
    @property
    def errors(self):
        return self._errors

    @errors.setter
    def errors(self, value):
        if not isinstance(value, str):
            raise TypeError('errors must be a string')
        self._errors = value

    @errors.deleter
    def errors(self):
        raise AttributeError('cannot delete attribute')


def _codec_name(self):
    codec = getattr(self, 'codec', None)
    if not isinstance(codec, MultibyteCodec):
        raise TypeError('codec is unexpected type')
    return codec._known_as()


class MultibyteIncrementalEncoder(_Errors):
    def __init__(self, errors='strict'):
        self.errors = errors
        self._name = _codec_name(self)
        self._pending = ''

    def encode(self, input, final=False):
        if not isinstance(input, str):
            raise TypeError("couldn't convert the object to str.")
        text = self._pending + input
        data, used = _encode(self._name, text, self._errors, bool(final))
        self._pending = text[used:]
        return data

    def reset(self):
        self._pending = ''

    def getstate(self):
        pending = self._pending.encode()
        return int.from_bytes(bytes([len(pending)]) + pending + bytes(8), 'little')

    def setstate(self, state, /):
        if not isinstance(state, int):
            raise TypeError(f'setstate() argument must be int, not {type(state).__name__}')
        data = state.to_bytes(17, 'little')
        if data[0] > _MAX_PENDING:
            raise UnicodeError('pending buffer too large')
        self._pending = data[1:1 + data[0]].decode()


class MultibyteIncrementalDecoder(_Errors):
    def __init__(self, errors='strict'):
        self.errors = errors
        self._name = _codec_name(self)
        self._pending = b''
        self._state = 0

    def decode(self, input, final=False):
        data = self._pending + bytes(memoryview(input))
        text, used = _decode(self._name, data, self._errors, bool(final))
        self._pending = data[used:]
        return text

    def reset(self):
        self._pending = b''
        self._state = 0

    def getstate(self):
        return self._pending, self._state

    def setstate(self, state, /):
        if not isinstance(state, tuple):
            raise TypeError(f'setstate() argument must be tuple, not {type(state).__name__}')
        pending, number = state
        if not isinstance(pending, bytes):
            raise TypeError('setstate(): illegal state argument')
        if not isinstance(number, int):
            raise TypeError('setstate(): illegal state argument')
        if len(pending) > _MAX_PENDING:
            raise UnicodeDecodeError(self._name, pending, 0, len(pending), 'pending buffer too large')
        self._pending, self._state = pending, number


class MultibyteStreamReader(_Errors):
    def __init__(self, stream, errors='strict'):
        self.stream = stream
        self.errors = errors
        self._name = _codec_name(self)
        self._pending = b''

    def _take(self, method, size):
        if size == 0:
            return ''
        while True:
            data = getattr(self.stream, method)() if size < 0 else getattr(self.stream, method)(size)
            if not isinstance(data, bytes):
                raise TypeError(f'stream function returned a non-bytes object ({type(data).__name__})')
            ends = size < 0 or not data
            data = self._pending + data
            text, used = _decode(self._name, data, self._errors, ends)
            self._pending = data[used:]
            if text or ends:
                return text
            size = 1

    def read(self, size=-1, /):
        return self._take('read', -1 if size is None else size)

    def readline(self, size=-1, /):
        return self._take('readline', -1 if size is None else size)

    def readlines(self, sizehint=-1, /):
        return self._take('read', -1 if sizehint is None else sizehint).splitlines(True)

    def reset(self):
        self._pending = b''


class MultibyteStreamWriter(_Errors):
    def __init__(self, stream, errors='strict'):
        self.stream = stream
        self.errors = errors
        self._name = _codec_name(self)
        self._pending = ''

    def write(self, object, /):
        if not isinstance(object, str):
            raise TypeError("couldn't convert the object to str.")
        text = self._pending + object
        data, used = _encode(self._name, text, self._errors, False)
        self._pending = text[used:]
        self.stream.write(data)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def reset(self):
        if self._pending:
            data = _encode(self._name, self._pending, self._errors, True)[0]
            self._pending = ''
            self.stream.write(data)


def getcodec(name, /):
    if not isinstance(name, str):
        raise TypeError('encoding name must be a string.')
    if not _multibyte.known(name):
        raise LookupError('no such codec is supported.')
    return MultibyteCodec(name)
