# _multibytecodec: the codecs of Chinese, Japanese and Korean encodings, over tables (multibyte-tables.ts): error handlers,
# incremental codecs, streams.
import _multibyte
from _codecs import lookup_error as _lookup_error

_DONE, _ILLEGAL, _INCOMPLETE = range(3)
_MAX_PENDING = 8


class _Table:
    # an encoding without shifts: its state is always 0
    def __init__(self, name):
        self.name = name

    def decode(self, data, position, state):
        return *_multibyte.decode(self.name, data, position), 0

    def encode(self, text, position, final, state):
        return *_multibyte.encode(self.name, text, position, final), 0

    def finish(self, state):
        return b''


class _Hz:
    # ASCII, and GB2312 in seven bits between ~{ and ~}; state 1 is within
    name = 'hz'

    def decode(self, data, position, state):
        parts = []
        size = len(data)
        while position < size:
            byte = data[position]
            if byte == 0x7e:
                if position + 1 >= size:
                    return ''.join(parts), position, _INCOMPLETE, state
                mark = data[position + 1]
                if mark == 0x7e and not state:
                    parts.append('~')
                elif mark == 0x7b and not state:
                    state = 1
                elif mark == 0x7d and state:
                    state = 0
                elif mark != 10:
                    return ''.join(parts), position, _ILLEGAL, state
                position += 2
            elif byte & 0x80:
                return ''.join(parts), position, _ILLEGAL, state
            elif not state:
                parts.append(chr(byte))
                position += 1
            else:
                if position + 1 >= size:
                    return ''.join(parts), position, _INCOMPLETE, state
                text, _, outcome = _multibyte.decode('gb2312', bytes([byte | 0x80, data[position + 1] | 0x80]), 0)
                if outcome != _DONE or len(text) != 1:
                    return ''.join(parts), position, _ILLEGAL, state
                parts.append(text)
                position += 2
        return ''.join(parts), position, _DONE, state

    def encode(self, text, position, final, state):
        output = bytearray()
        while position < len(text):
            character = text[position]
            if character < '\x80':
                if state:
                    output += b'~}'
                    state = 0
                output += b'~~' if character == '~' else character.encode()
            else:
                data, _, outcome = _multibyte.encode('gb2312', character, 0, True)
                if outcome != _DONE:
                    return bytes(output), position, _ILLEGAL, state
                if not state:
                    output += b'~{'
                    state = 1
                output += bytes(byte & 0x7f for byte in data)
            position += 1
        return bytes(output), position, _DONE, state

    def finish(self, state):
        return b'~}' if state else b''


def _through(name, lead=b''):
    # a set of 94 by 94 characters that another encoding has with the eighth bit set
    def decode(data):
        text, _, outcome = _multibyte.decode(name, lead + bytes(byte | 0x80 for byte in data), 0)
        return text if outcome == _DONE else None

    def encode(character):
        data, _, outcome = _multibyte.encode(name, character, 0, True)
        rest = data[len(lead):]
        if outcome == _DONE and len(rest) == 2 and data.startswith(lead) and rest[0] > 0xa0 and rest[1] > 0xa0:
            return bytes(byte & 0x7f for byte in rest)
    return decode, encode


def _ascii():
    return (lambda data: chr(data[0])), (lambda character: character.encode() if character < '\x80' else None)


def _roman():
    # JIS X 0201: ASCII with a yen sign and an overline
    special = {0x5c: '\xa5', 0x7e: '\u203e'}
    back = {character: bytes([byte]) for byte, character in special.items()}

    def encode(character):
        if character in back:
            return back[character]
        if character < '\x80' and ord(character) not in special:
            return character.encode()
    return (lambda data: special.get(data[0], chr(data[0]))), encode


def _kana():
    def decode(data):
        if 0x21 <= data[0] <= 0x5f:
            return chr(0xff40 + data[0])

    def encode(character):
        if '\uff61' <= character <= '\uff9f':
            return bytes([ord(character) - 0xff40])
    return decode, encode


# escape sequence, bytes a character, makers of (decode, encode)
_SETS = {
    'ascii': (b'\x1b(B', 1, _ascii),
    'roman': (b'\x1b(J', 1, _roman),
    'kana': (b'\x1b(I', 1, _kana),
    'jis0208': (b'\x1b$B', 2, lambda: _through('euc_jp')),
    'jis0208old': (b'\x1b$@', 2, lambda: _through('euc_jp')),
    'jis0212': (b'\x1b$(D', 2, lambda: _through('euc_jp', b'\x8f')),
    'gb2312': (b'\x1b$A', 2, lambda: _through('gb2312')),
    'ksx1001': (b'\x1b$(C', 2, lambda: _through('euc_kr')),
}


_THROUGHOUT = 16


def _unknown_escape(data, position):
    # how an escape sequence that means nothing here ends: minus its length
    for at in range(1, 16):
        if position + at >= len(data):
            return _INCOMPLETE
        if 0x40 <= data[position + at] <= 0x5a:
            return -(at + 1)
    return _ILLEGAL


