# match: literals, guards, sequences, mappings, classes, captures.
def describe(value):
    match value:
        case 0:
            return 'zero'
        case int() | float() if value < 0:
            return 'negative'
        case [x, y]:
            return f'pair {x} {y}'
        case [first, *rest]:
            return f'starts {first} then {len(rest)}'
        case {'kind': kind, **others}:
            return f'kind {kind} {others}'
        case str(text):
            return 'text ' + text
        case None:
            return 'none'
        case _:
            return 'other'

print([describe(v) for v in (0, -3, (1, 2), [1, 2, 3], {'kind': 'k', 'n': 1}, 'hi', None, 5, [])])


# What several bases are to patterns: the first that says something decides.
import array
import collections
import collections.abc


def kind_of(value):
    match value:
        case [*_]:
            return 'sequence'
        case {}:
            return 'mapping'
    return 'neither'


class Both(collections.UserDict, list):
    pass


class Other(list, collections.abc.Mapping):
    __getitem__ = __iter__ = __len__ = lambda self: 0


print(kind_of(Both()), kind_of(array.array('b', b'abc')), kind_of(collections.deque()), kind_of(memoryview(b'a')))
print(kind_of(collections.OrderedDict()), kind_of(range(2)), kind_of('ab'), kind_of(b'ab'), kind_of({1}))
