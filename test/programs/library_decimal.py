# decimal, fractions, statistics, numbers.
import fractions
import statistics
from decimal import *


def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


D = Decimal
for text in ("abc", "", "1_000", " 1 ", "1e", ".5", "5.", "+.5e-3", "nan12", "-inf", "sNaN", "1E+30", "0E-10", "-0"):
    t(lambda: D(text))
for f in (
    lambda: D(1) / 0, lambda: D(0) / 0, lambda: D(1) % 0, lambda: D("sNaN") + 1, lambda: D("1e999999") * 10,
    lambda: D(1) == 1.0, lambda: D("0.5") < 0.6, lambda: round(D("2.675"), 2), lambda: round(D("2.5")),
    lambda: int(D("-3.7")), lambda: D("3.14").as_integer_ratio(), lambda: D(-5) // 3, lambda: D(-5) % 3,
    lambda: divmod(D(7), -2), lambda: pow(D(3), 4, 5), lambda: D(2) ** D("0.5"), lambda: D(7).sqrt(),
    lambda: D(10).ln(), lambda: D("1e5").log10(), lambda: D(1).exp(), lambda: D.from_float(0.1), lambda: D(-1).sqrt(),
    lambda: D("1e3").normalize(), lambda: D("12.5").as_tuple(), lambda: D((1, (1, 2, 3), -2)), lambda: D(3).quantize(D("1e-40")),
    lambda: D("123.456").quantize(D(".01"), rounding=ROUND_UP), lambda: D("1.1").compare(D(1)), lambda: D(2).fma(3, 4),
    lambda: sum([D(1) / 3] * 3), lambda: max(D(2), 3), lambda: hash(D(1)) == hash(1), lambda: D(101).logical_and(D(110)),
    lambda: D("Infinity") - D("Infinity"), lambda: D(5).next_plus(), lambda: D("9.99").to_integral_value(),
    lambda: getcontext().prec, lambda: Context(prec=3).create_decimal("1.23456"), lambda: D(1).scaleb(5), lambda: D(12).shift(2),
):
    t(f)
for spec in ("", ".2f", "10.1f", "<10", "e", ".3e", "%", ",.2f", "+g", "015.2f", ".0f", "n"):
    print([format(D(x), spec) for x in ("1234567.891", "-0.00012", "0", "1E+20")])
with localcontext(prec=50) as c:
    print(D(1) / 7, D(2).sqrt(), D(2).ln(), D("1.5") ** D("2.5"))
with localcontext() as c:
    c.traps[Inexact] = True
    t(lambda: D(1) / 3)
c = Context(prec=5, rounding=ROUND_FLOOR, Emin=-10, Emax=10)
print(c, c.divide(D(-1), D(3)), c.multiply(D("1e6"), D("1e-14")), c.add(D("99999"), D(1)))
t(lambda: c.multiply(D("1e9"), D("1e9")))
x = D(0)
for i in range(3000):
    x += D(i) / 7
print(x)
F = fractions.Fraction
print(F(1, 3) + F("0.5"), F(3, 6), F(1.25), F(7, 3) // 1, F("1e-2"), F(D("1.1")), F(22, 7).limit_denominator(3), F(1, 2) ** -2)
print(statistics.mean([1, 2, 3, 4]), statistics.stdev([1.5, 2.5, 4]), statistics.median([3, 1, 2]), statistics.mode("aab"), statistics.mean([D(1), D(2)]))
print(statistics.quantiles(range(10), n=4), statistics.fmean([1, 2, 4]), statistics.pvariance([1, 2, 3, 4]), statistics.linear_regression([1, 2, 3], [2, 4, 7]))
