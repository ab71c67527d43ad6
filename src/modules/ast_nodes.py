# The classes of module `_ast`. AST, from which all nodes derive, is written here; the others are made of the table in
# interpreter/ast-specification.ts, which also directs the conversion between these objects and the parser's tree.
# In Python, because classes and their instances are then what they are for everyone else: they have shapes, can be
# subclassed, copied and pickled, and programs that walk trees are compiled with them. Frames of this file do not appear
# in tracebacks. Compiled at build time (python-sources.ts).


def name_of(cls):
    return cls.__name__


def plural(count):
    return "" if count == 1 else "s"


def is_optional(field_type):
    return isinstance(field_type, optional_type)


def is_list(field_type):
    return isinstance(field_type, list_type)


def deprecated(message):
    from warnings import warn

    warn(message, DeprecationWarning, 3)


class AST:
    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __init__(self, /, *args, **kwargs):
        cls = type(self)
        fields = getattr(cls, "_fields", ())
        count = len(fields)
        if len(args) > count:
            raise TypeError(
                f"{name_of(cls)} constructor takes at most {count} positional argument{plural(count)}"
            )
        missing = list(fields)
        for field, value in zip(fields, args):
            missing.remove(field)
            setattr(self, field, value)
        for key, value in kwargs.items():
            if key in fields:
                if key not in missing:
                    raise TypeError(f"{name_of(cls)} got multiple values for argument {key!r}")
                missing.remove(key)
            elif key not in getattr(cls, "_attributes", ()):
                deprecated(
                    f"{name_of(cls)}.__init__ got an unexpected keyword argument {key!r}. Support for "
                    "arbitrary keyword arguments is deprecated and will be removed in Python 3.15."
                )
            setattr(self, key, value)
        if not missing:
            return
        field_types = getattr(cls, "_field_types", None)
        if field_types is None:
            return
        for field in missing:
            field_type = field_types.get(field)
            if field_type is None:
                deprecated(
                    f"Field {field!r} is missing from {name_of(cls)}._field_types. "
                    "This will become an error in Python 3.15."
                )
            elif is_optional(field_type) or hasattr(cls, field):
                pass  # the class has None for it
            elif is_list(field_type):
                setattr(self, field, [])
            elif field_type is types["expr_context"]:
                setattr(self, field, singletons["Load"])
            else:
                deprecated(
                    f"{name_of(cls)}.__init__ missing 1 required positional argument: {field!r}. "
                    "This will become an error in Python 3.15."
                )

    def __repr__(self):
        return node_text(self, 3)

    def __reduce__(self):
        return type(self), (None,) * len(type(self)._fields), self.__dict__

    def __replace__(self, /, *args, **changes):
        if args:
            raise TypeError("__replace__() takes no positional arguments")
        cls = type(self)
        fields = getattr(cls, "_fields", ())
        attributes = getattr(cls, "_attributes", ())
        known = vars(self)
        for key in changes:
            if key not in fields and key not in attributes and key not in known:
                raise TypeError(f"{name_of(cls)}.__replace__ got an unexpected keyword argument {key!r}.")
        missing = [f for f in fields if f not in changes and f not in known and not hasattr(cls, f)]
        if missing:
            names = ", ".join(map(repr, missing))
            raise TypeError(
                f"{name_of(cls)}.__replace__ missing {len(missing)} keyword argument{plural(len(missing))}: {names}."
            )
        return cls(**{**known, **changes})


AST.__module__ = "ast"

showing = []


def node_text(node, depth):
    name = name_of(type(node))
    if depth <= 0 or any(node is other for other in showing):
        return f"{name}(...)"
    showing.append(node)
    try:
        texts = [f"{field}={value_text(getattr(node, field), depth - 1)}" for field in type(node)._fields]
    finally:
        showing.pop()
    return f"{name}({', '.join(texts)})"


def value_text(value, depth):
    if isinstance(value, AST):
        return node_text(value, depth)
    if not isinstance(value, (list, tuple)):
        return repr(value)
    first, last = ("[", "]") if isinstance(value, list) else ("(", ")")
    texts = [value_text(item, depth) if isinstance(item, AST) else repr(item) for item in value[:1]]
    if len(value) > 2:
        texts.append("...")
    texts += [value_text(item, depth) if isinstance(item, AST) else repr(item) for item in value[1:][-1:]]
    return f"{first}{', '.join(texts)}{last}"


types = {"AST": AST}
# One object of every class without fields: what trees hold.
singletons = {}
optional_type = list_type = ()
builtin_types = {"identifier": str, "string": str, "int": int, "constant": object}


# Makes the classes. Every entry of the table: name, base, whether it is a sum, docstring, fields as (type, mark, name),
# names of the attributes, whether the end_ ones are None by default. A mark is '?' for what may be None, '*' for a list, '?*' for a list that may hold None.
def make_types(table):
    global optional_type, list_type
    try:
        optional_type = type(int | None)
    except TypeError:
        pass
    list_type = type(list[int])
    for name, base, is_sum, doc, fields, attributes, end_optional in table:
        names = tuple([field for _, _, field in fields])
        namespace = {"_fields": names, "__match_args__": names, "__module__": "ast", "__doc__": doc}
        if base == "AST":
            namespace["_attributes"] = attributes
            for attribute in attributes:
                if end_optional and attribute.startswith("end_"):
                    namespace[attribute] = None
        for _, mark, field in fields:
            if mark == "?":
                namespace[field] = None
        types[name] = type(name, (types[base],), namespace)
    for name, base, is_sum, doc, fields, attributes, end_optional in table:
        if is_sum:
            continue
        cls = types[name]
        cls._field_types = cls.__annotations__ = {field: field_type(kind, mark) for kind, mark, field in fields}
        if not fields:
            singletons[name] = cls()
    return types, singletons


def field_type(kind, mark):
    value = builtin_types.get(kind) or types[kind]
    if mark == "?":
        try:
            return value | None
        except TypeError:
            return value
    return list[value] if mark else value