class _Iso2022:
    # one set of characters after the other, in the first half of the code; the state is the number of the present set
    def __init__(self, name, sets):
        self.name = name
        self.names = sets
        self.sets = [_SETS[each] for each in sets]
        self.codes = [make() for _, _, make in self.sets]

    def decode(self, data, position, state):
        parts = []
        size = len(data)
        while position < size:
            byte = data[position]
            if byte == 0x1b and not state & _THROUGHOUT and position + 1 < size and data[position + 1] not in b'()$.&':
                state |= _THROUGHOUT
            if state & _THROUGHOUT:
                # behind an escape that is none everything stands for itself, up to what ends an escape
                if 0x40 <= byte <= 0x5a:
                    state &= ~_THROUGHOUT
                parts.append(chr(byte))
                position += 1
                continue
            if byte == 0x1b:
                for number, (escape, _, _) in enumerate(self.sets):
                    if data.startswith(escape, position):
                        state = number
                        position += len(escape)
                        break
                else:
                    return ''.join(parts), position, _unknown_escape(data, position), state
                continue
            if byte & 0x80:
                return ''.join(parts), position, _ILLEGAL, state
            if byte <= 0x20:
                parts.append(chr(byte))
                position += 1
                continue
            width = self.sets[state][1]
            if position + width > size:
                return ''.join(parts), position, _INCOMPLETE, state
            text = self.codes[state][0](data[position:position + width])
            if text is None:
                return ''.join(parts), position, -width, state
            parts.append(text)
            position += width
        return ''.join(parts), position, _DONE, state

    def encode(self, text, position, final, state):
        output = bytearray()
        while position < len(text):
            character = text[position]
            for number, (_, encode) in enumerate(self.codes):
                data = encode(character)
                if data is not None and self.names[number] != 'jis0208old':
                    break
            else:
                return bytes(output), position, _ILLEGAL, state
            if number != state:
                output += self.sets[number][0]
                state = number
            output += data
            position += 1
        return bytes(output), position, _DONE, state

    def finish(self, state):
        return b'\x1b(B' if state else b''


class _Iso2022Kr:
    # ASCII, and KS X 1001 between the bytes 14 and 15, announced before its first use. State: 1 within, 2 announced
    name = 'iso2022_kr'
    _head = b'\x1b$)C'

    def __init__(self):
        self.codes = _through('euc_kr')

    def decode(self, data, position, state):
        parts = []
        size = len(data)
        while position < size:
            byte = data[position]
            if byte == 0x1b:
                rest = data[position:position + 4]
                if rest != self._head:
                    return ''.join(parts), position, _unknown_escape(data, position), state
                position += 4
            elif byte == 14 or byte == 15:
                state = 1 if byte == 14 else 0
                position += 1
            elif byte & 0x80:
                return ''.join(parts), position, _ILLEGAL, state
            elif byte <= 0x20 or not state:
                if byte == 10:
                    state = 0
                parts.append(chr(byte))
                position += 1
            elif position + 2 > size:
                return ''.join(parts), position, _INCOMPLETE, state
            else:
                text = self.codes[0](data[position:position + 2])
                if text is None:
                    return ''.join(parts), position, _ILLEGAL, state
                parts.append(text)
                position += 2
        return ''.join(parts), position, _DONE, state

    def encode(self, text, position, final, state):
        output = bytearray()
        while position < len(text):
            character = text[position]
            data = character.encode() if character < '\x80' else self.codes[1](character)
            if data is None:
                return bytes(output), position, _ILLEGAL, state
            within = len(data) == 2
            if within and not state & 2:
                output += self._head
                state |= 2
            if within != state & 1:
                output.append(14 if within else 15)
                state ^= 1
            output += data
            if character == '\n':
                state &= 2
            position += 1
        return bytes(output), position, _DONE, state

    def finish(self, state):
        return b'\x0f' if state & 1 else b''


_ISO_2022_SETS = {
    'iso2022_jp': 'ascii jis0208 roman jis0208old',
    'iso2022_jp_1': 'ascii jis0208 jis0212 roman jis0208old',
    'iso2022_jp_2': 'ascii jis0208 jis0212 ksx1001 gb2312 roman jis0208old',
    'iso2022_jp_ext': 'ascii jis0208 jis0212 roman kana jis0208old',
}


def _decode(coder, data, errors, final, state=0):
    # -> text, how many bytes were used, state; without `final` an incomplete sequence at the end is left
    name = coder.name
    data = bytes(data)
    parts = []
    position = 0
    while True:
        text, position, outcome, state = coder.decode(data, position, state)
        parts.append(text)
        if outcome == _DONE or outcome == _INCOMPLETE and not final:
            return ''.join(parts), position, state
        if outcome == _INCOMPLETE:
            end, reason = len(data), 'incomplete multibyte sequence'
        else:
            end, reason = position + max(1, -outcome), 'illegal multibyte sequence'
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


