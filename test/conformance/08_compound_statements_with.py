# The language reference, 8.5: the with statement.


class Manager:
    def __init__(self, name, swallow=False, fail_enter=None, fail_exit=None):
        self.name, self.swallow, self.fail_enter, self.fail_exit = name, swallow, fail_enter, fail_exit

    def __enter__(self):
        print("enter", self.name)
        if self.fail_enter:
            raise self.fail_enter
        return self

    def __exit__(self, t, v, tb):
        print("exit", self.name, t, repr(v), tb is not None)
        if self.fail_exit:
            raise self.fail_exit
        return self.swallow


def show(f, *args):
    try:
        print(f.__name__, "->", repr(f(*args)))
    except BaseException as e:
        print(f.__name__, "raised", type(e).__name__, e, "context", repr(e.__context__))


def plain():
    with Manager("a") as m:
        return m.name


def several():
    with Manager("a") as a, Manager("b") as b, Manager("c"):
        return a.name + b.name


def parenthesized():
    with (
        Manager("a") as a,
        Manager("b", swallow=True),
    ):
        raise ValueError("x")
    return "after"


def parenthesized_tuple():
    with (Manager("t"), Manager("u"))[0]:
        return "one"


def targets():
    class Pair(Manager):
        def __enter__(self):
            return 1, [2, 3]

    d = {}
    with Pair("p") as (x, [y, d["z"]]):
        pass
    with Pair("q") as d["whole"]:
        pass
    return x, y, d


def bad_target():
    with Manager("a", swallow=True) as (x, y):
        print("never")
    return "swallowed"


def enter_fails():
    with Manager("a"), Manager("b", fail_enter=ValueError("e")):
        print("never")


def exit_fails():
    with Manager("a", fail_exit=KeyError("x")):
        raise ValueError("v")


def exit_fails_normally():
    with Manager("a", swallow=True), Manager("b", fail_exit=KeyError("x")):
        pass
    return "swallowed"


def leave():
    for i in range(4):
        with Manager(i):
            if i == 1:
                continue
            if i == 2:
                break
    return i


def return_in_with():
    with Manager("a", swallow=True):
        return "returned"


def truth_of_exit():
    class Odd(Manager):
        def __exit__(self, *args):
            return Truth()

    class Truth:
        def __bool__(self):
            print("asked")
            return True

    with Odd("o"):
        raise ValueError
    return "swallowed"


def truth_fails():
    class Odd(Manager):
        def __exit__(self, *args):
            return Truth()

    class Truth:
        def __bool__(self):
            raise KeyError("truth")

    with Odd("o"):
        raise ValueError("v")


def no_manager():
    with 5:
        pass


def only_enter():
    class Half:
        def __enter__(self):
            pass

    with Half():
        pass


def only_exit():
    class Half:
        def __exit__(self, *args):
            pass

    with Half():
        pass


def on_the_instance():
    m = Manager("i")
    m.__enter__ = lambda: print("never")
    m.__exit__ = lambda *a: print("never")
    with m:
        pass
    return "type's"


def descriptors():
    class D:
        @property
        def __enter__(self):
            print("get enter")
            return lambda: "value"

        @property
        def __exit__(self):
            print("get exit")
            return lambda *a: print("called", a)

    with D() as v:
        return v


def static():
    class S:
        @staticmethod
        def __enter__():
            return "static"

        @classmethod
        def __exit__(cls, *a):
            print(cls.__name__, a)

    with S() as s:
        return s


def raises_again():
    class Again(Manager):
        def __exit__(self, t, v, tb):
            raise v

    with Again("r"):
        raise ValueError("same")


def handled():
    import sys

    class H(Manager):
        def __exit__(self, *a):
            print("handling", repr(sys.exception()))
            return True

    with H("h"):
        print("before", sys.exception())
        raise ValueError("h")
    return sys.exception()


def stop_iteration():
    with Manager("s", swallow=True):
        next(iter([]))
    return "swallowed"


def hot():
    class Quiet:
        n = 0

        def __enter__(self):
            Quiet.n += 1
            return self

        def __exit__(self, t, v, tb):
            return t is ValueError

    q = Quiet()
    for i in range(4000):
        with q:
            if i % 7 == 0:
                raise ValueError
    return Quiet.n


for f in list(globals().values()):
    if callable(f) and not isinstance(f, type) and f is not show:
        show(f)
