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

nan = float('nan'); inf = float('inf')
class C(complex): pass
class Cx:
    def __init__(s, v): s.v = v
    def __complex__(s): return s.v
class Fl:
    def __float__(s): return 2.5
for c in ["complex()", "complex(1)", "complex(1, 2)", "complex('1+2j')", "complex(' 1-2J ')", "complex('(1+2j)')", "complex('( 1+2j )')", "complex('1 + 2j')", "complex('j'), complex('-j'), complex('+j')", "complex('1e5+1e-5j')", "complex('inf+nanj')", "complex('1_0+2_0j')", "complex('')", "complex('()')", "complex('1+')", "complex('1+2')", "complex('1+2j3')", "complex('x')", "complex('1', 2)", "complex(1, '2')", "complex(None)", "complex(1, None)", "complex(1j, 2j)", "complex(1j, 2)", "complex(1, 2j)", "complex(real=1, imag=2)", "complex(imag=3)", "complex(Cx(1+2j))", "complex(Cx(3))", "complex(Cx(C(1j)))", "complex(Fl())", "complex(Idx(3))", "complex(b'1')", "complex(1,2,3)", "complex.from_number(3), complex.from_number(1+2j), complex.from_number(Fl()), complex.from_number(Cx(2j))", "complex.from_number('1')", "type(C.from_number(3))", "type(C(1)+1)", "C(1+2j)", 
"(1+2j).real, (1+2j).imag, (1+2j).conjugate()", "1+2j, -1-2j, 1j, -1j, 0j, -0j, complex(-0.0, -0.0), complex(0.0,-0.0), complex(-0.0,0.0), complex(inf, nan), complex(1,inf), complex(nan,-inf), 1e20j, 1.5e-10+2j", "str(1+2j), repr(complex(0,1.5))", "(1+2j)+(3-1j), (1+2j)-3, (1+2j)*(3-1j), (1+2j)/(3-1j), (1+2j)**2, (1+2j)**-1, (1+2j)**0.5, (1+2j)**(1+1j), 2**(1+2j), 0j**0, (1+2j)**0", "0j**-1", "0j**1j", "1/0j", "(1+2j)/0", "1j//1", "1j%1", "divmod(1j,1)", "1j<2j", "1j<1", "(1+0j)==1, (1+0j)==1.0, 1j==1, (1+2j)!=(1+2j)", "abs(3+4j), abs(complex(inf,nan)), abs(complex(nan,1)), abs(complex(1e200,1e200))", "abs(complex(1.7e308,1.7e308))", "-(1+2j), +(1+2j)", "int(1j)", "float(1j)", "bool(0j), bool(1j)", "round(1j)", "pow(1j,2), pow(1j, 2, 3)", "(1e200+1j)**2 if 0 else 0", "(1e200+1j)*(1e200+1j)", "(1e300+1j)**2", "2*(1+infj) if 0 else 0", "2*complex(1,inf), complex(1,inf)*2, complex(inf,1)*1j, 2/complex(inf,1), complex(0,inf)+1, 1-complex(0,0.0), 1.0-complex(1,-0.0), complex(-0.0,2)+(-0.0), (-0.0)-complex(0,3), complex(inf,inf)*complex(1,1), complex(nan,inf)*complex(inf,1)", "1j*inf, inf*1j, (1+1j)*inf, (1+1j)/inf, (1+1j)/0.5, complex(inf,nan)/2",
"format(1+2j,''), format(1+2j,'.2f'), format(1+2j,'e'), format(1.5+2.25j,'g'), format(1+2j,'+'), format(1+2j,'>20'), format(1+2j,'^20.1f')", "format(1+2j,'010')", "format(1+2j,'=10')", "format(1+2j,'%')", "format(1+2j,'d')", "format(1+2j,'s')", "format(1234567+2345678j,',')", "format(1+2j,'x')", "format(-0.0j,'z.1f')", "format(complex(nan,inf),'')", "format(1e20+1j,''), format(1.5,'.3'), format(1+2j,'.3'), format(1j,'n')", "(1+2j).__getnewargs__()", "(1+2j).__complex__(), type(C(1).__complex__())", "complex.__add__(1j, 2), complex.__add__(1j,'a')", "complex.__lt__(1j, 2j)", "complex('1e400')", "complex('1'*100+'j')", "complex('1\\x00')", "complex('\\u0663')", "complex('infj'), complex('-nan-infj')", "1j.__bool__()", "'%s' % 1j", "'%d' % 1j", "'%f' % 1j", "1j @ 1", "1j & 1", "complex(1e308, 1e308)*1e308", "sum([1j, 2, 3.5])", "sum([0.1]*10, 0j)"]:
    t(c)
