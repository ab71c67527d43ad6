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


def reduce(function, iterator, value):
    for item in iterator:
        value = function(value, item)
    return value


# What list[int] gives. The class is made with the rest of this file, when first needed.
class GenericAlias:
    __module__ = "types"

    def __init__(self, origin, args, /):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)

    @property
    def __parameters__(self):
        found = []
        for arg in self.__args__:
            if hasattr(arg, "__typing_subst__"):
                nested = (arg,)
            else:
                nested = getattr(arg, "__parameters__", ()) if not isinstance(arg, type) else ()
            found.extend(p for p in nested if p not in found)
        return tuple(found)

    def __repr__(self):
        texts = [type_text(arg) for arg in self.__args__]
        return f"{type_text(self.__origin__)}[{', '.join(texts) if texts else '()'}]"

    def __getitem__(self, args, /):
        parameters = self.__parameters__
        if not parameters:
            raise TypeError(f"{self!r} is not a generic class")
        given = args if isinstance(args, tuple) else (args,)
        if len(given) != len(parameters):
            few = "few" if len(given) < len(parameters) else "many"
            raise TypeError(f"Too {few} arguments for {self!r}; actual {len(given)}, expected {len(parameters)}")
        values = dict(zip(parameters, given))
        return GenericAlias(self.__origin__, tuple(substitute(arg, values) for arg in self.__args__))

    def __call__(self, /, *args, **kwargs):
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return made

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(f"'types.GenericAlias' object has no attribute '{name}'")
        return getattr(self.__origin__, name)

    def __mro_entries__(self, bases, /):
        return (self.__origin__,)

    def __instancecheck__(self, instance, /):
        raise TypeError("isinstance() argument 2 cannot be a parameterized generic")

    def __subclasscheck__(self, cls, /):
        raise TypeError("issubclass() argument 2 cannot be a parameterized generic")

    def __eq__(self, other, /):
        if not isinstance(other, GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash(self.__origin__) ^ hash(self.__args__)


def type_text(value):
    if value is ...:
        return "..."
    if isinstance(value, GenericAlias) or not hasattr(value, "__qualname__"):
        return repr(value)
    module = value.__module__
    return value.__qualname__ if module is None or module == "builtins" else f"{module}.{value.__qualname__}"


def substitute(arg, values):
    try:
        if arg in values:
            return values[arg]
    except TypeError:
        return arg
    nested = getattr(arg, "__parameters__", ()) if not isinstance(arg, type) else ()
    return arg[tuple(values[p] for p in nested)] if nested else arg
