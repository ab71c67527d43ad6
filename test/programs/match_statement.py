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

