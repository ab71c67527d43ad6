# cmath: functions of complex numbers, by the formulas of Kahan ("Branch cuts for complex elementary functions") with the
# values at infinities and NaNs that annex G of the C standard gives. Each function scales what would overflow under way.
import math
from math import copysign, e, inf, log1p, nan, pi, tau
from math import isfinite as _is_finite, isinf as _is_inf, isnan as _is_nan

infj = complex(0.0, inf)
nanj = complex(0.0, nan)

_LARGE = 1.7976931348623157e308 / 4.0
_SQRT_LARGE = math.sqrt(_LARGE)
_TINY = 2.2250738585072014e-308
_SQRT_TINY = math.sqrt(_TINY)
_LOG_LARGE = math.log(_LARGE)
_LN2 = math.log(2.0)
_LN10 = math.log(10.0)


def _parts(z):
    if type(z) is not complex:
        if isinstance(z, str) or not any(hasattr(type(z), name) for name in ("__complex__", "__float__", "__index__")):
            raise TypeError(f"must be real number, not {type(z).__name__}")
        z = complex(z)
    return z.real, z.imag


def _domain():
    raise ValueError("math domain error")


def _finite(x, y):
    if _is_inf(x) or _is_inf(y):
        raise OverflowError("math range error")
    return complex(x, y)


def _turned(z):
    # -i * z, as asin, atan, sin and tan come from their hyperbolic relatives
    return complex(z.imag, -z.real)


def phase(z, /):
    """Return argument, also known as the phase angle, of a complex."""
    x, y = _parts(z)
    return math.atan2(y, x)


def polar(z, /):
    """Convert a complex from rectangular coordinates to polar coordinates.

    r is the distance from 0 and phi the phase angle."""
    x, y = _parts(z)
    if _is_finite(x) and _is_finite(y):
        r = abs(complex(x, y))
    else:
        r = inf if _is_inf(x) or _is_inf(y) else nan
    return r, math.atan2(y, x)


def rect(r, phi, /):
    """Convert from polar coordinates to rectangular coordinates."""
    r, phi = math.fabs(r) * copysign(1.0, r), math.fabs(phi) * copysign(1.0, phi)
    if _is_finite(r) and _is_finite(phi):
        return complex(r, r * phi) if phi == 0.0 else complex(r * math.cos(phi), r * math.sin(phi))
    if _is_inf(phi) and r != 0.0 and not _is_nan(r):
        _domain()
    if _is_finite(phi):
        if phi == 0.0:
            return complex(r, copysign(0.0, phi) * copysign(1.0, r)) if _is_inf(r) else complex(r, 0.0)
        if _is_inf(r):
            sign = copysign(1.0, r)
            return complex(copysign(inf, sign * math.cos(phi)), copysign(inf, sign * math.sin(phi)))
        return complex(nan, nan)
    if r == 0.0:
        return complex(0.0, 0.0)
    return complex(inf, nan) if _is_inf(r) else complex(nan, nan)


def sqrt(z, /):
    """Return the square root of z."""
    x, y = _parts(z)
    if _is_inf(y):
        return complex(inf, y)
    if _is_inf(x):
        if _is_nan(y):
            return complex(x, y) if x > 0.0 else complex(y, inf)
        return complex(x, copysign(0.0, y)) if x > 0.0 else complex(0.0, copysign(inf, y))
    if _is_nan(x) or _is_nan(y):
        return complex(nan, nan)
    if x == 0.0 and y == 0.0:
        return complex(0.0, y)
    ax, ay = abs(x), abs(y)
    if ax < _TINY and ay < _TINY:
        ax, ay = math.ldexp(ax, 54), math.ldexp(ay, 54)
        s = math.ldexp(math.sqrt((ax + math.hypot(ax, ay)) / 2.0), -27)
        d = math.ldexp(ay, -54) / (2.0 * s)
    else:
        ax /= 8.0
        s = 2.0 * math.sqrt(ax + math.hypot(ax, ay / 8.0))
        d = ay / (2.0 * s)
    return complex(s, copysign(d, y)) if x >= 0.0 else complex(d, copysign(s, y))


def _log_of_size(x, y):
    # log(hypot(x, y)) for large numbers, without overflow: less 2 ln 2 of those that were halved
    return math.log(math.hypot(x / 2.0, y / 2.0)) + 2.0 * _LN2


def acos(z, /):
    """Return the arc cosine of z."""
    x, y = _parts(z)
    if not (_is_finite(x) and _is_finite(y)):
        if _is_inf(y):
            return complex(nan if _is_nan(x) else math.atan2(inf, x), -y)
        if _is_inf(x):
            return complex(nan, inf) if _is_nan(y) else complex(0.0 if x > 0.0 else pi, -copysign(inf, y))
        return complex(pi / 2.0 if x == 0.0 else nan, nan)
    if abs(x) > _LARGE or abs(y) > _LARGE:
        size = _log_of_size(x, y)
        return complex(math.atan2(abs(y), x), copysign(size, -y) if x >= 0.0 else -copysign(size, y))
    a, b = sqrt(complex(1.0 - x, -y)), sqrt(complex(1.0 + x, y))
    return complex(2.0 * math.atan2(a.real, b.real), math.asinh(b.real * a.imag - b.imag * a.real))


