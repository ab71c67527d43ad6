# The factory of a defaultdict lives as long as the dict, in subclasses with and without slots too.
from collections import defaultdict
import gc


class Plain(defaultdict):
    pass


class Slotted(defaultdict):
    __slots__ = ('a', 'b')


def made(cls):
    dicts = []
    for i in range(50):
        class Factory:
            def __init__(self, n=i):
                self.items = [n] * 10
        d = cls(Factory)
        if cls is Slotted:
            d.a = [i]
            d.b = 'b' * i
        dicts.append(d)
    return dicts


everything = [made(cls) for cls in (defaultdict, Plain, Slotted)]
for k in range(8):
    gc.collect()
    junk = [[i] * 20 for i in range(2000)]
    for dicts in everything:
        for n, d in enumerate(dicts):
            assert d[k].items == [n] * 10, (k, n)
print(len(everything[0][0]), everything[2][7].a, everything[2][7].b, everything[1][3].default_factory.__name__)
