# _decimal: decimal floating point as the General Decimal Arithmetic specification has it. The library's own fallback is
# not in its archive, so this is the only implementation; it is in Python because ints do the heavy work.
#
# A number is a sign, a coefficient (an int; of a NaN the payload), an exponent, and a kind. Every operation computes an
# exact or sufficiently exact result and the conditions it met, as bits; `Context._round` brings the result into the
# context, `Context._signal` sets flags and raises what is trapped.

from _contextvars import ContextVar as _ContextVar
from collections.abc import MutableMapping as _MutableMapping
from collections import namedtuple as _namedtuple
import math as _math
import numbers as _numbers

__version__ = "1.70"
__libmpdec_version__ = "2.5.1"
SPEC_VERSION = "1.70"

ROUND_UP = "ROUND_UP"
ROUND_DOWN = "ROUND_DOWN"
ROUND_CEILING = "ROUND_CEILING"
ROUND_FLOOR = "ROUND_FLOOR"
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_DOWN = "ROUND_HALF_DOWN"
ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_05UP = "ROUND_05UP"
_ROUNDINGS = (
    ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP,
)

MAX_PREC = 999999999999999999
MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)
IEEE_CONTEXT_MAX_BITS = 512
HAVE_THREADS = True
HAVE_CONTEXTVAR = True

DecimalTuple = _namedtuple("DecimalTuple", "sign digits exponent", module="decimal")


# Conditions -----------------------------------------------------------------------------------------------------------


class DecimalException(ArithmeticError):
    __module__ = "decimal"


class Clamped(DecimalException):
    __module__ = "decimal"


class InvalidOperation(DecimalException):
    __module__ = "decimal"


class ConversionSyntax(InvalidOperation):
    __module__ = "decimal"


class DivisionByZero(DecimalException, ZeroDivisionError):
    __module__ = "decimal"


class DivisionImpossible(InvalidOperation):
    __module__ = "decimal"


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    __module__ = "decimal"


class Inexact(DecimalException):
    __module__ = "decimal"


class InvalidContext(InvalidOperation):
    __module__ = "decimal"


class Rounded(DecimalException):
    __module__ = "decimal"


class Subnormal(DecimalException):
    __module__ = "decimal"


class Overflow(Inexact, Rounded):
    __module__ = "decimal"


class Underflow(Inexact, Rounded, Subnormal):
    __module__ = "decimal"


class FloatOperation(DecimalException, TypeError):
    __module__ = "decimal"


_INVALID = 1
_FLOAT = 2
_ZERO_DIVISION = 4
_OVERFLOW = 8
_UNDERFLOW = 16
_SUBNORMAL = 32
_INEXACT = 64
_ROUNDED = 128
_CLAMPED = 256
# what an invalid operation was; these bits always come with _INVALID
_SYNTAX = 512
_IMPOSSIBLE = 1024
_UNDEFINED = 2048
_BAD_CONTEXT = 4096

# in the order in which signals are raised if several are trapped
_SIGNALS = (
    (InvalidOperation, _INVALID),
    (FloatOperation, _FLOAT),
    (DivisionByZero, _ZERO_DIVISION),
    (Overflow, _OVERFLOW),
    (Underflow, _UNDERFLOW),
    (Subnormal, _SUBNORMAL),
    (Inexact, _INEXACT),
    (Rounded, _ROUNDED),
    (Clamped, _CLAMPED),
)
_SIGNAL_BITS = dict(_SIGNALS)
_CAUSES = (
    (ConversionSyntax, _SYNTAX),
    (DivisionImpossible, _IMPOSSIBLE),
    (DivisionUndefined, _UNDEFINED),
    (InvalidContext, _BAD_CONTEXT),
)


class SignalDict(_MutableMapping):
    """The flags or traps of a context: a mapping from signals to bools, kept as bits."""

    __module__ = "decimal"
    __slots__ = ("_bits",)

    def __init__(self, bits=0):
        self._bits = bits

    def _bit(self, signal):
        try:
            return _SIGNAL_BITS[signal]
        except (KeyError, TypeError):
            raise KeyError("invalid error flag") from None

    def __getitem__(self, signal):
        return bool(self._bits & self._bit(signal))

    def __setitem__(self, signal, value):
        if value:
            self._bits |= self._bit(signal)
        else:
            self._bits &= ~self._bit(signal)

    def __delitem__(self, signal):
        raise ValueError("signal keys cannot be deleted")

    def __iter__(self):
        return iter([signal for signal, _ in _SIGNALS])

    def __len__(self):
        return len(_SIGNALS)

    def __eq__(self, other):
        if isinstance(other, SignalDict):
            return self._bits == other._bits
        if isinstance(other, dict):
            try:
                return self._bits == _bits_of_dict(other)
            except (TypeError, KeyError, ValueError):
                return False
        return NotImplemented

    __hash__ = None

    def __repr__(self):
        return "{" + ", ".join(f"<class 'decimal.{s.__name__}'>:{self[s]}" for s in self) + "}"

    def copy(self):
        return dict(self)


def _bits_of_dict(signals):
    if len(signals) != len(_SIGNALS):
        raise KeyError("invalid signal dict")
    bits = 0
    for signal, value in signals.items():
        try:
            bit = _SIGNAL_BITS[signal]
        except (KeyError, TypeError):
            raise KeyError("invalid signal dict") from None
        if value:
            bits |= bit
    return bits


def _bits_of_list(signals):
    bits = 0
    for signal in signals:
        try:
            bits |= _SIGNAL_BITS[signal]
        except (KeyError, TypeError):
            raise TypeError("values for signal dict must be valid signals") from None
    return bits


# Ints -----------------------------------------------------------------------------------------------------------------


def _digits(n):
    """How many decimal digits a positive int has (1 for 0)."""
    if n < 1000000000000000:
        return len(str(n))
    guess = (n.bit_length() - 1) * 30102999566398 // 100000000000000
    return guess + 1 + (n >= 10 ** (guess + 1))


def _text(n):
    """str(n) without a limit to its length."""
    if n.bit_length() < 14000:
        return str(n)
    half = _digits(n) // 2
    high, low = divmod(n, 10**half)
    return _text(high) + _text(low).rjust(half, "0")


def _int(text):
    """int(text) without a limit to its length."""
    if len(text) <= 4000:
        return int(text) if text else 0
    half = len(text) // 2
    return _int(text[:-half]) * 10**half + _int(text[-half:])


def _shorten(n, count, sign, rounding):
    """n without its last `count` digits, rounded; and whether what was dropped was not zero."""
    if count > 2 * n.bit_length() + 1:
        quotient, rest, half = 0, n, -1
    else:
        power = 10**count
        quotient, rest = divmod(n, power)
        half = 2 * rest - power
    if not rest:
        return quotient, False
    return quotient + _away(quotient, half, sign, rounding), True


def _away(quotient, half, sign, rounding):
    """1 if rounding goes away from zero; `half` says how what is dropped (not zero) compares with one half."""
    if rounding == ROUND_HALF_EVEN:
        return int(half > 0 or (half == 0 and quotient & 1))
    if rounding == ROUND_DOWN:
        return 0
    if rounding == ROUND_HALF_UP:
        return int(half >= 0)
    if rounding == ROUND_HALF_DOWN:
        return int(half > 0)
    if rounding == ROUND_UP:
        return 1
    if rounding == ROUND_CEILING:
        return int(not sign)
    if rounding == ROUND_FLOOR:
        return int(sign)
    return int(quotient % 5 == 0)


# Contexts -------------------------------------------------------------------------------------------------------------


def _limited(value, low, high, message):
    if not isinstance(value, int):
        raise TypeError(f"optional argument must be an integer" if value is None else
                        f"'{type(value).__name__}' object cannot be interpreted as an integer")
    if not low <= value <= high:
        raise ValueError(message)
    return int(value)


