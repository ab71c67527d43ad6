# Exception groups and except*.
def show(f, *args):
    try:
        print(repr(f(*args)))
    except BaseException as e:
        print(type(e).__name__, "/", e)


eg = ExceptionGroup("msg", [ValueError(1), TypeError("t"), ExceptionGroup("in", (KeyError("k"), ValueError(2)))])
print(repr(eg), "/", eg, "/", eg.message, eg.exceptions, eg.args)
print(ExceptionGroup.__mro__, BaseExceptionGroup.__bases__, ExceptionGroup.__bases__, ExceptionGroup.__module__)
print(type(BaseExceptionGroup("m", [ValueError()])).__name__, type(BaseExceptionGroup("m", [KeyboardInterrupt()])).__name__)
show(ExceptionGroup)
show(ExceptionGroup, "a")
show(ExceptionGroup, "a", [ValueError()], 3)
show(ExceptionGroup, 1, [ValueError()])
show(ExceptionGroup, "a", [])
show(ExceptionGroup, "a", 5)
show(ExceptionGroup, "a", {ValueError()})
show(ExceptionGroup, "a", [ValueError(), 5])
show(ExceptionGroup, "a", [ValueError])
show(ExceptionGroup, "a", [KeyboardInterrupt()])
show(lambda: ExceptionGroup("a", [ValueError()], x=1))


class MyGroup(ExceptionGroup):
    def __new__(cls, message, excs, code=0):
        self = super().__new__(cls, message, excs)
        self.code = code
        return self

    def __init__(self, *args):
        pass

    def derive(self, excs):
        return MyGroup(self.message, excs, self.code)


class BadGroup(ExceptionGroup):
    def derive(self, excs):
        return 5


class MyBase(BaseExceptionGroup):
    pass


show(MyGroup, "a", [SystemExit()])
show(MyBase, "a", [SystemExit()])
for name in ("message", "exceptions"):
    try:
        setattr(eg, name, 1)
    except AttributeError as e:
        print(type(e).__name__)


def tree(e):
    if e is None:
        return None
    if isinstance(e, BaseExceptionGroup):
        return (type(e).__name__, e.message, [tree(x) for x in e.exceptions])
    return repr(e)


for matcher in (ValueError, (TypeError, KeyError), ExceptionGroup, OSError, lambda e: "1" in str(e.args), Exception):
    match, rest = eg.split(matcher)
    print(tree(match), tree(rest), tree(eg.subgroup(matcher)), match is eg)
for bad in (5, int, (ValueError, 5), [ValueError], "x", None):
    show(eg.split, bad)
    show(eg.subgroup, bad)
show(eg.derive, [ValueError()])
show(BadGroup("b", [ValueError(), KeyError()]).split, ValueError)
g = MyGroup("mine", [ValueError(), KeyError()], 42)
g.add_note("a note")
try:
    raise g from OSError("cause")
except MyGroup as caught:
    m, r = caught.split(ValueError)
    print(tree(m), m.code, m.__notes__, m.__notes__ is g.__notes__, repr(m.__cause__), m.__traceback__ is g.__traceback__, m.__context__)
print(ExceptionGroup[int])


# except*
def run(make, *clauses):
    print("--")
    try:
        try:
            raise make()
        except* ValueError as e:
            print("V", tree(e))
            if "v" in clauses:
                raise
            if "vn" in clauses:
                raise NameError("new")
        except* (TypeError, KeyError) as e:
            print("TK", tree(e))
            if "t" in clauses:
                raise e
            if "tn" in clauses:
                raise IndexError("from") from e
        else:
            print("else")
        finally:
            print("finally")
    except BaseException as e:
        print("out", tree(e), tree(e.__context__), tree(e.__cause__), e.__suppress_context__)
    else:
        print("none")


def group():
    return ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [KeyError(3), ValueError(4), OSError(5)])])


def matched():
    return ExceptionGroup("g", [ValueError(1), ExceptionGroup("h", [ValueError(4)])])


run(group)
run(group, "v")
run(group, "vn")
run(group, "t")
run(group, "tn")
run(group, "v", "t")
run(group, "vn", "tn")
run(group, "v", "tn")
run(matched)
run(matched, "v")
run(matched, "vn")
run(lambda: ValueError("naked"))
run(lambda: ValueError("naked"), "v")
run(lambda: ValueError("naked"), "vn")
run(lambda: OSError("naked"))
run(lambda: KeyboardInterrupt())
run(lambda: BaseExceptionGroup("b", [KeyboardInterrupt(), ValueError()]))


def plain():
    try:
        pass
    except* ValueError:
        print("no")
    else:
        print("else")


plain()


def wrong(t):
    try:
        raise ValueError("x")
    except* t:
        print("caught")


for t in (5, ExceptionGroup, (ValueError, ExceptionGroup), (ValueError, 5), (), BaseExceptionGroup):
    show(wrong, t)


def name_unbound():
    try:
        raise ExceptionGroup("g", [ValueError()])
    except* ValueError as e:
        pass
    try:
        e
    except UnboundLocalError as u:
        print(u)


name_unbound()


def nested():
    try:
        try:
            raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
        except* ValueError as e:
            try:
                raise ExceptionGroup("i", [OSError(), IndexError()])
            except* OSError:
                print("inner")
    except* (KeyError, IndexError) as e:
        print(tree(e))


nested()


def loop():
    n = 0
    for i in range(3000):
        try:
            raise ExceptionGroup("l", [ValueError(i), KeyError(i)])
        except* ValueError as e:
            n += e.exceptions[0].args[0]
        except* KeyError:
            n -= 1
    print(n)


loop()


class Split(ExceptionGroup):
    def split(self, t):
        return self.answer


for answer in (5, (1,), (None, None), (None, ValueError("rest"))):
    s = Split("s", [ValueError()])
    s.answer = answer
    try:
        try:
            raise s
        except* TypeError:
            print("no")
    except BaseException as e:
        print(type(e).__name__, e)
    else:
        print("nothing left")

try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise
except ZeroDivisionError as e:
    tb, n = e.__traceback__, 0
    while tb:
        n += 1
        tb = tb.tb_next
    print("entries", n)
