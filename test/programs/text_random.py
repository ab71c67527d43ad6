# Strings and bytes: every method over random texts of all widths.
seed = 1
def rnd(n):
    global seed
    seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
    return (seed >> 33) % n
alphabets = ["ab ", "abcAB12 \t\n_", "aé ßÿµ \xa0\x85", "aΣσς ΑβǅŸıİ\u2028\u3000中", "a\U0001F600\U00010400b \U0001D7CEé", "xyz,;"]
def rstr(n=12):
    al = alphabets[rnd(len(alphabets))]
    return ''.join([al[rnd(len(al))] for _ in range(rnd(n))])
def sub(s):
    if rnd(3) == 0: return rstr(3)
    i = rnd(len(s)+1); return s[i:i+rnd(3)]
def run(f):
    try:
        return repr(f())
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)
def opt(s): return None if rnd(3)==0 else rnd(len(s)+6) - len(s)//2 - 2
for i in range(120):
    s = rstr(24 if rnd(4) else 450); t = sub(s); u = rstr(4); n = rnd(20)-3; a = opt(s); b = opt(s); st = [None,1,2,-1,-2,3,-3][rnd(7)]
    fs = [
        lambda: s[a:b:st],
        lambda: s[n],
        lambda: s.find(t,a,b),
        lambda: s.rfind(t,a,b),
        lambda: s.index(t),
        lambda: s.rindex(t,a),
        lambda: s.count(t,a,b),
        lambda: s.count(t),
        lambda: s.replace(t,u),
        lambda: s.replace(t,u,n),
        lambda: s.split(),
        lambda: s.split(None,n),
        lambda: s.split(t),
        lambda: s.split(t,n),
        lambda: s.rsplit(None,n),
        lambda: s.rsplit(t,n),
        lambda: s.splitlines(),
        lambda: s.splitlines(True),
        lambda: s.partition(t),
        lambda: s.rpartition(t),
        lambda: s.strip(),
        lambda: s.lstrip(t),
        lambda: s.rstrip(u),
        lambda: s.startswith(t,a,b),
        lambda: s.endswith(t,a,b),
        lambda: s.startswith((t,u)),
        lambda: s.upper(),
        lambda: s.lower(),
        lambda: s.title(),
        lambda: s.capitalize(),
        lambda: s.swapcase(),
        lambda: s.casefold(),
        lambda: (s.isalpha(), s.isalnum(), s.isdigit(), s.isdecimal(), s.isnumeric(), s.isspace(), s.isupper(), s.islower(), s.istitle(), s.isidentifier(), s.isprintable(), s.isascii()),
        lambda: s.center(n),
        lambda: s.center(n+8, u[:1] or 'x'),
        lambda: s.ljust(n+5,'é'),
        lambda: s.rjust(n+5,'中'),
        lambda: s.zfill(n+10),
        lambda: ('-'+s).zfill(n+12),
        lambda: s.expandtabs(n),
        lambda: s.join([t,u,s]),
        lambda: t.join(s),
        lambda: s + t,
        lambda: s * (n%5),
        lambda: t in s,
        lambda: (s<t, s==t, s>=t, s!=u),
        lambda: repr(s),
        lambda: ascii(s),
        lambda: s.encode(),
        lambda: s.encode('latin-1','replace'),
        lambda: s.encode('ascii','xmlcharrefreplace'),
        lambda: s.encode('utf-16-le'),
        lambda: s.encode('utf-8').decode('utf-8')==s,
        lambda: s.removeprefix(t),
        lambda: s.removesuffix(t),
        lambda: s.translate({ord(c): u for c in t}),
        lambda: s.translate(str.maketrans('ab','bé','c')),
        lambda: f'{s:>{abs(n)}}|{s!r:.5}|{s:é^30}',
        lambda: '%s|%10s|%-10.3s|%r' % (s,s,s,s),
        lambda: [c for c in s],
        lambda: len(s),
        lambda: s[::-1],
        lambda: hash(s) == hash(s[:1]+s[1:]),
        lambda: s.encode().hex(),
        lambda: {s:1}[s[:2]+s[2:]],
        lambda: min(s, default=''),
        lambda: s.__contains__(u),
        lambda: sorted(s),
    ]
    print(i, repr(s))
    for k, f in enumerate(fs):
        print(k, run(f))
    x = s.encode('utf-8')[:30]; y = t.encode(); z = u.encode()
    fs = [
        lambda: x[a:b:st],
        lambda: x[n],
        lambda: x.find(y,a,b),
        lambda: x.rfind(y,a,b),
        lambda: x.count(y,a,b),
        lambda: x.replace(y,z),
        lambda: x.replace(y,z,n),
        lambda: x.split(),
        lambda: x.split(None,n),
        lambda: x.split(y,n),
        lambda: x.rsplit(None,n),
        lambda: x.rsplit(y,n),
        lambda: x.splitlines(),
        lambda: x.splitlines(True),
        lambda: x.partition(y),
        lambda: x.rpartition(y),
        lambda: x.strip(),
        lambda: x.strip(y),
        lambda: x.startswith(y,a,b),
        lambda: x.endswith(y,a,b),
        lambda: x.upper(),
        lambda: x.title(),
        lambda: x.capitalize(),
        lambda: x.swapcase(),
        lambda: (x.isalpha(),x.isalnum(),x.isdigit(),x.isspace(),x.isupper(),x.islower(),x.istitle(),x.isascii()),
        lambda: x.center(n+8),
        lambda: x.ljust(n+5,b'z'),
        lambda: x.zfill(n+9),
        lambda: x.expandtabs(n),
        lambda: y.join([x,z,x]),
        lambda: x+y,
        lambda: x*(n%4),
        lambda: y in x,
        lambda: 97 in x,
        lambda: (x<y,x==y,x>=z),
        lambda: x.hex(':',n),
        lambda: bytes.fromhex(x.hex()),
        lambda: x.decode('utf-8','replace'),
        lambda: x.decode('ascii','backslashreplace'),
        lambda: x.decode('utf-8'),
        lambda: list(x),
        lambda: bytes(list(x))==x,
        lambda: x.translate(None,b'a'),
        lambda: int.from_bytes(x,'big',signed=True),
        lambda: b'%s|%5d' % (x, n),
    ]
    for k, f in enumerate(fs):
        print(k, run(f))
