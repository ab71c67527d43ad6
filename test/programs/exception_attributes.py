# Every built-in exception type: constructors, attributes, str and repr, reduction, assignment rules.
def show(f, *args, **kwargs):
    try:
        r = f(*args, **kwargs)
    except BaseException as e:
        print(type(e).__name__, "/", e)
    else:
        print(repr(r))
        return r


def names(e):
    found = {}
    for n in sorted(dir(type(e))):
        if not n.startswith("__"):
            value = getattr(e, n, "unset")
            if not callable(value) and n != "args":
                found[n] = value
    return found


builtin = [v for k, v in sorted(vars(__import__("builtins")).items()) if isinstance(v, type) and issubclass(v, BaseException)]
for t in builtin:
    if t.__base__ in (OSError, ConnectionError, Warning, ArithmeticError, RuntimeError) or t is BaseExceptionGroup or t is ExceptionGroup:
        continue
    if t.__name__ in ("EnvironmentError", "IOError"):
        continue
    print(t.__name__, [b.__name__ for b in t.__mro__[1:-1]], t.__module__)
    for args in [(), ("a",), ("a", "b"), (9999, "b"), ("a", "b", "c", "d", "e")]:
        try:
            e = t(*args)
        except Exception as x:
            print("  ", type(x).__name__, x)
        else:
            print("  ", repr(e), "/", str(e), "/", e.args, names(e), e.__reduce__())
    for kw in ("name", "obj", "path", "name_from", "code", "other"):
        try:
            e = t("m", **{kw: 5})
        except Exception as x:
            print("  ", kw, type(x).__name__, x)
        else:
            print("  ", kw, e.args, names(e), e.__reduce__(), e.__getstate__() if hasattr(e, "__getstate__") else None)

# BaseException
e = ValueError("x")
for attr, values in {
    "args": [(1, 2), [3], "ab", 5, None],
    "__traceback__": [None, 5, "x"],
    "__cause__": [None, KeyError("k"), KeyError, 5],
    "__context__": [None, KeyError("k"), KeyError, 5],
    "__suppress_context__": [True, False, 1, "x", None],
    "__dict__": [{"a": 1}, 5],
    "__notes__": [["n"], 5],
}.items():
    for v in values:
        try:
            setattr(e, attr, v)
            print(attr, repr(getattr(e, attr)), e.__suppress_context__)
        except Exception as x:
            print(attr, type(x).__name__, x)
    try:
        delattr(e, attr)
        print("deleted", attr)
    except Exception as x:
        print(attr, type(x).__name__, x)
e = ValueError("x")
show(e.add_note, 5)
show(e.add_note, "one")
print(e.__notes__)
e.__notes__ = 7
show(e.add_note, "two")
show(e.with_traceback, 5)
show(lambda: e.with_traceback(None) is e)
show(e.__setstate__, {"extra": 3, "args": (9,)})
print(e.extra, e.args)
show(e.__setstate__, 5)
show(e.__setstate__, None)
print(e.__reduce__()[0], e.__reduce__()[1], sorted(e.__reduce__()[2]))
show(BaseException.__new__)
show(BaseException.__new__, 5)
show(BaseException.__new__, int)
show(ValueError, x=1)
show(BaseException.__init__, 5)


class Own(ValueError):
    def __init__(self, a, b):
        self.a = a


o = Own(1, 2)
print(repr(o), str(o), o.args)
show(Own, 1)
o = Own(1, b=2)
print(o.args)


class WithNew(Exception):
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, "fixed")


print(repr(WithNew(1)), repr(WithNew()))

# StopIteration, SystemExit
for t, a in ((StopIteration, "value"), (SystemExit, "code")):
    for args in ((), (1,), (1, 2), ((3, 4),), (None,)):
        e = t(*args)
        print(t.__name__, repr(getattr(e, a)), e.args)
    setattr(e, a, 9)
    print(getattr(e, a))
    try:
        delattr(e, a)
        print(repr(getattr(e, a)))
    except Exception as x:
        print(type(x).__name__, x)

# KeyError's str
for args in ((), ("k",), ("",), (1, 2), (KeyError("in"),)):
    print(str(KeyError(*args)))

# AttributeError, NameError
e = AttributeError("m", name="n", obj=[1])
print(e.name, e.obj, e.args)
show(AttributeError, "m", name="n", other=2)
show(NameError, "m", obj=2)
e.name = 5
del e.obj
print(e.name, e.obj)
try:
    [].nope
except AttributeError as x:
    print(x.name, x.obj, x.args)
try:
    nope
except NameError as x:
    print(x.name, x.args)
try:
    int.nope
except AttributeError as x:
    print(x.name, x.obj)


def unbound():
    local
    local = 1


try:
    unbound()
except UnboundLocalError as x:
    print(x.args, x.name)

# ImportError
e = ImportError("msg", name="n", path="p", name_from="f")
print(e.msg, e.name, e.path, e.name_from, str(e), e.args, repr(e))
print(e.__reduce__())
show(ImportError, "a", other=1)
e = ImportError("a", "b")
print(e.msg, str(e))
e.msg = 5
print(str(e))
print(repr(ImportError("m", name="n")), repr(ModuleNotFoundError("m", name="n", path="q")))

# OSError
for args in (("x", "y"), (9999, None), (9998, "n", None), (9999, "z"), (9999, "z", "f"), (9999, "z", "f", None, "g")):
    e = OSError(*args)
    print(type(e).__name__, e.errno, e.strerror, e.filename, e.filename2, e.args, str(e), e.__reduce__())