class Context:
    """Precision, rounding, limits of the exponent, and what is signalled."""

    __module__ = "decimal"
    __slots__ = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps", "_shared")

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None,
                 traps=None):
        base = DefaultContext if "DefaultContext" in globals() else _Bare
        self.prec = base.prec if prec is None else prec
        self.rounding = base.rounding if rounding is None else rounding
        self.Emin = base.Emin if Emin is None else Emin
        self.Emax = base.Emax if Emax is None else Emax
        self.capitals = base.capitals if capitals is None else capitals
        self.clamp = base.clamp if clamp is None else clamp
        for name, given, default in (("flags", flags, 0), ("traps", traps, base.traps._bits)):
            if given is None:
                bits = default
            elif isinstance(given, SignalDict):
                bits = given._bits
            elif isinstance(given, dict):
                bits = _bits_of_dict(given)
            elif isinstance(given, list):
                bits = _bits_of_list(given)
            else:
                raise TypeError("argument must be a signal dict")
            object.__setattr__(self, name, SignalDict(bits))

    def __setattr__(self, name, value):
        if name == "prec":
            value = _limited(value, 1, MAX_PREC, "valid range for prec is [1, MAX_PREC]")
        elif name == "Emin":
            value = _limited(value, MIN_EMIN, 0, "valid range for Emin is [MIN_EMIN, 0]")
        elif name == "Emax":
            value = _limited(value, 0, MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]")
        elif name == "capitals":
            value = _limited(value, 0, 1, "valid values for capitals are 0 or 1")
        elif name == "clamp":
            value = _limited(value, 0, 1, "valid values for clamp are 0 or 1")
        elif name == "rounding":
            if value not in _ROUNDINGS or not isinstance(value, str):
                raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   "
                                "ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        elif name in ("flags", "traps"):
            if isinstance(value, SignalDict):
                value = SignalDict(value._bits)
            elif isinstance(value, dict):
                value = SignalDict(_bits_of_dict(value))
            else:
                raise TypeError("argument must be a signal dict")
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        raise AttributeError("context attributes cannot be deleted")

    def __repr__(self):
        order = (Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow)
        flags = ", ".join(s.__name__ for s in order if self.flags[s])
        traps = ", ".join(s.__name__ for s in order if self.traps[s])
        return (f"Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, "
                f"capitals={self.capitals}, clamp={self.clamp}, flags=[{flags}], traps=[{traps}])")

    def __reduce__(self):
        return Context, (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp,
                         [s for s in self.flags if self.flags[s]], [s for s in self.traps if self.traps[s]])

    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp,
                       SignalDict(self.flags._bits), SignalDict(self.traps._bits))

    __copy__ = copy

    def clear_flags(self):
        self.flags._bits = 0

    def clear_traps(self):
        self.traps._bits = 0

    def Etiny(self):
        return self.Emin - self.prec + 1

    def Etop(self):
        return self.Emax - self.prec + 1

    def radix(self):
        return Decimal(10)

    def _signal(self, conditions):
        """Sets flags; raises the first signal that is trapped."""
        self.flags._bits |= conditions & 511
        trapped = conditions & self.traps._bits
        if trapped:
            causes = []
            for cause, bit in _CAUSES:
                if trapped & _INVALID and conditions & bit:
                    causes.append(cause)
            raised = None
            for signal, bit in _SIGNALS:
                if trapped & bit:
                    raised = raised or signal
                    if not (bit == _INVALID and causes):
                        causes.append(signal)
            raise raised(causes)

    def _round(self, sign, n, exponent, sticky=0, conditions=0):
        """
        The number in this context: its precision, its limits. `sticky` says that a little more belongs to n, which then
        has a digit to spare.
        """
        prec = self.prec
        if not n and not sticky:
            limited = min(max(exponent, self.Emin - prec + 1), self.Emax - prec + 1 if self.clamp else self.Emax)
            if limited != exponent:
                conditions |= _CLAMPED
            if conditions:
                self._signal(conditions)
            return _make(sign, 0, limited)
        count = _digits(n)
        least = count + exponent - prec
        top = self.Emax - prec + 1
        if least > top:
            return self._overflow(sign, conditions)
        tiny = self.Emin - prec + 1
        subnormal = count + exponent - 1 < self.Emin
        if least < tiny:
            least = tiny
        if exponent < least:
            if sticky:
                n = n * 10 + 1
                exponent -= 1
            n, inexact = _shorten(n, least - exponent, sign, self.rounding)
            exponent = least
            if n == 10**prec:
                n //= 10
                exponent += 1
                if exponent > top:
                    return self._overflow(sign, conditions)
            conditions |= _ROUNDED
            if inexact:
                conditions |= _INEXACT
            if subnormal:
                conditions |= _SUBNORMAL
                if inexact:
                    conditions |= _UNDERFLOW
                if not n:
                    conditions |= _CLAMPED
        elif subnormal:
            conditions |= _SUBNORMAL
        if self.clamp and exponent > top:
            n *= 10 ** (exponent - top)
            exponent = top
            conditions |= _CLAMPED
        if conditions:
            self._signal(conditions)
        return _make(sign, n, exponent)

    def _near(self, sign, n, exponent, zeros):
        """The number with `zeros` zeros behind it, as many of them as there is room for."""
        shift = min(zeros, max(self.prec - _digits(n), 0)) if n else zeros
        return self._round(sign, n * 10**shift if n else 0, exponent - shift, 0, _ROUNDED if shift < zeros else 0)

    def _overflow(self, sign, conditions):
        rounding = self.rounding
        self._signal(conditions | _OVERFLOW | _INEXACT | _ROUNDED)
        to_largest = rounding in (ROUND_DOWN, ROUND_05UP) or rounding == (ROUND_CEILING if sign else ROUND_FLOOR)
        if to_largest:
            return _make(sign, 10**self.prec - 1, self.Emax - self.prec + 1)
        return _make(sign, 0, 0, _INF)

    def _invalid(self, cause=0):
        self._signal(_INVALID | cause)
        return _make(0, 0, 0, _QNAN)

    def _nan(self, a, b=None, c=None):
        """The NaN that an operation on these gives if one of them is a NaN; else None."""
        given = [x for x in (a, b, c) if x is not None]
        for x in given:
            if x._kind == _SNAN:
                self._signal(_INVALID)
                return self._payload(x)
        for x in given:
            if x._kind == _QNAN:
                return self._payload(x)
        return None

    def _payload(self, nan):
        room = self.prec - self.clamp
        n = nan._n
        if n and _digits(n) > room:
            n %= 10**room
        return _make(nan._sign, n, 0, _QNAN)

    def _scratch(self, prec=None):
        """A context of this rounding for intermediate results: no limits, no traps."""
        return Context(prec or self.prec, self.rounding, MIN_EMIN, MAX_EMAX, self.capitals, 0, [], [])

    # making numbers

    def create_decimal(self, num="0", /):
        number = Decimal(num, self) if not isinstance(num, str) else _parse(num, self, True)
        if number._kind >= _QNAN:
            if number._n and _digits(number._n) > self.prec - self.clamp:
                return self._invalid(_SYNTAX)
            return number
        if number._kind:
            return number
        return self._round(number._sign, number._n, number._e)

    def create_decimal_from_float(self, f, /):
        number = Decimal.from_float(f)
        return self.plus(number)

    # operations

    def _convert(self, value):
        if isinstance(value, Decimal):
            return value
        if isinstance(value, int):
            return Decimal(value)
        raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")


_FINITE = 0
_INF = 1
_QNAN = 2
_SNAN = 3


class _Bare:
    prec = 28
    rounding = ROUND_HALF_EVEN
    Emin = -999999
    Emax = 999999
    capitals = 1
    clamp = 0
    traps = SignalDict(_INVALID | _ZERO_DIVISION | _OVERFLOW)


# Numbers --------------------------------------------------------------------------------------------------------------


def _make(sign, n, exponent, kind=_FINITE):
    self = object.__new__(Decimal)
    self._sign = sign
    self._n = n
    self._e = exponent
    self._kind = kind
    return self


def _parse(text, context, signal_here=False):
    """A number from text; a text that is none signals in the context."""
    stripped = text.strip() if signal_here is False else text
    if signal_here and text != text.strip():
        stripped = "?"
    stripped = stripped.replace("_", "") if not signal_here else stripped
    body = stripped
    sign = 0
    if body[:1] in ("+", "-"):
        sign = int(body[0] == "-")
        body = body[1:]
    lower = body.lower()
    if lower in ("inf", "infinity"):
        return _make(sign, 0, 0, _INF)
    kind = _QNAN if lower.startswith("nan") else _SNAN if lower.startswith("snan") else _FINITE
    if kind:
        payload = body[3:] if kind == _QNAN else body[4:]
        if payload == "" or payload.isdecimal():
            return _make(sign, _int(_ascii_digits(payload)), 0, kind)
        return context._invalid(_SYNTAX)
    mantissa, mark, exponent_text = lower.partition("e")
    exponent = 0
    if mark:
        digits = exponent_text[1:] if exponent_text[:1] in ("+", "-") else exponent_text
        if not digits.isdecimal():
            return context._invalid(_SYNTAX)
        exponent = _int(_ascii_digits(digits))
        if exponent_text[0] == "-":
            exponent = -exponent
    whole, point, fraction = mantissa.partition(".")
    digits = whole + fraction
    if not digits.isdecimal():
        return context._invalid(_SYNTAX)
    n = _int(_ascii_digits(digits))
    exponent -= len(fraction)
    if n and exponent + _digits(n) - 1 > MAX_EMAX or n and exponent < MIN_ETINY and not signal_here:
        if exponent > 0:
            return context._invalid(0) if not signal_here else _make(sign, n, exponent)
        return context._invalid(0)
    if not n:
        exponent = min(max(exponent, MIN_ETINY), MAX_EMAX)
    return _make(sign, n, exponent)


def _ascii_digits(text):
    if text.isascii():
        return text
    return "".join(str(int(c)) for c in text)


_HASH_MODULUS = (1 << 61) - 1
_HASH_INF = 314159
_HASH_INVERSE = pow(10, _HASH_MODULUS - 2, _HASH_MODULUS)


