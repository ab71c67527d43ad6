# Ints of every size: arithmetic, sign rules, bits, conversions, limits between representations.
edges = [0, 1, -1, 2, -2, 7, -7, 2**31 - 1, -2**31, 2**31, 2**32, 2**47 - 1, -2**47, 2**47, 2**48, -2**48 - 1, 2**53, 2**53 + 1,
         2**62, 2**63 - 1, -2**63, 2**63, 2**64, 10**30, -10**30]
check = 0
for a in edges:
    for b in edges:
        results = [a + b, a - b, a * b, a & b, a | b, a ^ b, a < b, a == b, a >= b]
        if b:
            results += [a // b, a % b, divmod(a, b)]
            assert (a // b) * b + a % b == a
        if 0 <= b < 200:
            results += [a << b, a >> b]
        check = (check * 31 + hash(str(results))) % 1 + len(str(results)) + check
    print(a, -a, ~a, abs(a), a.bit_length(), a.bit_count(), bool(a), float(a), a >> 3, a << 5, a % 10, -a // 3)
print(check)
print(2 ** 100, (-3) ** 41, 2 ** -2, 0 ** 0, pow(3, 200, 1000007), pow(7, -1, 31), (-7) // 2, -7 % 3, 7 % -3, 7 // -2)
print(int('123'), int('-0x1f', 16), int('0b101', 0), int(' 1_000 '), int('zz', 36), int(3.99), int(-3.99), int(True))
print(bin(-10), oct(64), hex(255), hex(-2**70), str(10**40), int('9' * 30) + 1, f'{10**18:,}')
print(0xff, 0o17, 0b11, 1_000_000, int.from_bytes(b'\x01\x02', 'big'), (258).to_bytes(2, 'little'), (5).real, (5).denominator)
print(10**20 / 10**18, 2**64 / 3, (2**53 + 1) / 1, 7 / 2, 10**400 // 10**398, 1e300 < 10**301, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53)
print(round(15, -1), round(25, -1), round(1234567, -3), round(5), divmod(-7, 2), divmod(7.5, 2), max(3, 2.5, True), sum([1, 2.5, 10**20]))
print(True + True, True * 5, -True, True & 2, True | False, True ^ True, isinstance(True, int), type(True + 1).__name__)
print((10**50).bit_length(), (10**25) ^ (10**24), -(10**25) & (2**70 - 1), -(2**65) >> 60, 1 << 100 >> 99, 3 .__class__.__name__)
for code in ("int('')", "int('1.5')", "int('12', 1)", "int('9', 8)", "1 // 0", "5 % 0", "divmod(1, 0)", "1 / 0", "1 << -1", "2 ** 'a'",
             "int([])", "10**400 * 1.0", "float(10**400)", "1 << 1.0", "int('0x')"):
    try:
        print(eval(code))
    except (ValueError, TypeError, ZeroDivisionError, OverflowError) as error:
        print(code, type(error).__name__, error)
factorial = 1
for i in range(1, 60):
    factorial *= i
print(factorial, factorial % 1000000007, factorial // 10**60)
fibonacci = [0, 1]
for _ in range(300):
    fibonacci.append(fibonacci[-1] + fibonacci[-2])
print(fibonacci[300], fibonacci[90], fibonacci[47])
x = 1
for i in range(20000):
    x = (x * 1103515245 + 12345) & 0x7fffffff
print(x)
h = 14695981039346656037
for i in range(10000):
    h = ((h ^ (i & 255)) * 1099511628211) & 0xffffffffffffffff
print(h)

# numbers just below powers of two, where a double rounds up
for k in (53, 1023, 1024, 1025, 2047, 2048, 2049, 4096, 8192):
    print(k, ((1 << k) - 1).bit_length(), (1 << k).bit_length(), len(repr((1 << k) - 1)))
