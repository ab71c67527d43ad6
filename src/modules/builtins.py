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


# The rest of these are what calls of the builtin functions and classes become (interpreter/python-forms.ts).


def list_of(iterable):
    return [item for item in iterable]


def tuple_of(iterable):
    return (*[item for item in iterable],)


def set_of(iterable):
    return {item for item in iterable}


def join(separator, iterable):
    return separator.join([item for item in iterable])


def sorted_by(iterable, *, key, reverse=False):
    items = [item for item in iterable]
    sort_by_keys(items, [key(item) for item in items], reverse)
    return items


def max_of(iterable, iter=iter, ValueError=ValueError):
    iterator = iter(iterable)
    for best in iterator:
        break
    else:
        raise ValueError("max() iterable argument is empty")
    for item in iterator:
        if item > best:
            best = item
    return best


def min_of(iterable, iter=iter, ValueError=ValueError):
    iterator = iter(iterable)
    for best in iterator:
        break
    else:
        raise ValueError("min() iterable argument is empty")
    for item in iterator:
        if item < best:
            best = item
    return best


def max_by(iterable, *, key, iter=iter, ValueError=ValueError):
    iterator = iter(iterable)
    for best in iterator:
        best_key = key(best)
        break
    else:
        raise ValueError("max() iterable argument is empty")
    for item in iterator:
        item_key = key(item)
        if item_key > best_key:
            best = item
            best_key = item_key
    return best


def min_by(iterable, *, key, iter=iter, ValueError=ValueError):
    iterator = iter(iterable)
    for best in iterator:
        best_key = key(best)
        break
    else:
        raise ValueError("min() iterable argument is empty")
    for item in iterator:
        item_key = key(item)
        if item_key < best_key:
            best = item
            best_key = item_key
    return best


# In float mode the sum is compensated (Neumaier's algorithm): `low` collects what rounding drops. A float total is
# told by `total.__class__ is float`, so subclasses take the plain way, as in CPython.
def sum_items(iterator, total=0, float=float, int=int, complex=complex):
    for item in iterator:
        total = total + item
        if total.__class__ is float or total.__class__ is complex:
            break
    else:
        return total
    if total.__class__ is complex:
        return sum_complex(iterator, total, float, int, complex)
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
    if total.__class__ is complex:
        return sum_complex(iterator, total, float, int, complex)
    for item in iterator:
        total = total + item
    return total


def sum_complex(iterator, total, float, int, complex):
    real = total.real
    imag = total.imag
    low = 0.0
    low_imag = 0.0
    for item in iterator:
        if item.__class__ is complex:
            addend = item.real
            other = item.imag
            following = imag + other
            if (imag if imag >= 0.0 else -imag) >= (other if other >= 0 else -other):
                low_imag += imag - following + other
            else:
                low_imag += other - following + imag
            imag = following
        elif item.__class__ is float or item.__class__ is int:
            addend = item
        else:
            total = complex(real + (low if low - low == 0.0 else 0.0), imag + (low_imag if low_imag - low_imag == 0.0 else 0.0))
            total = total + item
            break
        following = real + addend
        if (real if real >= 0.0 else -real) >= (addend if addend >= 0 else -addend):
            low += real - following + addend
        else:
            low += addend - following + real
        real = following
    else:
        return complex(real + (low if low - low == 0.0 else 0.0), imag + (low_imag if low_imag - low_imag == 0.0 else 0.0))
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


def reduce(function, iterator, value):
    for item in iterator:
        value = function(value, item)
    return value


# Generic aliases and unions (objects/generic-aliases.ts, unions.ts): what is done rarely.


# The type parameters among the arguments, each once.
def collect_parameters(args):
    found = []
    for arg in args:
        if isinstance(arg, type):
            continue
        if isinstance(arg, (list, tuple)):
            nested = collect_parameters(arg)
        elif hasattr(arg, "__typing_subst__"):
            nested = (arg,)
        else:
            nested = getattr(arg, "__parameters__", ())
            if not isinstance(nested, tuple):
                nested = ()
        for parameter in nested:
            if parameter not in found:
                found.append(parameter)
    return tuple(found)


# The arguments that alias[item] has.
def substitute_parameters(alias, args, parameters, item):
    if not parameters:
        raise TypeError(f"{alias!r} is not a generic class")
    items = unpacked(item)
    for parameter in parameters:
        prepare = getattr(parameter, "__typing_prepare_subst__", None)
        if prepare is not None:
            items = prepare(alias, items)
            if not isinstance(items, tuple):
                items = (items,)
    if len(items) != len(parameters):
        few = "many" if len(items) > len(parameters) else "few"
        raise TypeError(f"Too {few} arguments for {alias!r}; actual {len(items)}, expected {len(parameters)}")
    return tuple(substituted(args, parameters, items))


# What is given in brackets, with `*tuple[int, str]` as its items.
def unpacked(item):
    items = []
    for part in item if type(item) is tuple else (item,):
        inner = None if isinstance(part, type) else getattr(part, "__typing_unpacked_tuple_args__", None)
        if isinstance(inner, tuple) and not (inner and inner[-1] is ...):
            items.extend(inner)
        else:
            items.append(part)
    return tuple(items)


def substituted(args, parameters, items):
    made = []
    for arg in args:
        if isinstance(arg, type):
            made.append(arg)
            continue
        if isinstance(arg, (list, tuple)):
            inner = substituted(arg, parameters, items)
            made.append(inner if isinstance(arg, list) else tuple(inner))
            continue
        substitute = getattr(arg, "__typing_subst__", None)
        if substitute is not None:
            value = substitute(items[parameters.index(arg)])
        else:
            value = substituted_alias(arg, parameters, items)
        if getattr(arg, "__typing_is_unpacked_typevartuple__", False):
            if not isinstance(value, tuple):
                raise TypeError(f"expected __typing_subst__ of {type(arg).__name__} objects to return a tuple, not {type(value).__name__}")
            made.extend(value)
        else:
            made.append(value)
    return made


def substituted_alias(arg, parameters, items):
    inner = getattr(arg, "__parameters__", None)
    if not isinstance(inner, tuple) or not inner:
        return arg
    values = []
    for parameter in inner:
        if parameter not in parameters:
            values.append(parameter)
            continue
        value = items[parameters.index(parameter)]
        if isinstance(value, tuple) and hasattr(type(parameter), "__iter__"):
            values.extend(value)
        else:
            values.append(value)
    return arg[tuple(values)]


def alias_text(origin, args, starred):
    texts = [type_text(arg) for arg in args]
    return f"{'*' if starred else ''}{type_text(origin)}[{', '.join(texts) if texts else '()'}]"


def union_text(args):
    return " | ".join([type_text(arg) for arg in args])


def type_text(value):
    if value is ...:
        return "..."
    if value is type(None):
        return "None"
    if isinstance(value, list):
        return f"[{', '.join([type_text(item) for item in value])}]"
    if hasattr(value, "__origin__") and hasattr(value, "__args__"):
        return repr(value)
    module = getattr(value, "__module__", None)
    if not hasattr(value, "__qualname__") or module is None:
        return repr(value)
    return value.__qualname__ if module == "builtins" else f"{module}.{value.__qualname__}"


def unite(args):
    union = args[0]
    for arg in args[1:]:
        union = union | arg
    return union


def checked_types(args):
    from typing import _type_check

    return tuple([_type_check(arg, "Union[arg, ...]: each arg must be a type.") for arg in args])
