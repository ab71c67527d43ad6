# What a frame shows of variables that no path has bound yet: nothing, whatever its registers held before.
import builtins
import sys
def junk(a,b,c,d,e,f,g): return [a,b,c,d,e,f,g]
def f(c):
    if c: x = 1
    return locals()
def g(c):
    if c: x = 1
    return dict(sys._getframe().f_locals)
def h():
    return dict(sys._getframe(1).f_locals)
def k(c):
    r = h()
    if c: x = 1; y = 2
    return r
for _ in range(3):
    junk(*range(1,8)); print(f(0), g(0)); junk(*range(1,8)); print(k(0))
def gen():
    a = 1
    yield a
    b = 2
    c = 3
    yield b + c
for _ in range(3):
    junk(*range(1,8))
    G=gen(); print(dict(G.gi_frame.f_locals)); next(G); print(dict(G.gi_frame.f_locals)); next(G); print(dict(G.gi_frame.f_locals))
def aliased(c):
    look = builtins.locals
    if c:
        w = 1
    for i in ():
        pass
    return sorted(look())
for c in (0, 1):
    junk(*range(1, 8)); print(aliased(c)[:2])
def fails(n):
    before = n
    if n > 5:
        raise ValueError(n)
    after = n
    return after
for n in (1, 9):
    junk(*range(1, 8))
    try:
        fails(n)
    except ValueError as e:
        print(sorted(e.__traceback__.tb_next.tb_frame.f_locals))
def hot():
    seen = set()
    for i in range(3000):
        seen.update(sys._getframe().f_locals)
        late = i
    return sorted(seen)
print(hot())
