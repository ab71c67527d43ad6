class S(str):
    def __str__(self): return 'own'
print(format(S('x')), '{}'.format(S('x')), f'{S("x")}', format(S('x'), '5'), '%s' % S('x'))
for c in ("'%*d' % (2**64, 1)", "format(1.5, '%d.f' % 2**63)", "format(1.5, '9223372036854775808')", "'{9223372036854775808}'.format(1)"):
    try: print(eval(c))
    except Exception as e: print(type(e).__name__)
