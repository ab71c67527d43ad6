# Floats: arithmetic, rounding, printing, special values, comparisons with ints, math.
import math

values = [0.0, -0.0, 1.0, -1.5, 0.1, 1e-300, 1e300, float('inf'), float('-inf'), 5e-324, 2.5, 3.5, 1e15, 1e16, 123456.789]
for a in values:
    print(a, -a, abs(a), bool(a), repr(a * 3), a == int(a) if abs(a) < 1e17 else None, f'{a:.3f}'[:25], a.is_integer())
for a, b in ((7.5, 2), (-7.5, 2), (7.5, -2), (-7.5, -2), (0.0, 3), (-0.0, 3), (1e300, 1e-10), (5.0, float('inf')), (-5.0, float('inf'))):
    print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b))
nan = float('nan')
print(nan == nan, nan != nan, nan < 1, nan in [nan], [nan] == [nan], math.isnan(nan), min(nan, 1), max(1, nan))
print(2.0 ** 0.5, 2 ** 0.5, (-8) ** (1 / 3), 2.0 ** -1, 0.0 ** 0, 4 ** 0.5, 1e308 * 10, -1e308 * 10, 2.0 ** 3)
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(0.5), round(1e20), round(2.0, 1))
print(int(2.9), int(-2.9), float('1e5'), float('  -2.5e-3 '), float('1_0.5'), float(3), math.floor(-2.5), math.ceil(2.1), math.trunc(-2.7))
print(0.1 + 0.2, 1 / 3, 2 / 3, 100.0, 1e21, 1.5e-5, 0.0001, 0.00001, 123456789012345680.0, 1.7976931348623157e308)
print(1 < 1.5, 2**53 + 1 > 2.0**53, 1.0 == True, 3 == 3.0, hash(3) == hash(3.0), {1: 'a'}[1.0], 10**400 > 1e308, float('inf') > 10**400)
print(math.pi, math.e, math.sqrt(2), math.sin(1), math.cos(1), math.atan2(1, -1), math.exp(1), math.log(10), math.log2(8), math.log10(1000), math.log(8, 2))
print(math.hypot(3, 4), math.gcd(12, 18), math.factorial(20), math.isqrt(10**20), math.fsum([0.1] * 10), math.copysign(1, -0.0), math.inf, math.fmod(-7, 3))
print((2.5).as_integer_ratio(), (0.1).hex(), float.fromhex('0x1.8p3'), math.frexp(10.0), math.ldexp(0.5, 4), math.modf(2.5), math.degrees(math.pi))
for code in ("1.0 / 0", "0.0 ** -1", "1.0 % 0", "math.sqrt(-1)", "math.log(0)", "float('x')", "int(nan)", "round(nan)", "1.5 << 1", "1.5 & 1", "math.exp(1000)"):
    try:
        print(eval(code))
    except (ValueError, TypeError, ZeroDivisionError, OverflowError) as error:
        print(code, type(error).__name__, error)
x = 0.5
for i in range(20000):
    x = 3.7 * x * (1 - x)
print(x)
total = 0.0
for i in range(1, 10000):
    total += math.sqrt(i) / i if i % 2 else -1.0 / i
print(total)
