def t(code, **k):
    try: r = eval(code, globals(), k); s = repr(r)
    except BaseException as e: s = type(e).__name__ + ': ' + str(e)
    print(code, '->', s if len(s) < 400 else s[:100] + '...' + str(len(s)))
def x(code, show):
    g = dict(globals())
    try: exec(code, g); s = repr(g.get(show))
    except BaseException as e: s = type(e).__name__ + ': ' + str(e) + ' | ' + repr(g.get(show))
    print(code, '->', s if len(s) < 400 else s[:100] + '...' + str(len(s)))
class Idx:
    def __init__(s, v): s.v = v
    def __index__(s): return s.v

class I(int): pass
class Idx:
    def __init__(s, v): s.v = v
    def __index__(s): return s.v
class Int:
    def __init__(s, v): s.v = v
    def __int__(s): return s.v
class Tr:
    def __trunc__(s): return 3
big = 10**30
for c in ["int()", "int(3.9)", "int(-3.9)", "int('  12  ')", "int('1_000')", "int('1__0')", "int('_1')", "int('1_')", "int('0x1f', 16)", "int('0x1f', 0)", "int('0b101', 0)", "int('0o17', 0)", "int('017', 0)", "int('00', 0)", "int('z', 36)", "int('z', 37)", "int('1', 1)", "int('1', -1)", "int('', 10)", "int('-')", "int('+5')", "int('- 5')", "int('٣')", "int('१२३')", "int('\\ud800')", "int('1\\x00')", "int(b'12')", "int(b'1x')", "int(bytearray(b'7'))", "int(None)", "int([])", "int('1', 2.0)", "int(x='1')", "int('1', base='2')", "int(1, 2)", "int(base=2)", "int('11', base=Idx(2))", "int(Idx(5))", "int(Int(7))", "int(Int('x'))", "int(Idx('x'))", "int(Tr())", "int(1e100)", "int(float('nan'))", "int(float('inf'))", "int(1,2,3)", "int('0_1', 0)", "int('1e5')", "int('0x_1f', 0)", "int('_0x1f', 0)", "int('0_x1f', 0)", "int('9'*5000)", "int('1'*4300) > 0", "int('1'*4301)", "str(10**5000)", "len(str(10**4299))", "str(-10**4300)", "repr(10**4300)", "'%d' % 10**0", "f'{10**4300}'", "'%d' % (10**4300)", "int('1_'*4000+'1') > 0", "hex(10**5000)[:10]", "int('f'*5000, 16) > 0", "int('7'*5000, 8) > 0", "int('z'*5000, 36)", "int('1'*5000, 2)>0",
 "(5).bit_length()", "(-5).bit_length()", "(0).bit_length()", "(2**100).bit_length()", "(-2**100).bit_length()", "(2**48).bit_length()", "(255).bit_count()", "(-255).bit_count()", "(2**100-1).bit_count()", "True.bit_length()",
 "(1000).to_bytes(2)", "(1000).to_bytes(2, 'little')", "(1000).to_bytes(1)", "(-1).to_bytes(2)", "(-1).to_bytes(2, signed=True)", "(-129).to_bytes(1, signed=True)", "(-128).to_bytes(1, signed=True)", "(128).to_bytes(1, signed=True)", "(0).to_bytes(0)", "(0).to_bytes()", "(1).to_bytes(-1)", "(1).to_bytes(2, 'middle')", "(1).to_bytes(2, 3)", "(2**70).to_bytes(9, 'big')", "(2**70).to_bytes(8, 'big')", "(-2**70).to_bytes(10, 'little', signed=True)", "(5).to_bytes(length=3, byteorder='little', signed=False)", "(5).to_bytes('a')", "I(5).to_bytes(2)",
 "int.from_bytes(b'\\x01\\x02')", "int.from_bytes(b'\\x01\\x02', 'little')", "int.from_bytes(b'\\xff', signed=True)", "int.from_bytes(b'')", "int.from_bytes([1,2,3])", "int.from_bytes([256])", "int.from_bytes('a')", "int.from_bytes(3)", "int.from_bytes(b'\\xff'*20, 'big', signed=True)", "int.from_bytes(b'\\xff'*20)", "int.from_bytes(b'a', 'x')", "type(I.from_bytes(b'a'))", "int.from_bytes(memoryview(b'ab'))", "int.from_bytes(bytes=b'a', byteorder='big')",
 "(5).as_integer_ratio()", "I(5).as_integer_ratio()", "True.as_integer_ratio()", "(5).conjugate()", "(5).is_integer()", "(5).real, (5).imag, (5).numerator, (5).denominator", "type(I(5).real)", "type(True.real)", "(5).__round__()", "(1234).__round__(-2)", "round(1250, -2)", "round(1350, -2)", "round(-1250,-2)", "round(10**30+5*10**9, -10)", "round(5, 3)", "round(5, None)", "round(5, 'a')", "round(5, 1.0)", "(15).__round__(-1)", "(25).__round__(-1)", "(5).__ceil__(), (5).__floor__(), (5).__trunc__()", "(7).__divmod__(2)", "divmod(-7, 2)", "divmod(7, -2)", "divmod(big, 7)", "divmod(1, 0)", "1//0", "1%0", "1/0", "0**-1", "2**-1", "(-2)**-3", "(-8)**(1/3)", "pow(2, 10, 1000)", "pow(2, -1, 7)", "pow(2, -1, 4)", "pow(3, 5, -7)", "pow(3, 5, 0)", "pow(3, 5, 1)", "pow(-3, 5, 7)", "pow(2, 1000, big)", "pow(2, 0.5, 3)", "pow(0, 0)", "0**0", "big/3", "big//-7", "big%-7", "-big//7", "10**400/10**399", "10**400/1", "1/10**400", "1 << -1", "1 >> -1", "1 << 100", "big >> 50", "-1 >> 100", "-big >> 200", "1 << big", "0 << big", "1 >> big", "-1 >> big", "5 & 3, 5 | 3, 5 ^ 3", "-5 & big, -5 | big, -5 ^ big", "~big, ~0, ~-1", "-big, +big, abs(-big)", "5 & 3.0", "5 << 1.0", "5 + '1'", "'1' + 5", "5 @ 3", "5 < 'a'", "5 == 'a'", "big == float(big)", "big == 1e30", "10**16+1 == 1e16", "10**400 < 1e300", "10**400 > float('inf')", "10**400 == float('inf')", "2**53+1 == float(2**53)", "2**53+1 > float(2**53)", "hash(I(5))==hash(5)",
 "format(1234567, ',')", "format(1234567, '_')", "format(255, 'x'), format(255, '#x'), format(255,'#X'), format(255, 'b'), format(255,'o'), format(-255,'#b')", "format(255, '_x'), format(2**40,'_b'), format(2**40,',x')", "format(65, 'c')", "format(0x110000, 'c')", "format(-1, 'c')", "format(65, '+c')", "format(5, '.2')", "format(5, '.2f')", "format(5, 'e')", "format(5, '%')", "format(5, 'n')", "format(5, 's')", "format(5, 'd')", "format(5, '08')", "format(-5, '08')", "format(5, '<8')+'|'", "format(5, '^8')+'|'", "format(5, '*>8')", "format(5, '=+8')", "format(-5, '*=8')", "format(12345, '010,')", "format(12345, '011,')", "format(12345, '012_')", "format(5, 'z')", "format(5, ' ')", "format(5, '+')", "format(5, '#')", "format(big, ',')", "format(big,'e')", "format(10**400,'e')", "format(True, 'd')", "format(True, '')", "format(True, '5')", "format(True, 's')", "format(5, '5.')", "format(5, 'ss')", "format(5,'1$')", "format(5, '%5')", "format(5,'99999999999999999999')", "format(5, '.99999999999999999999')", "format(3, '0<5')", "format(3, '05,')", "f'{5:{8}}'", "f'{3!r:>5}'", "(5).__format__(3)", "int.__format__(5, 'd')",
 "I(3)+I(4), type(I(3)+I(4))", "type(+I(3)), type(-I(3)), type(abs(I(3))), type(~I(3))", "str(I(3)), repr(I(3))", "I('12')", "(3).__getnewargs__()", "I(3).__getnewargs__()", "(3).__sizeof__() > 0", "int.__add__(3, 4), int.__add__(3, 4.0), int.__radd__(3,4), int.__rsub__(3,4)", "int.__pow__(2,3), int.__pow__(2,3,5), int.__rpow__(2,3), int.__pow__(2, 'a')", "int.__add__('a', 3)", "int.__new__(str)", "int.__new__()", "int.__new__(I, 5)", "bool(0), bool(I(0)), bool(big)", "bool(1,2)", "bool(x=1)", "True + True, True & 1, True & True, True | False, True ^ True, type(True ^ 1)", "~5", "-True, +True, abs(True)", "bool.__and__(True, True)", "True < 2, True == 1, True is True", "str(True), repr(False), format(False, 'd'), int(True)", "bool('a'), bool(''), bool([]), bool(0.0), bool(None)", "True << 3, True ** 2, True // 1, True / 2", "hash(True)", "bool.from_bytes(b'\\x05')", "bool.__new__(int, 3)", "isinstance(True, int)", "int.from_bytes(b'a'*3000) > 0", "int('0'*5000)", "int('0'*4300 + '1')", "1_000 if True else 0", "0xFF_FF, 0b1_0, 0o1_7",
]:
    t(c)
import sys
print(sys.get_int_max_str_digits())
for v in (639, 640, 0, -1, 'a'):
    try: print(sys.set_int_max_str_digits(v), sys.get_int_max_str_digits())
    except BaseException as e: print(type(e).__name__, e)
sys.set_int_max_str_digits(0); print(len(str(10**20000)), len(str(int('7'*20000))))
class BadB:
    def __bool__(s): return 3
t("bool(BadB())")
class BadL:
    def __len__(s): return -1
t("bool(BadL())")
