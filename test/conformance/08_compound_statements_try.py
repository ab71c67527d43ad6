# The language reference, 8.4: the try statement. Every way in, every way out.


def show(f, *args):
    try:
        print(f.__name__, args, "->", repr(f(*args)))
    except BaseException as e:
        print(f.__name__, args, "raised", type(e).__name__, e, "context", repr(e.__context__))


# 8.4.1 except clause
def matching(e):
    try:
        raise e
    except ValueError:
        return "ValueError"
    except (TypeError, KeyError) as caught:
        return type(caught).__name__
    except ((IndexError, (OSError,)), AttributeError):
        return "nested tuple"
    except:
        return "bare"


for e in (ValueError(), TypeError(), KeyError(), IndexError(), FileNotFoundError(), AttributeError(), KeyboardInterrupt()):
    show(matching, e)


def without_parentheses(e):
    try:
        raise e
    except ValueError, TypeError:
        return "either"
    except OSError, KeyError:
        return "or"


show(without_parentheses, TypeError())
show(without_parentheses, KeyError())
show(without_parentheses, IndexError("i"))


def name_is_unbound():
    e = "before"
    try:
        raise ValueError
    except ValueError as e:
        pass
    return e


show(name_is_unbound)


def name_deleted_inside():
    try:
        raise ValueError
    except ValueError as e:
        del e
    return "fine"


show(name_deleted_inside)


def expression_raises():
    try:
        raise ValueError("first")
    except 1 / 0:
        pass


show(expression_raises)


def no_class():
    try:
        raise ValueError("first")
    except 5:
        pass


show(no_class)


def not_evaluated():
    try:
        raise ValueError
    except ValueError:
        return "first"
    except undefined_name:
        return "second"


show(not_evaluated)


class Meta(type):
    def __instancecheck__(cls, x):
        print("never asked")
        return True

    def __subclasscheck__(cls, x):
        print("never asked")
        return True


class Asked(Exception, metaclass=Meta):
    pass


def subclass_hooks():
    try:
        raise ValueError
    except Asked:
        return "asked"
    except ValueError:
        return "by the mro"


show(subclass_hooks)

# 8.4.3 else clause


def with_else(fail, fail_else=False):
    trace = []
    try:
        trace.append("try")
        if fail:
            raise ValueError
    except ValueError:
        trace.append("except")
    else:
        trace.append("else")
        if fail_else:
            raise ValueError("from else")
    finally:
        trace.append("finally")
        print(trace)
    return trace


show(with_else, True)
show(with_else, False)
show(with_else, False, True)


def else_and_return():
    try:
        return "try"
    except ValueError:
        pass
    else:
        print("never")
    finally:
        print("finally")


show(else_and_return)


# 8.4.4 finally clause
def value_is_kept():
    x = 1
    try:
        return x
    finally:
        x = 2


show(value_is_kept)


def finally_raises():
    try:
        raise ValueError("lost")
    finally:
        raise KeyError("new")


show(finally_raises)


def nested_finally():
    try:
        try:
            try:
                return "a"
            finally:
                print(1)
        finally:
            print(2)
    finally:
        print(3)


show(nested_finally)


def loops():
    out = []
    for i in range(6):
        try:
            if i == 1:
                continue
            if i == 4:
                break
            out.append(i)
        finally:
            out.append(-i)
    else:
        out.append("else")
    return out


show(loops)


def while_else():
    n = 0
    while n < 3:
        try:
            n += 1
            if n == 2:
                continue
        finally:
            n += 0
    else:
        return "else", n


show(while_else)


def finally_in_handler():
    try:
        raise ValueError("a")
    except ValueError as e:
        try:
            raise KeyError("b")
        except KeyError as k:
            return repr(e), repr(k), repr(k.__context__)
        finally:
            print("inner finally", e)


show(finally_in_handler)


def generator():
    try:
        yield 1
        yield 2
    except ValueError as e:
        yield "caught " + str(e)
    else:
        yield "else"
    finally:
        print("generator finally")


print(list(generator()))
g = generator()
next(g)
print(g.throw(ValueError("thrown")), list(g))
g = generator()
next(g)
g.close()

# what is being handled
import sys


def handled():
    print(sys.exception(), sys.exc_info()[0])
    try:
        raise ValueError("v")
    except ValueError:
        print(repr(sys.exception()))
        try:
            raise KeyError("k")
        except KeyError:
            print(repr(sys.exception()))
        print(repr(sys.exception()))
        for i in range(2):
            try:
                raise IndexError(i)
            except IndexError:
                continue
        print(repr(sys.exception()))
        def inner():
            return repr(sys.exception())
        print(inner())
    finally:
        print(sys.exception())


handled()


def handled_in_generator():
    try:
        raise ValueError("own")
    except ValueError:
        yield repr(sys.exception())
        yield repr(sys.exception())
    yield repr(sys.exception())


try:
    raise KeyError("outer")
except KeyError:
    for x in handled_in_generator():
        print(x, repr(sys.exception()))


def bare_raise_after():
    try:
        raise ValueError("v")
    except ValueError:
        pass
    raise


show(bare_raise_after)


def bare_raise_nested():
    try:
        raise ValueError("outer")
    except ValueError:
        try:
            raise KeyError("inner")
        except KeyError:
            pass
        raise


show(bare_raise_nested)


def bare_raise_in_function():
    def again():
        raise

    try:
        raise ValueError("v")
    except ValueError:
        again()


show(bare_raise_in_function)


# chains
def chain():
    try:
        try:
            raise A
        except NameError as e:
            raise ValueError("v") from e
    except ValueError as e:
        return repr(e.__cause__), repr(e.__context__), e.__suppress_context__


show(chain)


def from_none():
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            raise ValueError from None
    except ValueError as e:
        return e.__cause__, repr(e.__context__), e.__suppress_context__


show(from_none)


def context_cycle():
    a = ValueError("a")
    b = KeyError("b")
    try:
        try:
            try:
                raise a
            except ValueError:
                raise b
        except KeyError:
            raise a
    except ValueError as e:
        return e is a, e.__context__ is b, b.__context__


show(context_cycle)


# assert
def asserting(x, message=None):
    if message is None:
        assert x
    else:
        assert x, message
    return "passed"


show(asserting, 1)
show(asserting, 0)
show(asserting, [], "message")
show(asserting, None, ("a", "tuple"))


# hot
def hot(n):
    total = 0
    for i in range(n):
        try:
            if i % 3 == 0:
                raise ValueError(i)
            if i % 5 == 0:
                continue
            total += 1
        except ValueError as e:
            total += e.args[0] % 2
        else:
            total += 10
        finally:
            total += 100
    return total


show(hot, 5000)


def hot_return(n):
    def f(i):
        try:
            return i
        finally:
            seen.append(i)

    seen = []
    return sum(f(i) for i in range(n)), len(seen)


show(hot_return, 3000)