def acosh(z, /):
    """Return the inverse hyperbolic cosine of z."""
    x, y = _parts(z)
    if not (_is_finite(x) and _is_finite(y)):
        if _is_inf(x) or _is_inf(y):
            return complex(inf, math.atan2(y, x))
        return complex(nan, pi / 2.0 if x == 0.0 else nan)
    if abs(x) > _LARGE or abs(y) > _LARGE:
        return complex(_log_of_size(x, y), math.atan2(y, x))
    a, b = sqrt(complex(x - 1.0, y)), sqrt(complex(x + 1.0, y))
    return complex(math.asinh(a.real * b.real + a.imag * b.imag), 2.0 * math.atan2(a.imag, b.real))


def asinh(z, /):
    """Return the inverse hyperbolic sine of z."""
    x, y = _parts(z)
    if not (_is_finite(x) and _is_finite(y)):
        if _is_inf(x):
            return complex(x, nan if _is_nan(y) else math.atan2(y, inf))
        if _is_inf(y):
            return complex(copysign(inf, x), nan if _is_nan(x) else math.atan2(y, abs(x)))
        return complex(nan, y if y == 0.0 else nan)
    if abs(x) > _LARGE or abs(y) > _LARGE:
        return complex(copysign(_log_of_size(x, y), x), math.atan2(y, abs(x)))
    a, b = sqrt(complex(1.0 + y, -x)), sqrt(complex(1.0 - y, x))
    return complex(
        math.asinh(a.real * b.imag - b.real * a.imag), math.atan2(y, a.real * b.real - a.imag * b.imag)
    )


def asin(z, /):
    """Return the arc sine of z."""
    x, y = _parts(z)
    return _turned(asinh(complex(-y, x)))


def atanh(z, /):
    """Return the inverse hyperbolic tangent of z."""
    x, y = _parts(z)
    if not (_is_finite(x) and _is_finite(y)):
        if _is_inf(y):
            return complex(copysign(0.0, x), copysign(pi / 2.0, y))
        if _is_inf(x):
            return complex(copysign(0.0, x), nan if _is_nan(y) else copysign(pi / 2.0, y))
        return complex(x if x == 0.0 else nan, nan)
    if copysign(1.0, x) < 0.0:
        return -atanh(complex(-x, -y))
    ay = abs(y)
    if x > _SQRT_LARGE or ay > _SQRT_LARGE:
        half = math.hypot(x / 2.0, y / 2.0)
        return complex(x / 4.0 / half / half, copysign(pi / 2.0, y))
    if x == 1.0 and ay < _SQRT_TINY:
        if ay == 0.0:
            _domain()
        return complex(-math.log(math.sqrt(ay) / math.sqrt(math.hypot(ay, 2.0))), copysign(math.atan2(2.0, -ay) / 2.0, y))
    return complex(
        log1p(4.0 * x / ((1.0 - x) * (1.0 - x) + ay * ay)) / 4.0,
        -math.atan2(-2.0 * y, (1.0 - x) * (1.0 + x) - ay * ay) / 2.0,
    )


def atan(z, /):
    """Return the arc tangent of z."""
    x, y = _parts(z)
    return _turned(atanh(complex(-y, x)))


def exp(z, /):
    """Return the exponential value e**z."""
    x, y = _parts(z)
    if not (_is_finite(x) and _is_finite(y)):
        if _is_inf(y) and (_is_finite(x) or x == inf):
            _domain()
        if x == -inf:
            return complex(copysign(0.0, math.cos(y)), copysign(0.0, math.sin(y))) if _is_finite(y) else 0j
        if y == 0.0:
            return complex(x, y)
        if x == inf:
            return complex(copysign(inf, math.cos(y)), copysign(inf, math.sin(y))) if _is_finite(y) else complex(inf, nan)
        return complex(nan, nan)
    if x > _LOG_LARGE:
        size = math.exp(x - 1.0)
        return _finite(size * math.cos(y) * e, size * math.sin(y) * e)
    size = math.exp(x)
    return _finite(size * math.cos(y), size * math.sin(y))


def cosh(z, /):
    """Return the hyperbolic cosine of z."""
    x, y = _parts(z)
    if not (_is_finite(x) and _is_finite(y)):
        if _is_inf(y) and not _is_nan(x):
            _domain()
        if y == 0.0:
            return complex(abs(x), 0.0 if _is_nan(x) else copysign(0.0, x) * copysign(1.0, y))
        if _is_inf(x):
            if _is_nan(y):
                return complex(inf, nan)
            return complex(copysign(inf, math.cos(y)), copysign(inf, math.sin(y)) * copysign(1.0, x))
        return complex(nan, 0.0 if x == 0.0 else nan)
    if abs(x) > _LOG_LARGE:
        less = x - copysign(1.0, x)
        return _finite(math.cos(y) * math.cosh(less) * e, math.sin(y) * math.sinh(less) * e)
    return _finite(math.cos(y) * math.cosh(x), math.sin(y) * math.sinh(x))


