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

# Where a frame ended: a re-raise by an except clause that does not match, or at the end of finally, has a place.


def lines(function):
    try:
        function()
    except Exception as error:
        entry = error.__traceback__.tb_next
        return entry.tb_lineno - entry.tb_frame.f_code.co_firstlineno, entry.tb_frame.f_lineno - entry.tb_frame.f_code.co_firstlineno


def unmatched():
    try:
        1 / 0
    except TypeError:
        pass


def final():
    try:
        1 / 0
    finally:
        pass


class Context:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


def context():
    with Context():
        1 / 0


print(lines(unmatched), lines(final), lines(context))
