# Numbers: every operator and many methods over random ints of all sizes and random floats.
import math
seed = 1
def rnd(n):
    global seed
    seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
    return (seed >> 33) % n
def rint():
    k = rnd(8)
    if k == 0: v = rnd(10)
    elif k == 1: v = rnd(1 << 31)
    elif k == 2: v = (1 << 31) + rnd(5) - 2
    elif k == 3: v = (1 << 47) + rnd(5) - 2
    elif k == 4: v = (1 << 53) + rnd(5) - 2
    elif k == 5: v = (1 << 63) + rnd(5) - 2
    elif k == 6: v = rnd(1<<31) * rnd(1<<31) * rnd(1 << 20)
    else: v = 1
    if k == 7:
        for _ in range(rnd(8)): v = v * rnd(1 << 31)
    return -v if rnd(2) else v
def rfloat():
    k = rnd(6)
    if k == 0: return float(rnd(100))
    if k == 1: return rnd(1000000) / 64
    if k == 2: return math.ldexp(rnd(1 << 30), rnd(2000) - 1000 - 30)
    if k == 3: return -rnd(1000000) / 1000
    if k == 4: return [float('inf'), -float('inf'), float('nan'), 0.0, -0.0][rnd(5)]
    return (rnd(1 << 30) * 2.0**23 + rnd(1<<23)) / rnd(1000000 ) if rnd(2) else 1e16 * rnd(10)
def run(f, *a):
    try:
        return repr(f(*a))
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)
for i in range(250):
    a, b = rint(), rint()
    out = [run(f, a, b) for f in (
        lambda a, b: a+b,
        lambda a, b: a-b,
        lambda a, b: a*b,
        lambda a, b: a//b,
        lambda a, b: a%b,
        lambda a, b: divmod(a,b),
        lambda a, b: a/b,
        lambda a, b: a&b,
        lambda a, b: a|b,
        lambda a, b: a^b,
        lambda a, b: a<<(b&127),
        lambda a, b: a>>(b&127),
        lambda a, b: (a<b,a<=b,a==b,a!=b,a>b,a>=b),
        lambda a, b: -a,
        lambda a, b: ~a,
        lambda a, b: abs(a),
        lambda a, b: bin(a),
        lambda a, b: hex(a),
        lambda a, b: oct(a),
        lambda a, b: float(a),
        lambda a, b: a.bit_length(),
        lambda a, b: a.bit_count(),
        lambda a, b: round(a,-(b%20)),
        lambda a, b: pow(a, b & 255, abs(b) + 1),
        lambda a, b: pow(a, -1, b),
        lambda a, b: math.gcd(a,b),
        lambda a, b: math.lcm(a,b),
        lambda a, b: math.isqrt(a),
        lambda a, b: a.to_bytes(16,'big',signed=True),
        lambda a, b: int.from_bytes(a.to_bytes(20,'little',signed=True),'little',signed=True)==a,
        lambda a, b: a**(b%7),
        lambda a, b: int(str(a))==a,
        lambda a, b: f'{a:,}|{a:>30}|{a:#x}|{a:+d}',
        lambda a, b: a == float(a),
        lambda a, b: a < float(b),
        lambda a, b: math.log(abs(a)) if a else 0,
        lambda a, b: a.as_integer_ratio(),
    )]
    print(i, a, b)
    for k, o in enumerate(out):
        print(k, o)
for i in range(250):
    a, b = rfloat(), rfloat()
    n = rint()
    out = [run(f, a, b) for f in (
        lambda a, b: a+b,
        lambda a, b: a-b,
        lambda a, b: a*b,
        lambda a, b: a//b,
        lambda a, b: a%b,
        lambda a, b: divmod(a,b),
        lambda a, b: a/b,
        lambda a, b: (a<b,a<=b,a==b,a!=b,a>b,a>=b),
        lambda a, b: round(a),
        lambda a, b: round(a, n % 12 - 4),
        lambda a, b: int(a),
        lambda a, b: a.hex(),
        lambda a, b: a.is_integer(),
        lambda a, b: a.as_integer_ratio(),
        lambda a, b: math.floor(a),
        lambda a, b: math.ceil(a),
        lambda a, b: math.trunc(a),
        lambda a, b: math.fmod(a,b),
        lambda a, b: math.remainder(a,b),
        lambda a, b: math.frexp(a),
        lambda a, b: math.modf(a),
        lambda a, b: math.nextafter(a,b),
        lambda a, b: math.ulp(a),
        lambda a, b: '%.3f %.10e %g' % (a,b,a),
        lambda a, b: f'{a:.3f}|{a:>20.5}|{a:+.2e}|{a:,.2f}|{b:%}',
        lambda a, b: str(complex(a,b)),
        lambda a, b: a == n,
        lambda a, b: a < n,
        lambda a, b: n <= a,
        lambda a, b: math.hypot(a,b),
        lambda a, b: math.fsum([a,b,1e-10,-a]),
        lambda a, b: math.copysign(a,b),
        lambda a, b: float(repr(a))==a,
        lambda a, b: math.fma(a,b,1.5),
        lambda a, b: math.isclose(a,b),
        lambda a, b: complex(a,1)*complex(b,2),
        lambda a, b: math.cbrt(a),
    )]
    print(i, a, b)
    for k, o in enumerate(out):
        print(k, o)