def _encode(coder, text, errors, final, state=0):
    # -> bytes, how many characters were used, state; without `final` the first of a possible pair at the end is left
    name = coder.name
    parts = []
    position = 0
    while True:
        data, position, outcome, state = coder.encode(text, position, final, state)
        parts.append(data)
        if outcome != _ILLEGAL:
            if final:
                parts.append(coder.finish(state))
                state = 0
            return b''.join(parts), position, state
        error = UnicodeEncodeError(name, text, position, position + 1, 'illegal multibyte sequence')
        if errors == 'strict':
            raise error
        if errors == 'ignore':
            position += 1
            continue
        if errors == 'replace':
            data, _, _, state = coder.encode('?', 0, True, state)
            parts.append(data)
            position += 1
            continue
        answer = _lookup_error(errors)(error)
        if not isinstance(answer, tuple) or len(answer) != 2 or not isinstance(answer[0], (str, bytes)) or not isinstance(answer[1], int):
            raise TypeError('encoding error handler must return (str, int) tuple')
        made, place = answer
        if isinstance(made, str):
            made, _, outcome, state = coder.encode(made, 0, True, state)
            if outcome == _ILLEGAL:
                raise error
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
    def __init__(self, coder):
        self._coder = coder

    def encode(self, input, errors=None):
        if not isinstance(input, str):
            raise TypeError("couldn't convert the object to str.")
        return _encode(self._coder, input, errors or 'strict', True)[0], len(input)

    def decode(self, input, errors=None):
        data = bytes(memoryview(input))
        return _decode(self._coder, data, errors or 'strict', True)[0], len(data)


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


def _coder_of(self):
    codec = getattr(self, 'codec', None)
    if not isinstance(codec, MultibyteCodec):
        raise TypeError('codec is unexpected type')
    return codec._coder


class MultibyteIncrementalEncoder(_Errors):
    def __init__(self, errors='strict'):
        self.errors = errors
        self._coder = _coder_of(self)
        self._pending = ''
        self._state = 0

    def encode(self, input, final=False):
        if not isinstance(input, str):
            raise TypeError("couldn't convert the object to str.")
        text = self._pending + input
        data, used, self._state = _encode(self._coder, text, self._errors, bool(final), self._state)
        self._pending = text[used:]
        return data

    def reset(self):
        self._pending = ''
        self._state = 0

    def getstate(self):
        pending = self._pending.encode()
        return int.from_bytes(bytes([len(pending)]) + pending + bytes([self._state]) + bytes(7), 'little')

    def setstate(self, state, /):
        if not isinstance(state, int):
            raise TypeError(f'setstate() argument must be int, not {type(state).__name__}')
        data = state.to_bytes(17, 'little')
        if data[0] > _MAX_PENDING:
            raise UnicodeError('pending buffer too large')
        self._pending = data[1:1 + data[0]].decode()
        self._state = data[1 + data[0]]


class MultibyteIncrementalDecoder(_Errors):
    def __init__(self, errors='strict'):
        self.errors = errors
        self._coder = _coder_of(self)
        self._pending = b''
        self._state = 0

    def decode(self, input, final=False):
        data = self._pending + bytes(memoryview(input))
        text, used, self._state = _decode(self._coder, data, self._errors, bool(final), self._state)
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
            raise UnicodeDecodeError(self._coder.name, pending, 0, len(pending), 'pending buffer too large')
        self._pending, self._state = pending, number


class MultibyteStreamReader(_Errors):
    def __init__(self, stream, errors='strict'):
        self.stream = stream
        self.errors = errors
        self._coder = _coder_of(self)
        self._pending = b''
        self._state = 0

    def _take(self, method, size):
        if size == 0:
            return ''
        while True:
            data = getattr(self.stream, method)() if size < 0 else getattr(self.stream, method)(size)
            if not isinstance(data, bytes):
                raise TypeError(f'stream function returned a non-bytes object ({type(data).__name__})')
            ends = size < 0 or not data
            data = self._pending + data
            text, used, self._state = _decode(self._coder, data, self._errors, ends, self._state)
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
        self._state = 0


class MultibyteStreamWriter(_Errors):
    def __init__(self, stream, errors='strict'):
        self.stream = stream
        self.errors = errors
        self._coder = _coder_of(self)
        self._pending = ''
        self._state = 0

    def write(self, object, /):
        if not isinstance(object, str):
            raise TypeError("couldn't convert the object to str.")
        text = self._pending + object
        data, used, self._state = _encode(self._coder, text, self._errors, False, self._state)
        self._pending = text[used:]
        self.stream.write(data)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def reset(self):
        data, _, self._state = _encode(self._coder, self._pending, self._errors, True, self._state)
        self._pending = ''
        if data:
            self.stream.write(data)


def getcodec(name, /):
    if not isinstance(name, str):
        raise TypeError('encoding name must be a string.')
    if name == 'hz':
        return MultibyteCodec(_Hz())
    if name == 'iso2022_kr':
        return MultibyteCodec(_Iso2022Kr())
    if name in _ISO_2022_SETS:
        return MultibyteCodec(_Iso2022(name, _ISO_2022_SETS[name].split()))
    if not _multibyte.known(name):
        raise LookupError('no such codec is supported.')
    return MultibyteCodec(_Table(name))
