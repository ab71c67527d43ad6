"""Type parameters and aliases as syntax makes them (PEP 695, 696)."""


def f[T: int, *Ts, **P, D = str](x: T) -> D:
    return x


print(f.__type_params__, f.__annotations__)
T = f.__type_params__[0]
print(T.__bound__, T.__constraints__, T.has_default(), f.__type_params__[3].__default__)
type A[X: (int, str)] = list[X]
print(A, A.__type_params__, A.__type_params__[0].__constraints__)
type B = B2
try:
    B.__value__
except NameError as e:
    print(e)
B2 = 4
print(B.__value__)


class K:
    z = int
    type Q = z

    def m[T: z](self, q: z):
        pass


print(K.Q.__value__, K.m.__type_params__[0].__bound__, K.m.__annotations__)
print(T, T.__infer_variance__, f.__type_params__[2].args)


def g[A = B2, *C = B2, **D = B2]():
    pass


print([p.__default__ for p in g.__type_params__], g.__type_params__)
for p in f.__type_params__:
    print(type(p), p.__name__, p.has_default())
    for name in ("__bound__", "__covariant__", "__infer_variance__", "__constraints__"):
        try:
            print(name, getattr(p, name))
        except (AttributeError, TypeError) as e:
            print(name, type(e).__name__, e)
try:
    p.__name__ = "x"
except AttributeError as e:
    print(e)


def scopes[T](x):
    type Inner[U: T] = (T, U, x)
    return Inner


print(scopes(3).__value__, scopes(4).__type_params__[0].__bound__)
for i in range(2000):

    def h[Q: int](q: Q) -> Q:
        return q

    h(i)
    type Z[T] = i
print(h.__annotations__["q"] is h.__type_params__[0], Z.__value__)


type Own[T = [T for T in (T,)]] = T
print(Own.__type_params__[0].__default__[0] is Own.__type_params__[0])