show(OSError, 1, 2, 3, 4, 5, 6)
show(OSError, errno=2)
show(FileNotFoundError, 13, "perm")
e = BlockingIOError(9999, "w", 3)
print(e.characters_written, e.args)
e = BlockingIOError(9999, "w")
show(lambda: e.characters_written)
e.characters_written = 5
print(e.characters_written)
del e.characters_written
show(lambda: e.characters_written)
e = OSError(2, "n")
e.errno = 5
e.strerror = "changed"
e.filename = b"fn"
print(str(e), e.args)


class MyOS(OSError):
    def __init__(self, *args):
        super().__init__(9999, "fixed", "file")


e = MyOS("x")
print(e.errno, e.filename, e.args, str(e), type(e).__name__)

# SyntaxError
for args in (
    (),
    ("m",),
    ("m", ("f", 1, 2, "text")),
    ("m", ("f", 1, 2, "text", 3, 4)),
    ("m", ("f", 1, 2, "text", 3, 4, (5,))),
    ("m", ("/a/b/f.py", 10, 2, "text")),
    ("m", (None, 10, 2, "text")),
    ("m", ("f", None, 2, "text")),
    ("m", ("f", "x", 2, "text")),
    (5, ("f", 1, 2, "text")),
):
    e = SyntaxError(*args)
    print(e.args, str(e), names(e))
show(SyntaxError, "m", ())
show(SyntaxError, "m", ("f", 1, 2))
show(SyntaxError, "m", ("f", 1, 2, "t", 3))
show(SyntaxError, "m", ("f", 1, 2, "t", 3, 4, 5, 6))
show(SyntaxError, "m", 5)
show(SyntaxError, "m", ["f", 1, 2, "t"])
e = SyntaxError("m")
e.filename = "q/z.py"
e.lineno = 7
print(str(e))
e.msg = None
print(str(e))

# Unicode errors
show(UnicodeDecodeError)
show(UnicodeDecodeError, 1, b"", 0, 0, "r")
show(UnicodeDecodeError, "u", "s", 0, 0, "r")
show(UnicodeDecodeError, "u", b"", "x", 0, "r")
show(UnicodeDecodeError, "u", b"", 0, 1.5, "r")
show(UnicodeDecodeError, "u", b"", 0, 0, 5)
show(UnicodeEncodeError, "u", b"", 0, 0, "r")
show(UnicodeTranslateError, "u", 0, 0)
for s, t in ((0, 1), (0, 2), (1, 2), (5, 9), (-3, 1), (2, 1), (3, 4)):
    for e in (
        UnicodeDecodeError("utf", b"a\xffz", s, t, "why"),
        UnicodeEncodeError("utf", "a\u1234\U00012345", s, t, "why"),
        UnicodeTranslateError("\xe9bc", s, t, "why"),
    ):
        print(e, e.start, e.end)
e = UnicodeDecodeError("u", bytearray(b"abc"), 0, 1, "r")
print(e.object, e.encoding, e.reason)
e.start = 2
e.end = 3
e.reason = "new"
e.encoding = "enc"
e.object = b"xyz"
print(e)
for attr, bad in (("start", "x"), ("end", None), ("reason", 5), ("encoding", 5), ("object", 5)):
    try:
        setattr(e, attr, bad)
        print(attr, getattr(e, attr))
    except Exception as x:
        print(attr, type(x).__name__, x)

# raise forms
for c in (ValueError, ValueError("i"), 5, "s", None, int):
    try:
        raise c
    except BaseException as x:
        print(type(x).__name__, x)
for c in (None, KeyError, KeyError("k"), 5, int):
    try:
        raise ValueError("v") from c
    except BaseException as x:
        print(type(x).__name__, x, repr(x.__cause__), x.__suppress_context__)


class NotException(BaseException):
    def __new__(cls):
        return 5


try:
    raise NotException
except TypeError as x:
    print(x)
try:
    raise
except RuntimeError as x:
    print(x)
try:
    try:
        raise KeyError("a")
    except KeyError as a:
        try:
            raise ValueError("b")
        except ValueError as b:
            raise a
except KeyError as x:
    print(repr(x), repr(x.__context__), repr(x.__context__.__context__))

# Initialized again: what is given anew, and what goes.
e = SyntaxError("msg", ("file.py", 1, 2, "txt", 2, 3))
e.__init__("new_msg", ("new_file.py", 2, 3, "new_txt"))
print(e.end_lineno, e.end_offset, e.filename)
e.__init__("x")
print(e.msg, e.filename, e.lineno, e.args)
e = OSError(1,'a','b'); e.__init__(2,'c'); print(e.filename, e.errno, e.args)
e = ImportError('a', name='b'); e.__init__('c'); print(e.name, e.msg)
e = StopIteration(1); e.__init__(2); print(e.value); e.__init__(); print(e.value)
e = SystemExit(1); e.__init__(2); print(e.code); e.__init__(); print(e.code)
e = UnicodeDecodeError('utf8', b'a', 0, 1, 'r'); e.__init__('a', b'b', 1, 2, 'q'); print(e)
e = AttributeError('a', name='x', obj=1); e.__init__('b'); print(e.name, e.obj)
e = NameError('a', name='x'); e.__init__('b'); print(e.name)
e = KeyError(1); e.__init__(2); print(e.args)
e = Exception(1); e.__init__(); print(e.args)
