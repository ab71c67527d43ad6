"""t-strings: what they make, how they print and join, and the errors of both."""
def t(f, *a, **k):
    try: print(f(*a, **k))
    except BaseException as e: print(type(e).__name__, e)
x = 5
T = type(t''); I = type(t'{x}'.interpolations[0])
print(T, I)
print(T.__module__, T.__qualname__, T.__flags__ & (1<<10), I.__match_args__)
a = t'a{x}b{x!r:>{x}}c{ x = }{x=:3}{x=!s}'
print(a); print(a.strings, a.values)
print(list(a), type(iter(a)))
print(list(t'{x}{x}'), list(t''), t''.strings)
t(lambda: a + 's'); t(lambda: 's' + a); t(lambda: a + a); t(lambda: a+1); t(lambda: t'a' t'b'); t(lambda: t'{1}'+t'b')
t(lambda: T('a', 'b', I(3), 'c')); t(lambda: T(I(3), I(4))); t(lambda: T(3)); t(lambda: T('a', k=3)); t(lambda: T())
t(lambda: I(3, 'x', 'r', 's')); t(lambda: I(3, 'x', 'q', 's')); t(lambda: I()); t(lambda: I(3, 4)); t(lambda: I(3, 'x', 5)); t(lambda: I(3, 'x', None, 4)); t(lambda: I(1,2,3,4,5)); t(lambda: I(value=1, expression='e', conversion='a', format_spec='f'))
t(lambda: a == a); t(lambda: t'' == t''); t(lambda: hash(t'') is int); t(lambda: bool(t''))

t(lambda: setattr(a, 'strings', 3)); t(lambda: setattr(a, 'values', 3)); t(lambda: setattr(a.interpolations[0], 'value', 3)); t(lambda: setattr(a, 'foo', 3))
t(lambda: I(3).__reduce__())
t(lambda: type('X', (T,), {})); t(lambda: type('X', (I,), {})); 
t(lambda: type(iter(a))());
it = iter(a); t(lambda: next(it)); t(lambda: next(it)); print(it.__iter__() is it)
match a.interpolations[0]:
    case I(v, e, c, f): print(v, e, c, f)
t(lambda: t'{x:{x}}{x!a}{x:a{x!r:>3}b}')
t(lambda: eval("t'a' 'b'")); t(lambda: eval("'a' t'b'")); t(lambda: eval("t'a' f'b'")); t(lambda: eval("t'a' b'b'"));t(lambda: eval("t'a' rt'b\\n'"))
t(lambda: eval("bt'a'")); t(lambda: eval("t'{}'")); t(lambda: eval("t'{x'")); t(lambda: eval("t'{x!z}'")); t(lambda: eval("t'}'")); t(lambda: eval("ut'a'"));t(lambda: eval("ft'a'"))
t(lambda: T.__add__); t(lambda: T.__iter__)
def g():
    yield t'{(yield 3)}'
print(list(g()))
print(t'{(lambda x: 3)}'.interpolations[0].expression, t'''{
x
}'''.interpolations[0])
t(lambda: t'{undefined}')
t(lambda: a.__add__(3))
t(lambda: t'{x!r}{x !r}{ x!r }')

for i in range(3000):
    made = t"a{i}b{i!r:>{x}}"
print(made)