class Decimal:
    """A decimal number; see the head of the module."""

    __module__ = "decimal"
    __slots__ = ("_sign", "_n", "_e", "_kind")

    def __new__(cls, value="0", context=None):
        if context is None:
            context = getcontext()
        elif not isinstance(context, Context):
            raise TypeError("optional argument must be a context")
        if isinstance(value, str):
            number = _parse(value, context)
        elif isinstance(value, int):
            number = _make(int(value < 0), abs(int(value)), 0)
        elif isinstance(value, Decimal):
            if cls is Decimal and type(value) is Decimal:
                return value
            number = value
        elif isinstance(value, (list, tuple)):
            number = _from_tuple(value)
        elif isinstance(value, float):
            context._signal(_FLOAT)
            number = Decimal.from_float(value)
        else:
            raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
        if cls is Decimal:
            return number
        self = object.__new__(cls)
        self._sign = number._sign
        self._n = number._n
        self._e = number._e
        self._kind = number._kind
        return self

    @classmethod
    def from_float(cls, f, /):
        if isinstance(f, int):
            number = _make(int(f < 0), abs(int(f)), 0)
        elif isinstance(f, float):
            sign = int(_math.copysign(1.0, f) < 0)
            if f != f:
                number = _make(sign, 0, 0, _QNAN)
            elif f in (_math.inf, -_math.inf):
                number = _make(sign, 0, 0, _INF)
            else:
                numerator, denominator = abs(f).as_integer_ratio()
                places = denominator.bit_length() - 1
                number = _make(sign, numerator * 5**places, -places)
        else:
            raise TypeError("argument must be int or float")
        return number if cls is Decimal else cls(number)

    @classmethod
    def from_number(cls, number, /):
        if isinstance(number, (int, Decimal)):
            return cls(number)
        if isinstance(number, float):
            return cls.from_float(number)
        raise TypeError("Cannot convert %r to Decimal" % number)

    # what it looks like

    def __str__(self):
        return self._shown(False, None)

    def to_eng_string(self, context=None):
        return self._shown(True, context)

    def _shown(self, engineering, context):
        sign = "-" if self._sign else ""
        if self._kind:
            if self._kind == _INF:
                return sign + "Infinity"
            return sign + ("NaN" if self._kind == _QNAN else "sNaN") + (_text(self._n) if self._n else "")
        digits = _text(self._n)
        e = self._e
        left = e + len(digits)
        if e <= 0 and left > -6:
            point = left
        elif not engineering:
            point = 1
        elif digits == "0":
            point = (left + 1) % 3 - 1
        else:
            point = (left - 1) % 3 + 1
        if point <= 0:
            body = "0." + "0" * -point + digits
        elif point >= len(digits):
            body = digits + "0" * (point - len(digits))
        else:
            body = digits[:point] + "." + digits[point:]
        if left == point:
            return sign + body
        mark = "E" if (context or getcontext()).capitals else "e"
        return f"{sign}{body}{mark}{left - point:+d}"

    def __repr__(self):
        return f"Decimal('{self}')"

    def as_tuple(self):
        if self._kind == _INF:
            return DecimalTuple(self._sign, (0,), "F")
        if self._kind:
            digits = tuple(map(int, _text(self._n))) if self._n else ()
            return DecimalTuple(self._sign, digits, "n" if self._kind == _QNAN else "N")
        return DecimalTuple(self._sign, tuple(map(int, _text(self._n))), self._e)

    def as_integer_ratio(self):
        if self._kind:
            if self._kind == _INF:
                raise OverflowError("cannot convert Infinity to integer ratio")
            raise ValueError("cannot convert NaN to integer ratio")
        if self._e >= 0:
            return (-self._n if self._sign else self._n) * 10**self._e, 1
        power = 10**-self._e
        common = _math.gcd(self._n, power)
        n = self._n // common
        return (-n if self._sign else n), power // common

    def __reduce__(self):
        return type(self), (str(self),)

    def __copy__(self):
        return self if type(self) is Decimal else type(self)(self)

    def __deepcopy__(self, memo):
        return self if type(self) is Decimal else type(self)(self)

    def __hash__(self):
        if self._kind:
            if self._kind == _SNAN:
                raise TypeError("Cannot hash a signaling NaN value")
            if self._kind == _QNAN:
                return object.__hash__(self)
            return -_HASH_INF if self._sign else _HASH_INF
        base = 10 if self._e >= 0 else _HASH_INVERSE
        value = self._n * pow(base, abs(self._e), _HASH_MODULUS) % _HASH_MODULUS
        value = -value if self._sign else value
        return -2 if value == -1 else value

    def __bool__(self):
        return self._kind != _FINITE or self._n != 0

    def __complex__(self):
        return complex(float(self))

    def __float__(self):
        if self._kind >= _QNAN:
            if self._kind == _SNAN:
                raise ValueError("cannot convert signaling NaN to float")
            return -_math.nan if self._sign else _math.nan
        if self._kind:
            return -_math.inf if self._sign else _math.inf
        return float(str(self))

    def __int__(self):
        if self._kind:
            if self._kind == _INF:
                raise OverflowError("cannot convert Infinity to integer")
            raise ValueError("cannot convert NaN to integer")
        n = self._n * 10**self._e if self._e >= 0 else _shorten(self._n, -self._e, 0, ROUND_DOWN)[0]
        return -n if self._sign else n

    __trunc__ = __int__

    def _to_int(self, rounding):
        if self._kind:
            if self._kind == _INF:
                raise OverflowError("cannot convert Infinity to integer")
            raise ValueError("cannot convert NaN to integer")
        n = self._n * 10**self._e if self._e >= 0 else _shorten(self._n, -self._e, self._sign, rounding)[0]
        return -n if self._sign else n

    def __floor__(self):
        return self._to_int(ROUND_FLOOR)

    def __ceil__(self):
        return self._to_int(ROUND_CEILING)

    def __round__(self, ndigits=None):
        if ndigits is None:
            return self._to_int(ROUND_HALF_EVEN)
        if not isinstance(ndigits, int):
            raise TypeError("optional arg must be an integer")
        context = getcontext()
        return _quantize(self, -ndigits, context, ROUND_HALF_EVEN, self)

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return Decimal(0)

    def conjugate(self):
        return self

    # what it is

    def adjusted(self):
        return 0 if self._kind else self._e + _digits(self._n) - 1

    def is_finite(self):
        return self._kind == _FINITE

    def is_infinite(self):
        return self._kind == _INF

    def is_nan(self):
        return self._kind >= _QNAN

    def is_qnan(self):
        return self._kind == _QNAN

    def is_snan(self):
        return self._kind == _SNAN

    def is_signed(self):
        return bool(self._sign)

    def is_zero(self):
        return self._kind == _FINITE and not self._n

    def is_canonical(self):
        return True

    def canonical(self):
        return self

    def is_normal(self, context=None):
        context = context or getcontext()
        return self._kind == _FINITE and self._n != 0 and self.adjusted() >= context.Emin

    def is_subnormal(self, context=None):
        context = context or getcontext()
        return self._kind == _FINITE and self._n != 0 and self.adjusted() < context.Emin

    def number_class(self, context=None):
        if self._kind == _SNAN:
            return "sNaN"
        if self._kind == _QNAN:
            return "NaN"
        sign = "-" if self._sign else "+"
        if self._kind == _INF:
            return sign + "Infinity"
        if not self._n:
            return sign + "Zero"
        return sign + ("Subnormal" if self.is_subnormal(context) else "Normal")

    def radix(self):
        return Decimal(10)

    # signs

    def copy_abs(self):
        return _make(0, self._n, self._e, self._kind)

    def copy_negate(self):
        return _make(1 - self._sign, self._n, self._e, self._kind)

    def copy_sign(self, other, context=None):
        other = _operand(other)
        return _make(other._sign, self._n, self._e, self._kind)

    def __neg__(self, context=None):
        context = context or getcontext()
        nan = context._nan(self)
        if nan is not None:
            return nan
        sign = 1 - self._sign
        if self._kind:
            return _make(sign, 0, 0, _INF)
        if not self._n and context.rounding != ROUND_FLOOR:
            sign = 0
        return context._round(sign, self._n, self._e)

    def __pos__(self, context=None):
        context = context or getcontext()
        nan = context._nan(self)
        if nan is not None:
            return nan
        if self._kind:
            return self.copy_abs() if not self._sign else _make(1, 0, 0, _INF)
        sign = self._sign
        if not self._n and context.rounding != ROUND_FLOOR:
            sign = 0
        return context._round(sign, self._n, self._e)

    def __abs__(self, context=None):
        return self.__neg__(context) if self._sign else self.__pos__(context)

    # arithmetic

    def _add(self, other, context):
        nan = context._nan(self, other)
        if nan is not None:
            return nan
        if self._kind or other._kind:
            if self._kind and other._kind and self._sign != other._sign:
                return context._invalid()
            return _make(self._sign if self._kind else other._sign, 0, 0, _INF)
        a, b = self, other
        e = min(a._e, b._e)
        if not a._n and not b._n:
            sign = a._sign if a._sign == b._sign else int(context.rounding == ROUND_FLOOR)
            return context._round(sign, 0, e)
        if a._n and b._n:
            # a number far below the other's last digit only decides how that is rounded
            if a._e < b._e:
                a, b = b, a
            reach = context.prec + 2
            gap = a._e + _digits(a._n) - (b._e + _digits(b._n))
            if a._e - b._e > reach + _digits(b._n) and gap > reach + 1:
                lifted = max(0, reach - _digits(a._n) + 1)
                n = a._n * 10 ** (lifted + 1)
                n = n + 1 if a._sign == b._sign else n - 1
                return context._round(a._sign, n, a._e - lifted - 1)
        n = (-a._n if a._sign else a._n) * 10 ** (a._e - e) + (-b._n if b._sign else b._n) * 10 ** (b._e - e) \
            if a._n and b._n else None
        if n is None:
            only = a if a._n else b
            return context._near(only._sign, only._n, only._e, only._e - e)
        if not n:
            return context._round(int(context.rounding == ROUND_FLOOR), 0, e)
        return context._round(int(n < 0), abs(n), e)

    def _multiply(self, other, context):
        nan = context._nan(self, other)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._kind or other._kind:
            if (not self._kind and not self._n) or (not other._kind and not other._n):
                return context._invalid()
            return _make(sign, 0, 0, _INF)
        return context._round(sign, self._n * other._n, self._e + other._e)

    def _divide(self, other, context):
        nan = context._nan(self, other)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._kind:
            return context._invalid() if other._kind else _make(sign, 0, 0, _INF)
        if other._kind:
            context._signal(_CLAMPED)
            return _make(sign, 0, context.Etiny())
        if not other._n:
            if not self._n:
                return context._invalid(_UNDEFINED)
            context._signal(_ZERO_DIVISION)
            return _make(sign, 0, 0, _INF)
        ideal = self._e - other._e
        if not self._n:
            return context._round(sign, 0, ideal)
        shift = _digits(other._n) - _digits(self._n) + context.prec + 1
        if shift >= 0:
            quotient, rest = divmod(self._n * 10**shift, other._n)
        else:
            quotient, rest = divmod(self._n, other._n * 10**-shift)
        exponent = ideal - shift
        if rest:
            if quotient % 5 == 0:
                quotient += 1
        else:
            while exponent < ideal and quotient % 10 == 0:
                quotient //= 10
                exponent += 1
        return context._round(sign, quotient, exponent)

    def _divide_to_int(self, other, context):
        """
        The quotient of finite numbers (the divisor not zero), and the arguments for `_near` that make the remainder; None if
        the quotient is too long.
        """
        if not self._n:
            return 0, 0, min(self._e, other._e), 0
        if self.adjusted() - other.adjusted() < 0:
            return 0, self._n, self._e, max(self._e - other._e, 0)
        if self.adjusted() - other.adjusted() > context.prec:
            return None
        a, b = self._n, other._n
        if self._e >= other._e:
            a *= 10 ** (self._e - other._e)
        else:
            b *= 10 ** (other._e - self._e)
        quotient, rest = divmod(a, b)
        if quotient >= 10**context.prec:
            return None
        return quotient, rest, min(self._e, other._e), 0

    def _floor_divide(self, other, context):
        nan = context._nan(self, other)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._kind:
            return context._invalid() if other._kind else _make(sign, 0, 0, _INF)
        if other._kind:
            return _make(sign, 0, 0)
        if not other._n:
            if not self._n:
                return context._invalid(_UNDEFINED)
            context._signal(_ZERO_DIVISION)
            return _make(sign, 0, 0, _INF)
        parts = self._divide_to_int(other, context)
        if parts is None:
            return context._invalid(_IMPOSSIBLE)
        return context._round(sign, parts[0], 0)

    def _modulo(self, other, context):
        nan = context._nan(self, other)
        if nan is not None:
            return nan
        if self._kind:
            return context._invalid()
        if other._kind:
            return context._round(self._sign, self._n, self._e)
        if not other._n:
            return context._invalid(_INVALID if self._n else _UNDEFINED)
        parts = self._divide_to_int(other, context)
        if parts is None:
            return context._invalid(_IMPOSSIBLE)
        return context._near(self._sign, *parts[1:])

    def _divmod(self, other, context):
        nan = context._nan(self, other)
        if nan is not None:
            return nan, nan
        sign = self._sign ^ other._sign
        if self._kind:
            if other._kind:
                return context._invalid(), _make(0, 0, 0, _QNAN)
            context._signal(_INVALID)
            return _make(sign, 0, 0, _INF), _make(0, 0, 0, _QNAN)
        if other._kind:
            return context._round(sign, 0, 0), context._round(self._sign, self._n, self._e)
        if not other._n:
            if not self._n:
                return context._invalid(_UNDEFINED), _make(0, 0, 0, _QNAN)
            context._signal(_ZERO_DIVISION | _INVALID)
            return _make(sign, 0, 0, _INF), _make(0, 0, 0, _QNAN)
        parts = self._divide_to_int(other, context)
        if parts is None:
            return context._invalid(_IMPOSSIBLE), _make(0, 0, 0, _QNAN)
        return context._round(sign, parts[0], 0), context._near(self._sign, *parts[1:])

    def remainder_near(self, other, context=None):
        context = context or getcontext()
        other = _operand(other)
        nan = context._nan(self, other)
        if nan is not None:
            return nan
        if self._kind or (not other._kind and not other._n):
            return context._invalid(0 if self._kind or self._n else _UNDEFINED)
        if other._kind:
            return context._round(self._sign, self._n, self._e)
        e = min(self._e, other._e)
        if self.adjusted() - other.adjusted() > context.prec + 1 and self._n:
            return context._invalid(_IMPOSSIBLE)
        if self.adjusted() - other.adjusted() < -2 and self._n:
            return context._near(self._sign, self._n, self._e, self._e - e)
        a = self._n * 10 ** (self._e - e)
        b = other._n * 10 ** (other._e - e)
        quotient, rest = divmod(a, b)
        if 2 * rest > b or (2 * rest == b and quotient & 1):
            rest -= b
            quotient += 1
        if quotient >= 10**context.prec:
            return context._invalid(_IMPOSSIBLE)
        sign = self._sign
        if rest < 0:
            sign, rest = 1 - sign, -rest
        return context._round(sign, rest, e)

    def fma(self, other, third, context=None):
        context = context or getcontext()
        other = _operand(other)
        third = _operand(third)
        nan = context._nan(self, other) if self._kind == _SNAN or other._kind == _SNAN else None
        if nan is None:
            nan = context._nan(self, other, third)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._kind or other._kind:
            if (not self._kind and not self._n) or (not other._kind and not other._n):
                return context._invalid()
            product = _make(sign, 0, 0, _INF)
        else:
            product = _make(sign, self._n * other._n, self._e + other._e)
        return product._add(third, context)

    def __divmod__(self, other):
        other = _other(other)
        return other if other is NotImplemented else self._divmod(other, getcontext())

    def __rdivmod__(self, other):
        other = _other(other)
        return other if other is NotImplemented else other._divmod(self, getcontext())

    # comparison

    def _order(self, other):
        """-1, 0 or 1; no NaNs."""
        if self._kind or other._kind:
            a = (-1 if self._sign else 1) if self._kind else 0
            b = (-1 if other._sign else 1) if other._kind else 0
            return (a > b) - (a < b)
        if not self._n or not other._n:
            a = 0 if not self._n else -1 if self._sign else 1
            b = 0 if not other._n else -1 if other._sign else 1
            return (a > b) - (a < b)
        if self._sign != other._sign:
            return -1 if self._sign else 1
        direction = -1 if self._sign else 1
        a = self.adjusted()
        b = other.adjusted()
        if a != b:
            return direction if a > b else -direction
        e = min(self._e, other._e)
        a = self._n * 10 ** (self._e - e)
        b = other._n * 10 ** (other._e - e)
        return direction * ((a > b) - (a < b))

    def _compared(self, other, equality):
        """The order to the operand of a comparison operator; None if a NaN is involved, or NotImplemented."""
        if isinstance(other, Decimal):
            pass
        elif isinstance(other, int):
            other = Decimal(other)
        elif isinstance(other, float):
            context = getcontext()
            if equality:
                context.flags._bits |= _FLOAT
            else:
                context._signal(_FLOAT)
            other = Decimal.from_float(other)
        elif isinstance(other, _numbers.Rational) and not isinstance(other, Decimal):
            if self._kind:
                other = Decimal(0)
            else:
                numerator = Decimal(other.numerator)
                scaled = _make(self._sign, self._n * other.denominator, self._e)
                return scaled._order(numerator)
        elif equality and isinstance(other, _numbers.Complex) and other.imag == 0:
            return self._compared(other.real, True)
        else:
            return NotImplemented
        if self._kind >= _QNAN or other._kind >= _QNAN:
            if not equality or self._kind == _SNAN or other._kind == _SNAN:
                getcontext()._signal(_INVALID)
            return None
        return self._order(other)

    def __eq__(self, other):
        order = self._compared(other, True)
        return order if order is NotImplemented else order == 0

    def __ne__(self, other):
        order = self._compared(other, True)
        return order if order is NotImplemented else order != 0

    def __lt__(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order < 0

    def __le__(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order <= 0

    def __gt__(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order > 0

    def __ge__(self, other):
        order = self._compared(other, False)
        return order if order is NotImplemented else order is not None and order >= 0

    def compare(self, other, context=None):
        context = context or getcontext()
        other = _operand(other)
        nan = context._nan(self, other)
        return nan if nan is not None else Decimal(self._order(other))

    def compare_signal(self, other, context=None):
        context = context or getcontext()
        other = _operand(other)
        if self._kind >= _QNAN or other._kind >= _QNAN:
            if self._kind != _SNAN and other._kind != _SNAN:
                context._signal(_INVALID)
            return context._nan(self, other)
        return Decimal(self._order(other))

    def compare_total(self, other, context=None):
        other = _operand(other)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)
        direction = -1 if self._sign else 1
        rank = (0, 0, 2, 1)
        a, b = rank[self._kind], rank[other._kind]
        if not a and not b:
            order = self._order(other) * direction
            if not order and not self._kind:
                order = (self._e > other._e) - (self._e < other._e)
        elif a != b:
            order = 1 if a > b else -1
        else:
            order = (self._n > other._n) - (self._n < other._n)
        return Decimal(direction * order)

    def compare_total_mag(self, other, context=None):
        return self.copy_abs().compare_total(_operand(other).copy_abs())

    def _choose(self, other, context, wanted, magnitude):
        context = context or getcontext()
        other = _operand(other)
        if self._kind >= _QNAN or other._kind >= _QNAN:
            if self._kind == _QNAN and other._kind < _QNAN:
                return other.__pos__(context) if other._kind == _FINITE and other._n else _same(other, context)
            if other._kind == _QNAN and self._kind < _QNAN:
                return self.__pos__(context) if self._kind == _FINITE and self._n else _same(self, context)
            return context._nan(self, other)
        order = self.copy_abs()._order(other.copy_abs()) if magnitude else self._order(other)
        if not order and magnitude:
            order = self._order(other)
        if not order:
            order = int(self.compare_total(other))
        return _same(self if order == wanted or order == 0 else other, context)

    def max(self, other, context=None):
        return self._choose(other, context, 1, False)

    def min(self, other, context=None):
        return self._choose(other, context, -1, False)

    def max_mag(self, other, context=None):
        return self._choose(other, context, 1, True)

    def min_mag(self, other, context=None):
        return self._choose(other, context, -1, True)

    def same_quantum(self, other, context=None):
        other = _operand(other)
        if self._kind or other._kind:
            return (self._kind == _INF and other._kind == _INF) or (self._kind >= _QNAN and other._kind >= _QNAN)
        return self._e == other._e

    # rounding

    def quantize(self, exp, rounding=None, context=None):
        context = context or getcontext()
        exp = _operand(exp)
        if rounding is None:
            rounding = context.rounding
        elif rounding not in _ROUNDINGS:
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   "
                            "ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        return _quantize(self, exp._e, context, rounding, exp)

    def _integral(self, context, rounding, exact):
        context = context or getcontext()
        nan = context._nan(self)
        if nan is not None:
            return nan
        if self._kind or self._e >= 0:
            return _make(self._sign, self._n, self._e, self._kind)
        n, inexact = _shorten(self._n, -self._e, self._sign, rounding or context.rounding)
        if exact and self._n:
            context._signal(_ROUNDED | (_INEXACT if inexact else 0))
        return _make(self._sign, n, 0)

    def to_integral_exact(self, rounding=None, context=None):
        return self._integral(context, rounding, True)

    def to_integral_value(self, rounding=None, context=None):
        return self._integral(context, rounding, False)

    to_integral = to_integral_value

    def normalize(self, context=None):
        context = context or getcontext()
        number = self.__pos__(context) if self._kind or self._n else context._round(self._sign, 0, self._e)
        if number._kind:
            return number
        n, e = number._n, number._e
        if not n:
            return _make(self._sign, 0, 0)
        top = context.Etop() if context.clamp else context.Emax
        while n % 10 == 0 and e < top:
            n //= 10
            e += 1
        return _make(number._sign, n, e)

    def scaleb(self, other, context=None):
        context = context or getcontext()
        other = _operand(other)
        nan = context._nan(self, other)
        if nan is not None:
            return nan
        if other._kind or other._e != 0:
            return context._invalid()
        limit = 2 * (context.Emax + context.prec)
        shift = int(other)
        if not -limit <= shift <= limit:
            return context._invalid()
        if self._kind:
            return _make(self._sign, 0, 0, _INF)
        return context._round(self._sign, self._n, self._e + shift)

    def logb(self, context=None):
        context = context or getcontext()
        nan = context._nan(self)
        if nan is not None:
            return nan
        if self._kind:
            return _make(0, 0, 0, _INF)
        if not self._n:
            context._signal(_ZERO_DIVISION)
            return _make(1, 0, 0, _INF)
        adjusted = self.adjusted()
        return context._round(int(adjusted < 0), abs(adjusted), 0)

    def next_plus(self, context=None):
        return self._neighbour(context or getcontext(), 0)

    def next_minus(self, context=None):
        return self._neighbour(context or getcontext(), 1)

    def _neighbour(self, context, down):
        nan = context._nan(self)
        if nan is not None:
            return nan
        largest = 10**context.prec - 1
        if self._kind:
            if self._sign == down:
                return _make(self._sign, 0, 0, _INF)
            return _make(self._sign, largest, context.Etop())
        quiet = context.copy()
        quiet.traps._bits = 0
        quiet.rounding = ROUND_FLOOR if down else ROUND_CEILING
        number = quiet._round(self._sign, self._n, self._e)
        if number._order(self) != 0:
            return number
        step = _make(down, 1, context.Etiny() - 1)
        return self._add(step, quiet)

    def next_toward(self, other, context=None):
        context = context or getcontext()
        other = _operand(other)
        nan = context._nan(self, other)
        if nan is not None:
            return nan
        order = self._order(other)
        if not order:
            return self.copy_sign(other)
        number = self.next_minus(context) if order > 0 else self.next_plus(context)
        if number._kind:
            context._signal(_OVERFLOW | _INEXACT | _ROUNDED)
        elif number.adjusted() < context.Emin or not number._n:
            context._signal(_UNDERFLOW | _SUBNORMAL | _INEXACT | _ROUNDED | (0 if number._n else _CLAMPED))
        return number

    # digits

    def _logical(self, context):
        """The digits of a logical operand, or None."""
        if self._kind or self._sign or self._e:
            return None
        text = _text(self._n)
        return text if not text.strip("01") else None

    def _bitwise(self, other, context, operation):
        context = context or getcontext()
        other = _operand(other)
        a, b = self._logical(context), other._logical(context)
        if a is None or b is None:
            return context._invalid()
        n = operation(int(a, 2), int(b, 2)) & ((1 << context.prec) - 1)
        return _make(0, _int(bin(n)[2:]), 0)

    def logical_and(self, other, context=None):
        return self._bitwise(other, context, lambda a, b: a & b)

    def logical_or(self, other, context=None):
        return self._bitwise(other, context, lambda a, b: a | b)

    def logical_xor(self, other, context=None):
        return self._bitwise(other, context, lambda a, b: a ^ b)

    def logical_invert(self, context=None):
        context = context or getcontext()
        return self._bitwise(_make(0, _int("1" * context.prec), 0), context, lambda a, b: a ^ b)

    def _move(self, other, context, rotate):
        context = context or getcontext()
        other = _operand(other)
        nan = context._nan(self, other)
        if nan is not None:
            return nan
        if other._kind or other._e != 0 or not -context.prec <= int(other) <= context.prec:
            return context._invalid()
        if self._kind:
            return _make(self._sign, 0, 0, _INF)
        prec = context.prec
        shift = int(other)
        n = self._n % 10**prec
        if rotate:
            shift %= prec
            high, low = divmod(n, 10 ** (prec - shift))
            n = low * 10**shift + high
        elif shift < 0:
            n //= 10**-shift
        else:
            n = n * 10**shift % 10**prec
        return _make(self._sign, n, self._e)

    def rotate(self, other, context=None):
        return self._move(other, context, True)

    def shift(self, other, context=None):
        return self._move(other, context, False)

    # roots, powers, logarithms

    def sqrt(self, context=None):
        context = context or getcontext()
        nan = context._nan(self)
        if nan is not None:
            return nan
        if self._kind:
            return context._invalid() if self._sign else _make(0, 0, 0, _INF)
        ideal = self._e >> 1
        if not self._n:
            return context._round(self._sign, 0, ideal)
        if self._sign:
            return context._invalid()
        # an even exponent and room for one digit more than the precision
        shift = max(0, 2 * (context.prec + 1) - _digits(self._n))
        shift += (self._e - shift) & 1
        n = self._n * 10**shift
        e = (self._e - shift) >> 1
        root = _math.isqrt(n)
        exact = root * root == n
        if exact:
            while e < ideal and root % 10 == 0:
                root //= 10
                e += 1
            while e > ideal and _digits(root) < context.prec:
                root *= 10
                e -= 1
        elif root % 5 == 0:
            root += 1
        rounding = context.rounding
        object.__setattr__(context, "rounding", ROUND_HALF_EVEN)
        try:
            return context._round(0, root, e)
        finally:
            object.__setattr__(context, "rounding", rounding)

    def exp(self, context=None):
        context = context or getcontext()
        nan = context._nan(self)
        if nan is not None:
            return nan
        if self._kind:
            return _make(0, 0, 0) if self._sign else _make(0, 0, 0, _INF)
        if not self._n:
            return _make(0, 1, 0)
        if self.adjusted() > len(str(context.Emax)) + context.prec // 8 + 3:
            return _half_even(context, lambda: context._underflow() if self._sign else context._overflow(0, 0))
        prec = context.prec
        if self.adjusted() < -prec - 1:
            n = 10 ** (prec + 1) + (-1 if self._sign else 1)
            return _half_even(context, lambda: context._round(0, n, -prec - 1))
        return _approximate(context, lambda places: _exp(self, places))

    def ln(self, context=None):
        context = context or getcontext()
        nan = context._nan(self)
        if nan is not None:
            return nan
        if not self._kind and not self._n:
            return _make(1, 0, 0, _INF)
        if self._sign:
            return context._invalid()
        if self._kind:
            return _make(0, 0, 0, _INF)
        if self._order(_make(0, 1, 0)) == 0:
            return _make(0, 0, 0)
        return _approximate(context, lambda places: _ln(self, places))

    def log10(self, context=None):
        context = context or getcontext()
        nan = context._nan(self)
        if nan is not None:
            return nan
        if not self._kind and not self._n:
            return _make(1, 0, 0, _INF)
        if self._sign:
            return context._invalid()
        if self._kind:
            return _make(0, 0, 0, _INF)
        text = _text(self._n)
        if text[0] == "1" and not text[1:].strip("0"):
            power = self._e + len(text) - 1
            return _half_even(context, lambda: context._round(int(power < 0), abs(power), 0))
        return _approximate(context, lambda places: _log10(self, places))

    def _power(self, other, modulus, context):
        if modulus is not None:
            return self._power_modulo(other, modulus, context)
        nan = context._nan(self, other)
        if nan is not None:
            return nan
        one = _make(0, 1, 0)
        if not other._kind and not other._n:
            if not self._kind and not self._n:
                return context._invalid()
            return one
        integral = not other._kind and (other._e >= 0 or other._n % 10**-other._e == 0)
        odd = integral and int(other) & 1 if not other._kind and other.adjusted() < 40 else False
        sign = int(bool(self._sign and odd))
        if self._sign and not integral and (self._kind or self._n):
            if not (other._kind and self._kind):
                if other._kind and not self._kind:
                    return context._invalid()
                return context._invalid()
        if not self._kind and not self._n:
            return _make(sign, 0, 0, _INF) if other._sign else _make(sign, 0, 0)
        if self._kind:
            return _make(sign, 0, 0) if other._sign else _make(sign, 0, 0, _INF)
        size = self.copy_abs()
        order = size._order(one)
        if order == 0:
            # powers of one are one, to the full precision unless the exponent is an integer
            if integral:
                exponent = self._e * min(int(other), context.prec) if not other._sign and other.adjusted() < 40 else 0
                if other._sign:
                    exponent = 0 if self._e == 0 else 1 - context.prec
                exponent = max(exponent, 1 - context.prec)
                conditions = _ROUNDED if exponent == 1 - context.prec and self._e else 0
                if conditions:
                    context._signal(conditions)
                return _make(sign, 10**-exponent, exponent)
            context._signal(_INEXACT | _ROUNDED)
            return _make(sign, 10 ** (context.prec - 1), 1 - context.prec)
        if other._kind:
            return _make(0, 0, 0, _INF) if (order > 0) != bool(other._sign) else _make(0, 0, 0)
        # far too large or too small
        if other.adjusted() > len(str(context.Emax)) + context.prec:
            if (order > 0) != bool(other._sign):
                return context._overflow(sign, 0)
            return context._underflow(sign)
        if other.adjusted() < 40 and not self._kind:
            shown = float(other) * (size.adjusted() + _math.log10(float(_make(0, size._n, 1 - _digits(size._n)))))
            if shown < context.Etiny() - 2:
                return context._underflow(sign)
        if integral and not other._sign and int(other) * size._n.bit_length() < 20 * context.prec + 10000:
            # as repeated multiplication with some digits more gives it
            n = size._n ** int(other)
            e = size._e * int(other)
            extra = _digits(n) - context.prec - 4 - len(str(int(other)))
            if extra > 0:
                n, inexact = _shorten(n, extra, 0, ROUND_HALF_EVEN)
                return context._round(sign, n, e + extra, 0, _ROUNDED | (_INEXACT if inexact else 0))
            return context._round(sign, n, e)
        exact = _exact_power(size, other, context.prec + 1) if integral or other._e < 0 else None
        if exact is not None:
            n, e = exact
            conditions = 0
            if not integral:
                # what is no integral power is shown to the full precision
                conditions = _INEXACT | _ROUNDED
                lack = context.prec + 1 - _digits(n)
                if lack > 0:
                    n *= 10**lack
                    e -= lack
            return context._round(sign, n, e, 0, conditions)
        number = _approximate(context, lambda places: _pow(size, other, places), sign)
        return number

    def _power_modulo(self, other, modulus, context):
        nan = context._nan(self, other, modulus)
        if nan is not None:
            return nan
        for x in (self, other, modulus):
            if x._kind or (x._e < 0 and x._n % 10**-x._e):
                return context._invalid()
        if other._sign or not modulus._n or modulus.adjusted() >= context.prec:
            return context._invalid()
        if not other._n and not self._n:
            return context._invalid()
        size = abs(int(modulus))
        n = pow(abs(int(self)), int(other), size)
        return _make(int(bool(self._sign and int(other) & 1)), n, 0)

    def __pow__(self, other, modulo=None):
        other = _other(other)
        if other is NotImplemented:
            return other
        if modulo is not None:
            modulo = _other(modulo)
            if modulo is NotImplemented:
                return modulo
        return self._power(other, modulo, getcontext())

    def __rpow__(self, other, modulo=None):
        other = _other(other)
        return other if other is NotImplemented else other._power(self, None, getcontext())

    # formatting

    def __format__(self, spec, context=None):
        return _format(self, spec, context or getcontext())


for _method, _operation in (
    ("add", Decimal._add), ("mul", Decimal._multiply), ("truediv", Decimal._divide),
    ("floordiv", Decimal._floor_divide), ("mod", Decimal._modulo),
):
    def _operators(operation):
        def forward(self, other):
            other = _other(other)
            return other if other is NotImplemented else operation(self, other, getcontext())

        def reflected(self, other):
            other = _other(other)
            return other if other is NotImplemented else operation(other, self, getcontext())

        return forward, reflected

    for _prefix, _function in zip(("__", "__r"), _operators(_operation)):
        _function.__name__ = f"{_prefix}{_method}__"
        _function.__qualname__ = f"Decimal.{_function.__name__}"
        setattr(Decimal, _function.__name__, _function)


def _subtract(a, b, context):
    nan = context._nan(a, b)
    if nan is not None:
        return nan
    return a._add(_make(1 - b._sign, b._n, b._e, b._kind), context)


def _sub(self, other):
    other = _other(other)
    return other if other is NotImplemented else _subtract(self, other, getcontext())


def _rsub(self, other):
    other = _other(other)
    return other if other is NotImplemented else _subtract(other, self, getcontext())


Decimal.__sub__ = _sub
Decimal.__rsub__ = _rsub
_sub.__name__, _rsub.__name__ = "__sub__", "__rsub__"


def _other(value):
    """The other operand of an operator."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return NotImplemented


def _operand(value):
    """The argument of a method."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")


def _same(number, context):
    if number._kind:
        return _make(number._sign, number._n, number._e, number._kind)
    return context._round(number._sign, number._n, number._e)


def _from_tuple(value):
    if len(value) != 3:
        raise ValueError("argument must be a sequence of length 3")
    sign, digits, exponent = value
    if not isinstance(sign, int) or sign not in (0, 1):
        raise ValueError("sign must be an integer with the value 0 or 1")
    if not isinstance(exponent, (str, int)):
        raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
    if exponent == "F":
        return _make(sign, 0, 0, _INF)
    n = 0
    text = []
    if not isinstance(digits, (list, tuple)):
        digits = tuple(digits)
    for digit in digits:
        if not isinstance(digit, int) or not 0 <= digit <= 9:
            raise ValueError("coefficient must be a tuple of digits")
        text.append(str(int(digit)))
    n = _int("".join(text))
    if exponent in ("n", "N"):
        return _make(sign, n, 0, _QNAN if exponent == "n" else _SNAN)
    if isinstance(exponent, str):
        raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
    return _make(sign, n, int(exponent))


def _quantize(number, exponent, context, rounding, pattern):
    nan = context._nan(number, pattern)
    if nan is not None:
        return nan
    if number._kind or pattern._kind:
        if number._kind and pattern._kind:
            return _make(number._sign, 0, 0, _INF)
        return context._invalid()
    if not context.Etiny() <= exponent <= context.Emax:
        return context._invalid()
    if not number._n:
        return context._round(number._sign, 0, exponent)
    if number.adjusted() > context.Emax or number.adjusted() - exponent + 1 > context.prec:
        return context._invalid()
    conditions = 0
    if exponent <= number._e:
        n = number._n * 10 ** (number._e - exponent)
    else:
        n, inexact = _shorten(number._n, exponent - number._e, number._sign, rounding)
        conditions = _ROUNDED | (_INEXACT if inexact else 0)
    if n and (exponent + _digits(n) - 1 > context.Emax or _digits(n) > context.prec):
        return context._invalid()
    if n and exponent + _digits(n) - 1 < context.Emin:
        conditions |= _SUBNORMAL
    return context._round(number._sign, n, exponent, 0, conditions)


def _underflow(self, sign=0):
    self._signal(_UNDERFLOW | _SUBNORMAL | _INEXACT | _ROUNDED | _CLAMPED)
    return _make(sign, 0, self.Etiny())


Context._underflow = _underflow


def _half_even(context, operation):
    """Calls an operation with the rounding that the results of exp, ln and log10 always have."""
    rounding = context.rounding
    object.__setattr__(context, "rounding", ROUND_HALF_EVEN)
    try:
        return operation()
    finally:
        object.__setattr__(context, "rounding", rounding)


# Approximations: each returns an int n, an exponent e, and the true value lies within 10 units of n. --------------------


def _approximate(context, compute, sign=None):
    """Rounds what `compute(places)` approximates, with as many places as it takes to decide."""
    places = context.prec + 5

    def attempt():
        nonlocal places
        while True:
            n, e = compute(places)
            size = abs(n)
            count = _digits(size)
            drop = count - context.prec
            tiny = context.Emin - context.prec + 1
            drop = max(drop, tiny - e)
            if drop > 1:
                power = 10 ** (drop - 1) if drop < count + 3 else 0
                if not power:
                    break
                # undecided while the error reaches over a multiple of half of the last place
                if (size - 12) // (5 * power) == (size + 12) // (5 * power) and size % (5 * power):
                    break
            places += places // 2 + 5
        if size % 10 == 0 or size % 5 == 0:
            size += 1
        return context._round(int(n < 0) if sign is None else sign, size * 10 + 1, e - 1)

    return attempt() if sign is not None else _half_even(context, attempt)


def _ratio(numerator, denominator, places):
    return (numerator * 10**places) // denominator


def _fixed(number, places):
    """A finite number in units of 10**-places, rounded down in size."""
    shift = number._e + places
    n = number._n * 10**shift if shift >= 0 else number._n // 10**-shift
    return -n if number._sign else n


_constants = {}


def _ln10(places):
    known = _constants.get("ln10")
    if known is None or known[0] < places:
        places_kept = places + 20
        # ln 10 = 3 ln 2 + ln 1.25, both by inverse hyperbolic tangents
        unit = 10 ** (places_kept + 5)
        value = 6 * _atanh_inverse(3, unit) + 2 * _atanh_inverse(9, unit)
        known = places_kept, value // 10**5
        _constants["ln10"] = known
    return known[1] // 10 ** (known[0] - places)


def _atanh_inverse(x, unit):
    """unit * atanh(1/x)."""
    power = unit // x
    total = power
    square = x * x
    k = 1
    while power:
        power //= square
        k += 2
        total += power // k
    return total


def _exp_fixed(x, places):
    """exp of a fixed-point number; x is not large."""
    work = places + 10
    unit = 10**work
    x *= 10**10
    # halve it so often that the series is short
    halvings = max(0, int(_math.isqrt(work)) + x.bit_length() - unit.bit_length())
    extra = halvings // 3 + 5
    x = x * 10**extra >> halvings if x >= 0 else -(-x * 10**extra >> halvings)
    unit *= 10**extra
    term = unit
    total = unit
    k = 1
    while term:
        term = term * x // (unit * k) if term * x >= 0 else -(-(term * x) // (unit * k))
        total += term
        k += 1
    for _ in range(halvings):
        total = total * total // unit
    return total // 10 ** (extra + 10)


def _exp(number, places):
    work = places + max(0, number.adjusted()) + 5
    x = _fixed(number, work)
    ln10 = _ln10(work)
    tens = x // ln10
    rest = x - tens * ln10
    n = _exp_fixed(rest // 10 ** (work - places - 3), places + 3)
    return n // 1000, tens - places


def _ln(number, places):
    """ln of a positive number that is not 1."""
    adjusted = number.adjusted()
    one = _make(0, 1, 0)
    difference = _subtract(number, one, _wide) if -2 <= adjusted <= 1 else None
    lost = max(0, -difference.adjusted()) if difference is not None and difference._n else 0
    work = places + lost + 8 + _digits(abs(adjusted))
    # x = m * 10**tens with m near 1
    count = _digits(number._n)
    tens = adjusted
    shift = work - (count - 1)
    m = number._n * 10**shift if shift >= 0 else number._n // 10**-shift
    if difference is not None:
        m = _fixed(number, work) if adjusted >= -1 and adjusted <= 1 else m
        tens = 0 if adjusted >= -1 and adjusted <= 1 else tens
    n = _ln_fixed(m, work) + tens * _ln10(work)
    return _trim(n, -work, places + 3)


def _trim(n, e, places):
    """Drops digits beyond `places`."""
    extra = _digits(abs(n)) - places
    if extra > 0:
        power = 10**extra
        n = n // power if n >= 0 else -(-n // power)
        e += extra
    return n, e


def _ln_fixed(m, places):
    """ln of a positive fixed-point number, by Newton's method upon a double and roots that bring it near 1."""
    extra = 12
    unit = 10 ** (places + extra)
    m *= 10**extra
    roots = 0
    limit = max(4, _math.isqrt(places) // 2)
    while roots < limit and abs(m - unit) * 8 > unit >> roots // 4:
        m = _math.isqrt(m * unit)
        roots += 1
    # the error of the roots is small against `extra` digits
    x = (m - unit) * unit // (m + unit)
    square = x * x // unit
    power = x
    total = x
    k = 1
    while power:
        power = power * square // unit if power >= 0 else -(-power * square // unit)
        k += 2
        total += power // k
    total = total * 2 << roots
    return total // 10**extra


def _log10(number, places):
    # digits are lost where the logarithm is near zero
    n, e = _ln(number, places + 5)
    work = _digits(abs(n)) + 5
    return _trim(n * 10**work // _ln10(work), e, places + 3)


def _pow(base, exponent, places):
    extra = max(0, exponent.adjusted()) + 10 + len(str(abs(base.adjusted()) + 1))
    n, e = _ln(base, places + extra)
    product = _make(int(n < 0) ^ exponent._sign, abs(n) * exponent._n, e + exponent._e)
    return _exp(product, places)


def _exact_power(base, exponent, limit):
    """n and e of base**exponent if it is exact in about `limit` digits; else None."""
    n, e = base._n, base._e
    while n % 10 == 0:
        n //= 10
        e += 1
    p, q = exponent.as_integer_ratio()
    if q != 1:
        # an exact root needs a divisor of the exponent
        if q > 64 * limit or e % q:
            if e % q:
                return None
        if q & (q - 1) and q % 5:
            return None
        root = _integer_root(n, q)
        if root is None:
            return None
        n, e = root, e // q
    if n == 1:
        return (1, e * p) if abs(p) < 10**40 else None
    if p < 0:
        p = -p
        # 1 / n is exact for powers of 2 and 5 only
        if p * n.bit_length() > 4 * limit * 4:
            return None
        n = n**p
        e *= p
        twos = 0
        m = n
        while m % 2 == 0:
            m //= 2
            twos += 1
        fives = 0
        while m % 5 == 0:
            m //= 5
            fives += 1
        if m != 1:
            return None
        count = max(twos, fives)
        result = 10**count // n
        if _digits(result) > limit:
            return None
        return result, -e - count
    if p * (n.bit_length() - 1) > 4 * (limit + 1):
        return None
    result = n**p
    return (result, e * p) if _digits(result) <= limit else None


def _integer_root(n, k):
    """The k-th root of n if it is an int."""
    if n == 1:
        return 1
    if k > n.bit_length():
        return None
    low, high = 1, 1 << (n.bit_length() // k + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**k < n:
            low = middle + 1
        else:
            high = middle
    return low if low**k == n else None


# Formatting -----------------------------------------------------------------------------------------------------------


def _format(number, spec, context):
    if not isinstance(spec, str):
        raise TypeError("format arg must be str")
    align = fill = ""
    at = 0
    if len(spec) > 1 and spec[1] in "<>=^":
        fill, align, at = spec[0], spec[1], 2
    elif spec[:1] and spec[0] in "<>=^":
        align, at = spec[0], 1
    sign = "-"
    if spec[at:at + 1] and spec[at] in "+- ":
        sign, at = spec[at], at + 1
    no_negative_zero = spec[at:at + 1] == "z"
    at += no_negative_zero
    if spec[at:at + 1] == "#":
        at += 1
    zero_padded = spec[at:at + 1] == "0"
    if zero_padded:
        at += 1
        if align:
            raise ValueError("invalid format string")
        fill, align = "0", "="
    start = at
    while spec[at:at + 1].isdecimal():
        at += 1
    width = int(spec[start:at] or "0")
    separator = ""
    if spec[at:at + 1] and spec[at] in ",_":
        separator, at = spec[at], at + 1
    precision = None
    if spec[at:at + 1] == ".":
        start = at + 1
        at = start
        while spec[at:at + 1].isdecimal():
            at += 1
        if at == start:
            raise ValueError("invalid format string")
        precision = int(spec[start:at])
    kind = spec[at:]
    if kind not in ("", "e", "E", "f", "F", "g", "G", "n", "%"):
        raise ValueError("invalid format string")
    decimal_point, grouping = ".", (3,)
    if kind == "n":
        if separator:
            raise ValueError("invalid format string")
        import locale
        conventions = locale.localeconv()
        decimal_point = conventions["decimal_point"]
        separator = conventions["thousands_sep"]
        kind = "g"
    align = align or ">"
    fill = fill or " "
    if number._kind:
        body = str(number.copy_abs())
        if fill == "0" and zero_padded and align == "=":
            fill = " "
            align = ">"
        exponent_text = "%" if kind == "%" else ""
        negative = number._sign
        separator = ""
        whole, fraction = body, ""
    else:
        rounding = context.rounding
        value = number
        if kind == "%":
            value = _make(value._sign, value._n, value._e + 2)
        if precision is not None:
            if kind in ("e", "E"):
                value = _round_to(value, precision + 1, rounding)
            elif kind in ("f", "F", "%"):
                value = _rescale(value, -precision, rounding)
            elif kind in ("g", "G", ""):
                if _digits(value._n) > max(precision, 1):
                    value = _round_to(value, precision, rounding)
        if not value._n and value._e > 0 and kind in ("f", "F", "%"):
            value = _rescale(value, 0, rounding)
        digits = _text(value._n)
        left = value._e + len(digits)
        if kind in ("e", "E"):
            point = 1 - precision if not value._n and precision is not None else 1
        elif kind in ("f", "F", "%"):
            point = left
        elif value._e <= 0 and left > -6:
            point = left
        else:
            point = 1
        if point < 0:
            whole, fraction = "0", "0" * -point + digits
        elif point > len(digits):
            whole, fraction = digits + "0" * (point - len(digits)), ""
        else:
            whole, fraction = digits[:point] or "0", digits[point:]
        exponent_text = ""
        if left != point or kind in ("e", "E"):
            mark = "e" if kind in ("e", "g") else "E" if kind or context.capitals else "e"
            exponent_text = f"{mark}{left - point:+d}"
        if kind == "%":
            exponent_text += "%"
        negative = value._sign
        if no_negative_zero and negative and not value._n:
            negative = 0
    prefix = "-" if negative else sign if sign in "+ " else ""
    rest = (decimal_point + fraction if fraction else "") + exponent_text
    if separator:
        least = width - len(prefix) - len(rest) if zero_padded else 0
        whole = _grouped(whole, separator, least)
    body = whole + rest
    lack = width - len(prefix) - len(body)
    if lack <= 0:
        return prefix + body
    if align == "<":
        return prefix + body + fill * lack
    if align == "^":
        half = lack // 2
        return fill * half + prefix + body + fill * (lack - half)
    if align == "=":
        return prefix + fill * lack + body
    return fill * lack + prefix + body


def _grouped(whole, separator, least):
    groups = []
    while True:
        room = max(least - sum(len(g) + 1 for g in groups), 1)
        length = min(3, max(len(whole), room, 1))
        groups.insert(0, whole[-length:].rjust(length, "0") if whole else "0" * length)
        whole = whole[:-length]
        done = sum(len(g) for g in groups) + len(groups) - 1
        if not whole and done >= least:
            return separator.join(groups)


def _round_to(number, places, rounding):
    """Rounds to so many digits."""
    if not number._n:
        return number
    count = _digits(number._n)
    places = max(places, 1)
    if count <= places:
        return _rescale(number, number._e - (places - count), rounding) if False else _padded(number, places)
    n, _ = _shorten(number._n, count - places, number._sign, rounding)
    e = number._e + count - places
    if n == 10**places:
        n //= 10
        e += 1
    return _make(number._sign, n, e)


def _padded(number, places):
    lack = places - _digits(number._n)
    return _make(number._sign, number._n * 10**lack, number._e - lack)


def _rescale(number, exponent, rounding):
    if exponent <= number._e:
        return _make(number._sign, number._n * 10 ** (number._e - exponent), exponent)
    return _make(number._sign, _shorten(number._n, exponent - number._e, number._sign, rounding)[0], exponent)


# Context's methods that are Decimal's ---------------------------------------------------------------------------------


def _context_method(name, function, count):
    def method(self, *args):
        if len(args) != count:
            raise TypeError(f"{name}() takes exactly {count} argument{'s' * (count > 1)} ({len(args)} given)")
        return function(*[self._convert(a) for a in args], self)

    method.__name__ = name
    method.__qualname__ = f"Context.{name}"
    setattr(Context, name, method)


for _name in ("compare", "compare_signal", "compare_total", "compare_total_mag", "copy_sign", "logical_and",
              "logical_or", "logical_xor", "max", "max_mag", "min", "min_mag", "next_toward", "remainder_near",
              "rotate", "same_quantum", "scaleb", "shift"):
    _context_method(_name, getattr(Decimal, _name), 2)
for _name in ("exp", "is_normal", "is_subnormal", "ln", "log10", "logb", "logical_invert", "next_minus", "next_plus",
              "normalize", "number_class", "sqrt"):
    _context_method(_name, getattr(Decimal, _name), 1)
for _name in ("canonical", "copy_abs", "copy_negate", "is_canonical", "is_finite", "is_infinite", "is_nan", "is_qnan",
              "is_signed", "is_snan", "is_zero"):
    _context_method(_name, (lambda f: lambda a, context: f(a))(getattr(Decimal, _name)), 1)
for _name, _function, _count in (
    ("add", Decimal._add, 2),
    ("subtract", _subtract, 2),
    ("multiply", Decimal._multiply, 2),
    ("divide", Decimal._divide, 2),
    ("divide_int", Decimal._floor_divide, 2),
    ("remainder", Decimal._modulo, 2),
    ("divmod", Decimal._divmod, 2),
    ("abs", Decimal.__abs__, 1),
    ("plus", Decimal.__pos__, 1),
    ("minus", Decimal.__neg__, 1),
    ("fma", Decimal.fma, 3),
    ("quantize", lambda a, b, context: a.quantize(b, None, context), 2),
    ("to_integral_exact", lambda a, context: a.to_integral_exact(None, context), 1),
    ("to_integral_value", lambda a, context: a.to_integral_value(None, context), 1),
    ("to_integral", lambda a, context: a.to_integral_value(None, context), 1),
    ("to_eng_string", lambda a, context: a.to_eng_string(context), 1),
    ("to_sci_string", lambda a, context: a._shown(False, context), 1),
):
    _context_method(_name, _function, _count)


def _context_power(self, a, b, modulo=None):
    """a**b in this context, or modulo a third number."""
    return self._convert(a)._power(self._convert(b), None if modulo is None else self._convert(modulo), self)


Context.power = _context_power
_context_power.__name__ = "power"
_context_power.__qualname__ = "Context.power"

DefaultContext = Context()
BasicContext = Context(9, ROUND_HALF_UP, capitals=1, clamp=0, flags=[],
                       traps=[InvalidOperation, DivisionByZero, Overflow, Underflow, Clamped])
ExtendedContext = Context(9, ROUND_HALF_EVEN, capitals=1, clamp=0, flags=[], traps=[])
_wide = Context(MAX_PREC, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, 1, 0, [], [])

_current = _ContextVar("decimal_context")


def getcontext():
    """The context of this thread or task."""
    context = _current.get(None)
    if context is None:
        context = DefaultContext.copy()
        _current.set(context)
    return context


def setcontext(context, /):
    """Makes a context the current one."""
    if not isinstance(context, Context):
        raise TypeError("optional argument must be a context")
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class _ContextManager:
    __slots__ = ("_new", "_saved")

    def __init__(self, context):
        self._new = context

    def __enter__(self):
        self._saved = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, *ignored):
        setcontext(self._saved)


def localcontext(ctx=None, **kwargs):
    """A with statement's context: a copy of `ctx` (the current one) with some attributes changed."""
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError("optional argument must be a context")
    new = ctx.copy()
    for name, value in kwargs.items():
        if name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"):
            raise TypeError(f"this function got an unexpected keyword argument '{name}'")
        if name in ("flags", "traps") and isinstance(value, list):
            value = SignalDict(_bits_of_list(value))
        if value is not None:
            setattr(new, name, value)
    return _ContextManager(new)


def IEEEContext(bits, /):
    """The context of an IEEE 754 interchange format of so many bits."""
    if bits <= 0 or bits > IEEE_CONTEXT_MAX_BITS or bits % 32:
        raise ValueError(f"argument must be a multiple of 32, with a maximum of {IEEE_CONTEXT_MAX_BITS}")
    emax = 3 * 2 ** (bits // 16 + 3)
    return Context(9 * (bits // 32) - 2, ROUND_HALF_EVEN, 1 - emax, emax, 1, 1, [], [])


_numbers.Number.register(Decimal)
