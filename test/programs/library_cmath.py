# cmath: values at ordinary places (rounded), and at zeros, infinities and NaNs exactly.
import cmath
import math

one_argument = "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh phase polar".split()
ordinary = [0.5 + 0.25j, -1.5 + 2j, 3 - 4j, -0.001 - 1000j, 1e-5 + 1e-7j, 20 + 1j, 1 + 1e-9j, 2.5, True]
extreme = [0.0, -0.0, 1.0, -1.0, 1e308, 1e-320, 800.0, math.inf, -math.inf, math.nan]


def rounded(value):
    if isinstance(value, tuple):
        return tuple(rounded(item) for item in value)
    if isinstance(value, complex):
        return f"{value.real:.12g} {value.imag:.12g}"
    return f"{value:.12g}"


def attempt(function, *args):
    try:
        return rounded(function(*args))
    except (ValueError, OverflowError) as error:
        return f"{type(error).__name__}: {error}"


for name in one_argument:
    function = getattr(cmath, name)
    for z in ordinary:
        print(name, z, attempt(function, z))
    for real in extreme:
        print(name, real, [attempt(function, complex(real, imag)) for imag in extreme])
for r in extreme:
    print("rect", r, [attempt(cmath.rect, r, phi) for phi in extreme])
print(attempt(cmath.log, 8, 2), attempt(cmath.log, 0), attempt(cmath.log, 2j, 1j))
print(cmath.isclose(1 + 1j, 1 + 1.0000000001j), cmath.isclose(1, 2, abs_tol=1), cmath.isclose(math.inf, math.inf + 1j))
print(cmath.isfinite(1j), cmath.isinf(complex(0, math.inf)), cmath.isnan(complex(math.nan, 1)))
print(cmath.pi, cmath.e, cmath.tau, cmath.inf, cmath.nan, cmath.infj, cmath.nanj)


class Number:
    def __complex__(self):
        return 3 + 4j


print(cmath.polar(Number()), cmath.sqrt(-4), cmath.sqrt(10**400 // 10**399))
for bad in ("1", None, [1]):
    try:
        cmath.sqrt(bad)
    except TypeError as error:
        print(error)
