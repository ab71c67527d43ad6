# types: unions, generic aliases, SimpleNamespace, the types of natives.
import copy
import types
import typing
from typing import TypeVar, Union, Optional, ParamSpec, Generic


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


U = int | str
print(U, type(U), type(U) is types.UnionType is Union, U.__args__, U == str | int, hash(U) == hash(str | int), int | int, U | None, None | U, U | str, int | list[int] | dict[str, int])
print(Union[int, str] == U, Union[int], Optional[int], U.__origin__, U.__parameters__, U.__name__, isinstance(1, U), isinstance(1.0, U), issubclass(bool, U), isinstance(None, int | None))
attempt(lambda: int | 1); attempt(lambda: Union[()]); attempt(lambda: U()); attempt(lambda: U < U); attempt(lambda: isinstance([], list[int] | int)); attempt(lambda: issubclass(1, U))
def sub():
    class A(int | str):
        pass
attempt(sub)
T = TypeVar('T'); S = TypeVar('S')
L = list[T] | dict[S, T]
print(L, L.__parameters__, L[int, str], L[int, int], (T | int)[str], (list[T] | int)[int])
attempt(lambda: U[int]); attempt(lambda: L[int])
G = list[int]
print(G, type(G), G.__origin__, G.__args__, G.__parameters__, G == list[int], hash(G) == hash(list[int]), G != list[str], G is not list[int], list[T], dict[str, T][int], list[list[T]][int], tuple[int, ...], tuple[()], list[None], list[type(None)])
print(G([1, 2]), G.__name__, G.append, list[int].__class__, isinstance(G, type), G.__mro_entries__(()), [*G], list[*tuple[int, str]] if False else tuple[*tuple[int, str]], tuple[*tuple[int, ...]].__args__)
attempt(lambda: isinstance([], G)); attempt(lambda: issubclass(list, G)); attempt(lambda: G[int]); attempt(lambda: dict[T, S][int]); attempt(lambda: list[T][int, str]); attempt(lambda: G.nothing); attempt(lambda: int[str])
class Sub(list[int]):
    pass
print(Sub.__mro__, Sub.__orig_bases__, types.get_original_bases(Sub), types.resolve_bases((G, int)), Sub([3]))
class C(Generic[T]):
    def __class_getitem__(cls, item):
        return types.GenericAlias(cls, item)
c = C[int](); print(c.__orig_class__, C[int], C[int, str])
print(copy.copy(G) == G, G.__reduce__()[1], copy.deepcopy(U) == U)




print(list[int] | str, str | list[int], type(list[int] | str), list[int] | None)

ns = types.SimpleNamespace(a=1, b='x'); ns.c = [ns]
print(ns, ns.a, ns.__dict__.keys(), types.SimpleNamespace(a=1) == types.SimpleNamespace(a=1), types.SimpleNamespace() != types.SimpleNamespace(x=1), types.SimpleNamespace({'k': 1}, z=2), types.SimpleNamespace([('k', 1)]))
attempt(lambda: types.SimpleNamespace(1, 2)); attempt(lambda: types.SimpleNamespace({1: 2})); attempt(lambda: hash(ns)); attempt(lambda: ns.zzz); attempt(lambda: types.SimpleNamespace() < types.SimpleNamespace())
del ns.c; print(ns, copy.replace(ns, b=3), copy.copy(ns), ns.__reduce__()[1:])
class NS(types.SimpleNamespace):
    pass
print(NS(q=1), copy.replace(NS(q=1), q=2))
for x in [str.join, 'a'.join, (1).__add__, int.__add__, dict.fromkeys, dict.__dict__['fromkeys'], list.__getitem__, tuple.__getitem__, len, int.__new__, object().__str__, [].append, type.mro, int.real, types.FunctionType.__code__]:
    print(type(x), x.__name__, getattr(x, '__qualname__', None))
print(str.join, dict.__dict__['fromkeys'], list.__len__, int.real)
attempt(lambda: str.join(1)); attempt(lambda: str.join()); attempt(lambda: int.__add__(1)); attempt(lambda: list.append(1, 2))
def f(): pass
print([t.__name__ for t in (types.FunctionType, types.CodeType, types.MethodType, types.NoneType, types.EllipsisType, types.NotImplementedType, types.ModuleType, types.CellType, types.CapsuleType, types.TracebackType, types.FrameType, types.MappingProxyType)])
total = 0
j = ''.join
for i in range(3000):
    total += len(j(['a', 'b'])) + (5).__add__(i) + isinstance(i, int | str) + len(str.upper('abc'))
print(total)
