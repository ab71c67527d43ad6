"""typing over native types: unions with what is no type, bases that are none, __bases__ of another layout."""
import typing
from typing import *
T=TypeVar('T')
try: print(Union[int,str] | "float")
except TypeError as e: print(e)
try: print(int | "float")
except TypeError as e: print(e)
try: print("float" | Union[int,str])
except TypeError as e: print(e)
print((int|str).__module__, (int|None).__name__, (int|None).__qualname__, (int|None).__origin__)
try: iter(int|str)
except TypeError as e: print(e)
try: list(Union[str,T])
except TypeError as e: print(e)
print(NoDefault.__doc__)
class Y(Generic[T], NamedTuple):
    x:T
print(Y(3))
for n in ['TypeVar','ParamSpecArgs','ParamSpecKwargs','TypeVarTuple','ParamSpec']:
    try:
        class S(getattr(typing,n)): pass
        print('??')
    except TypeError as e: print(e)
P=ParamSpec('P')
for o in [T,TypeVarTuple('Ts'),P,P.args,P.kwargs]:
    try:
        class S(o): pass
        print('??')
    except TypeError as e: print(e)
class X:
    def __mro_entries__(self, b): return (object(),)
for a in [X(), object(), 1]:
    try:
        class S(List[int], a): pass
        print('??')
    except TypeError as e: print(e)
    try:
        class S(a, List[int]): pass
        print('??')
    except TypeError as e: print(e)
for x in [5, [], "a", (1,), ..., None, list[int]]:
    for f in [lambda: Union[int,str] | x, lambda: x | Union[int,str], lambda: int|x, lambda:list[int]|x]:
        try: print(f())
        except Exception as e: print(type(e).__name__, e)
