# Every kind of parameter, and what calls them wrongly.
def everything(a, b=2, /, c=3, *rest, d, e=5, **more):
    return a, b, c, rest, d, e, more

print(everything(1, d=4))
print(everything(1, 20, 30, 40, 50, d=60, e=70, f=80, g=90))
print(everything(*[1, 2], *(3, 4), **{'d': 5}, **{'x': 6}))
print(everything(1, d=4, a='also', b='here'))

def defaults(x, items=[], *, flag=False):
    items.append(x)
    return len(items), flag

print(defaults(1), defaults(2), defaults(3, []), defaults(4, flag=True))
print(defaults.__defaults__, defaults.__kwdefaults__)

def positional_only(a, b, /):
    return a - b

def keyword_only(*, a, b=1):
    return a * b

print(positional_only(5, 3), keyword_only(a=4), keyword_only(b=2, a=4))

def attempt(function, *args, **kwargs):
    try:
        print('ok', function(*args, **kwargs))
    except TypeError as error:
        print('TypeError:', error)

attempt(everything)
attempt(everything, 1)
attempt(positional_only, 1)
attempt(positional_only, 1, 2, 3)
attempt(positional_only, a=1, b=2)
attempt(keyword_only, 1)
attempt(keyword_only)
attempt(keyword_only, a=1, c=2)
attempt(defaults)
attempt(defaults, 1, x=1)
attempt(len, 1, 2)
attempt(lambda x, y=0: x + y, 1, 2, 3)

def star_args(*args):
    return args

def star_kwargs(**kwargs):
    return kwargs

print(star_args(), star_args(1), star_args(*range(5)), star_args(*'abc', 1, *[2]))
print(star_kwargs(), star_kwargs(b=1, a=2), star_kwargs(**{'z': 1}, y=2))
try:
    star_kwargs(a=1, **{'a': 2})
except TypeError as error:
    print(str(error).split('.')[-1])

total = 0
for i in range(6000):
    total += everything(i, d=1)[0] + everything(i, 1, 2, 3, d=i, q=2)[4] + keyword_only(a=i)
print(total)
