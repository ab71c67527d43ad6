# list[int] and the like at run time.
Vector = list[float]
print(Vector, dict[str, int], tuple[int, ...], set[tuple[int, str]], list[None], frozenset[list[int]], tuple[()])
print(Vector.__origin__, Vector.__args__, dict[str, int].__args__, Vector == list[float], Vector != list[int])
print(Vector([1, 2]), dict[str, int](a=1), hash(list[int]) == hash(list[int]), {list[int]: 1}[list[int]])
print(type(Vector).__name__, list[int].append is not None, list[int].fromkeys if hasattr(list[int], "fromkeys") else "no")


class Stack(list[int]):
    pass


print(Stack.__mro__[1], Stack([1, 2]), Stack.__bases__)
for test in (lambda: isinstance([], list[int]), lambda: list[int][str], lambda: range[int], lambda: int[str]):
    try:
        print(test())
    except TypeError as error:
        print("TypeError", error)


def f(x: list[int], y: dict[str, list[int]] = {}) -> tuple[int, ...]:
    return (len(x), len(y))


print(f([1]), f.__annotations__)
it = iter({1: 2, 3: 4})
next(it)
print(it.__length_hint__(), iter({1, 2, 3}).__length_hint__(), iter([1, 2]).__length_hint__())

import weakref
print(weakref.ref[int], memoryview[int])
