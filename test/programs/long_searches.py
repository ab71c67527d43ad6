for N in 1000, 100000:
    A, B = 'a' * N, 'b' * N
    h = A + A + B + A + A; n = A + B + B + A
    print(h.find(n), h.count(n), (h + n).find(n) == len(h), (h+n).count(n), n in h, n in h + n)
    h = h.encode(); n = n.encode()
    print(h.find(n), h.count(n), (h + n).find(n) == len(h), (h+n).count(n), n in h, n in h + n)
    h = '€' + h.decode(); n = n.decode()
    print(h.find(n), (h + n).find(n) == len(h), (h + n).find('€'), ('x' + h + n).find(h[:700]))
print(0.0 ** -float('inf'))
for c in ("float(b'1\\xa0')", "pow(1e200+1j, 5)", "complex(1, type('W', (), {'__complex__': lambda s: 1j})())", "float(type('S', (str,), {'__float__': lambda s: 9.0})('8'))", "int(type('S', (str,), {'__int__': lambda s: 9})('8'))"):
    try: print(c, eval(c))
    except Exception as e: print(c, type(e).__name__, e)
