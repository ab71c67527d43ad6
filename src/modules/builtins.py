# Loops of builtin functions that call back into Python for every item. They are written in Python so that the JIT can
# trace through them, generators and key functions inlined; the natives of the same purpose (iteration-builtins.ts,
# list-extend.ts, list-sort.ts) call them when the items come from Python code, and keep the built-in containers to
# themselves. Frames of this file do not appear in tracebacks. Compiled at build time (python-builtins.ts).


def extend(items, iterator):
    for item in iterator:
        items.append(item)


def update(elements, iterator):
    for item in iterator:
        elements.add(item)


def keys_of(items, key):
    return [key(item) for item in items]


def any_true(iterator):
    for item in iterator:
        if item:
            return True
    return False


def all_true(iterator):
    for item in iterator:
        if not item:
            return False
    return True


# In float mode the sum is compensated (Neumaier's algorithm): `low` collects what rounding drops. A float total is
# told by `total.__class__ is float`, so subclasses take the plain way, as in CPython.
def sum_items(iterator, total, float, int):
    for item in iterator:
        total = total + item
        if total.__class__ is float:
            break
    else:
        return total
    low = 0.0
    for item in iterator:
        if item.__class__ is float or item.__class__ is int:
            following = total + item
            if (total if total >= 0.0 else -total) >= (item if item >= 0 else -item):
                low += total - following + item
            else:
                low += item - following + total
            total = following
        else:
            if low and low - low == 0.0:
                total += low
            total = total + item
            break
    else:
        if low and low - low == 0.0:
            return total + low
        return total
    for item in iterator:
        total = total + item
    return total


# The extreme item in a tuple of one, or None if there is none.
def greatest(iterator):
    for best in iterator:
        break
    else:
        return None
    for item in iterator:
        if item > best:
            best = item
    return (best,)


def least(iterator):
    for best in iterator:
        break
    else:
        return None
    for item in iterator:
        if item < best:
            best = item
    return (best,)


def greatest_by(iterator, key):
    for best in iterator:
        best_key = key(best)
        break
    else:
        return None
    for item in iterator:
        item_key = key(item)
        if item_key > best_key:
            best = item
            best_key = item_key
    return (best,)


def least_by(iterator, key):
    for best in iterator:
        best_key = key(best)
        break
    else:
        return None
    for item in iterator:
        item_key = key(item)
        if item_key < best_key:
            best = item
            best_key = item_key
    return (best,)