def sinh(z, /):
    """Return the hyperbolic sine of z."""
    x, y = _parts(z)
    if not (_is_finite(x) and _is_finite(y)):
        if _is_inf(y) and not _is_nan(x):
            _domain()
        if y == 0.0:
            return complex(x, y)
        if _is_inf(x):
            if _is_nan(y):
                return complex(inf, nan)
            return complex(copysign(inf, math.cos(y)) * copysign(1.0, x), copysign(inf, math.sin(y)))
        return complex(0.0 if x == 0.0 else nan, nan)
    if abs(x) > _LOG_LARGE:
        less = x - copysign(1.0, x)
        return _finite(math.cos(y) * math.sinh(less) * e, math.sin(y) * math.cosh(less) * e)
    return _finite(math.cos(y) * math.sinh(x), math.sin(y) * math.cosh(x))


def tanh(z, /):
    """Return the hyperbolic tangent of z."""
    x, y = _parts(z)
    if not (_is_finite(x) and _is_finite(y)):
        if _is_inf(y) and _is_finite(x):
            _domain()
        if _is_inf(x):
            return complex(copysign(1.0, x), copysign(0.0, 2.0 * math.sin(y) * math.cos(y)) if _is_finite(y) else 0.0)
        return complex(nan, y) if y == 0.0 else complex(x if x == 0.0 else nan, nan)
    if abs(x) > _LOG_LARGE:
        return complex(copysign(1.0, x), 4.0 * math.sin(y) * math.cos(y) * math.exp(-2.0 * abs(x)))
    tx, ty, cx = math.tanh(x), math.tan(y), 1.0 / math.cosh(x)
    both = tx * ty
    below = 1.0 + both * both
    return complex(tx * (1.0 + ty * ty) / below, ((ty / below) * cx) * cx)


def cos(z, /):
    """Return the cosine of z."""
    x, y = _parts(z)
    return cosh(complex(-y, x))


def sin(z, /):
    """Return the sine of z."""
    x, y = _parts(z)
    return _turned(sinh(complex(-y, x)))


def tan(z, /):
    """Return the tangent of z."""
    x, y = _parts(z)
    return _turned(tanh(complex(-y, x)))


def _log(x, y):
    angle = math.atan2(y, x)
    if not (_is_finite(x) and _is_finite(y)):
        return complex(inf if _is_inf(x) or _is_inf(y) else nan, angle)
    ax, ay = abs(x), abs(y)
    if ax > _LARGE or ay > _LARGE:
        return complex(math.log(math.hypot(ax / 2.0, ay / 2.0)) + _LN2, angle)
    if ax < _TINY and ay < _TINY:
        if ax == 0.0 and ay == 0.0:
            _domain()
        return complex(math.log(math.hypot(math.ldexp(ax, 53), math.ldexp(ay, 53))) - 53.0 * _LN2, angle)
    size = math.hypot(ax, ay)
    if 0.71 <= size <= 1.73:
        # near the unit circle the logarithm is small, and all of it lies in size * size - 1
        most, least = (ax, ay) if ax > ay else (ay, ax)
        return complex(log1p((most - 1.0) * (most + 1.0) + least * least) / 2.0, angle)
    return complex(math.log(size), angle)


_MISSING = object()


def log(z, base=_MISSING, /):
    """log(z[, base]) -> the logarithm of z to the given base.

    If the base is not specified, returns the natural logarithm (base e) of z."""
    result = _log(*_parts(z))
    if base is not _MISSING:
        result /= _log(*_parts(base))
    return result


def log10(z, /):
    """Return the base-10 logarithm of z."""
    result = _log(*_parts(z))
    return complex(result.real / _LN10, result.imag / _LN10)


def isfinite(z, /):
    """Return True if both the real and imaginary parts of z are finite, else False."""
    x, y = _parts(z)
    return _is_finite(x) and _is_finite(y)


def isinf(z, /):
    """Checks if the real or imaginary part of z is infinite."""
    x, y = _parts(z)
    return _is_inf(x) or _is_inf(y)


def isnan(z, /):
    """Checks if the real or imaginary part of z not a number (NaN)."""
    x, y = _parts(z)
    return _is_nan(x) or _is_nan(y)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    """Determine whether two complex numbers are close in value."""
    if rel_tol < 0.0 or abs_tol < 0.0:
        raise ValueError("tolerances must be non-negative")
    a, b = complex(*_parts(a)), complex(*_parts(b))
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    difference = abs(a - b)
    return difference <= rel_tol * abs(b) or difference <= rel_tol * abs(a) or difference <= abs_tol


# may be an attribute of a class, as a function of C may
isclose = staticmethod(isclose)
