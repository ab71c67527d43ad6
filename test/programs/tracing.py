"""sys.settrace, sys.setprofile, sys.monitoring: which events come, in which order, in which lines."""
import sys
import warnings

warnings.simplefilter('ignore')

log = []


def tracer(frame, event, arg):
    if event == 'exception':
        arg = arg[0].__name__
    elif event == 'call' or event == 'line':
        assert arg is None
    elif not isinstance(arg, (int, str, tuple, list, type(None))):
        arg = type(arg).__name__
    lasti = [line for start, end, line in frame.f_code.co_lines() if start <= frame.f_lasti < end]
    assert lasti == [frame.f_lineno], (lasti, frame.f_lineno)
    log.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, event, arg))
    return tracer


def show(function, *args):
    log.clear()
    sys.settrace(tracer)
    try:
        function(*args)
    except Exception as error:
        log.append(type(error).__name__)
    sys.settrace(None)
    print(function.__name__)
    for entry in log:
        print('  ', *(entry if isinstance(entry, tuple) else (entry,)))


def straight(a):
    b = a

    c = b + 1
    pass
    """no statement"""
    a
    return c


def branches(n):
    if n > 1:
        if n > 2: pass
        else:
            pass
    elif n:
        x = 1
    else:
        x = 2
    y = 1 if n else 2
    if n and y:
        pass
    assert n >= 0
    if False:
        z = 1


def loops():
    for i in range(3):
        if i == 0:
            continue
        elif i == 2:
            break
        pass
    else:
        never = 1
    while i < 4:
        i += 1
        if i == 3:
            continue
    else:
        i = 0
    while True:
        if i:
            break
        i = 1
    for j in (1, 2): i = j
    return [k * 2 for k in range(2) if k]


def handlers(kind):
    try:
        try:
            if kind == 1:
                raise ValueError
            elif kind == 2:
                1 / 0
            elif kind == 3:
                return 'early'
        except ValueError as error:
            kind = 0
            pass
        else:
            kind = -1
        finally:
            done = True
    except (TypeError,
            KeyError):
        pass
    except ZeroDivisionError:
        raise RuntimeError from None


class Manager:
    def __init__(self, swallow): self.swallow = swallow
    def __enter__(self): return self
    def __exit__(self, *args):
        return self.swallow


def managers(swallow):
    with Manager(swallow) as m:
        x = 1
    with Manager(swallow), \
            Manager(True):
        raise KeyError
    for i in range(2):
        with Manager(False):
            if i:
                break
    return m


def numbers(n):
    for i in range(n):
        got = yield i
    return 'end'


def delegating():
    result = yield from numbers(2)
    yield result


def generators():
    for value in numbers(2):
        pass
    total = 0
    for value in delegating(): total = value
    g = numbers(3)
    next(g)
    g.send(5)
    try:
        g.throw(KeyError)
    except KeyError:
        pass
    return sum(x for x in (1, 2))


class Steps:
    def __iter__(self):
        return self
    def __next__(self):
        raise StopIteration


def iterators():
    for x in Steps():
        pass
    return len(list(Steps()))


async def inner():
    return 1


class Asynchronous:
    def __init__(self):
        self.n = 0
    def __aiter__(self):
        return self
    async def __anext__(self):
        self.n += 1
        if self.n > 1:
            raise StopAsyncIteration
        return self.n


async def outer():
    x = await inner()
    async for y in Asynchronous():
        x += y
    return x


def coroutines():
    try:
        outer().send(None)
    except StopIteration:
        pass


def definitions():
    class A:
        """doc"""
        x = 1
        def m(self):
            return super().__init__()

    def f(a=1, *, b=2):
        nonlocal_ = a
        return lambda: (nonlocal_, b)
    A().m()
    f()()
    return f


def matches(subject):
    match subject:
        case {'k': v}:
            return v
        case [1, *rest] if rest:
            x = rest
        case str():
            pass
        case _:
            x = 0


def recursion(n):
    if n:
        return recursion(n - 1)
    raise LookupError(
        n)


for function, arguments in (
    (straight, (1,)), (branches, (0,)), (branches, (1,)), (branches, (2,)), (branches, (3,)), (loops, ()),
    (handlers, (0,)), (handlers, (1,)), (handlers, (2,)), (handlers, (3,)), (managers, (True,)),
    (managers, (False,)), (generators, ()), (iterators, ()), (coroutines, ()), (definitions, ()),
    (matches, ({'k': 1},)), (matches, ([1, 2],)), (matches, ('s',)), (matches, (0,)), (recursion, (2,)),
):
    show(function, *arguments)


# the return value of a trace function, f_trace, f_trace_lines

def only_calls(frame, event, arg):
    log.append((frame.f_code.co_name, event))


def callee():
    x = 1
    return x


def caller():
    callee()
    return callee()


log.clear()
sys.settrace(only_calls)
caller()
sys.settrace(None)
print(log)


def without_lines(frame, event, arg):
    frame.f_trace_lines = False
    log.append((frame.f_code.co_name, event))
    return without_lines


log.clear()
sys.settrace(without_lines)
caller()
sys.settrace(None)
print(log)


def set_from_inside():
    def local(frame, event, arg):
        log.append((frame.f_lineno - frame.f_code.co_firstlineno, event))
        return local
    sys._getframe().f_trace = local
    sys.settrace(lambda *args: None)
    x = 1
    callee()
    del sys._getframe().f_trace
    x = 2
    sys.settrace(None)


log.clear()
set_from_inside()
print(log, sys.gettrace())


# errors in trace functions

def failing(frame, event, arg):
    if event == wanted:
        raise EOFError(event)
    return failing


def raises():
    try:
        [].pop()
    except IndexError:
        pass
    return 1


for wanted in ('call', 'line', 'exception', 'return'):
    sys.settrace(failing)
    try:
        raises()
    except EOFError as error:
        print('failed at', error, sys.gettrace())
sys.settrace(None)


# jumps

def jumping(frame, event, arg):
    global target
    if frame.f_code is jumper.__code__ and event == 'line' and target:
        if frame.f_lineno - frame.f_code.co_firstlineno == target[0]:
            line = target[1]
            target = None
            try:
                frame.f_lineno = frame.f_code.co_firstlineno + line
            except ValueError as error:
                log.append(str(error))
    return jumping


def jumper():
    log.append(1)
    log.append(2)
    for i in range(2):
        log.append(4)
        try:
            log.append(6)
        finally:
            log.append(8)
    with Manager(True):
        log.append(10)
    log.append(11)


for target in ((2, 11), (4, 2), (11, 1), (2, 4), (2, 10), (6, 11), (8, 4), (1, 200), (1, -3)):
    name = target
    log.clear()
    sys.settrace(jumping)
    jumper()
    sys.settrace(None)
    print(name, log)
try:
    sys._getframe().f_lineno = 1
except ValueError as error:
    print(error)


# profiling

def profiler(frame, event, arg):
    if frame.f_code.co_name in ('profiled', 'helper'):
        log.append((frame.f_code.co_name, event, getattr(arg, '__name__', arg)))


def helper(n):
    return n + 1


def profiled():
    len([])
    [3, 1].sort(key=helper)
    helper(4)
    try:
        ord('')
    except TypeError:
        pass
    ''.join(map(str, ()))


log.clear()
sys.setprofile(profiler)
profiled()
sys.setprofile(None)
for entry in log:
    print(*entry)


# hot code is traced as cold code is

def count(frame, event, arg):
    global events
    events += 1
    return count


def work(n):
    total = 0
    for i in range(n):
        total += i
    return total


def switching(n):
    for i in range(n):
        if i == 5000:
            sys.settrace(count)
        if i == 5010:
            sys.settrace(None)
        work(3)
    return i


events = 0
print(work(20000))
sys.settrace(count)
result = work(1000)
sys.settrace(None)
print(events, result, work(20000))
events = 0
print(switching(9000), events)


# sys.monitoring

monitoring = sys.monitoring
E = monitoring.events
monitoring.use_tool_id(3, 'test')
print(monitoring.get_tool(3), monitoring.get_events(3))


def watcher(name, result=None):
    def watch(code, *args):
        if code.co_name in ('monitored', 'helper', 'numbers'):
            log.append((name, code.co_name) + tuple(a if isinstance(a, str) else type(a).__name__ for a in args[1:]))
        return result
    return watch


def monitored():
    for i in numbers(1):
        helper(i)
    try:
        len(5)
    except TypeError:
        pass
    return 'done'


names = ('PY_START', 'PY_RESUME', 'PY_RETURN', 'PY_YIELD', 'CALL', 'C_RETURN', 'C_RAISE', 'RAISE', 'EXCEPTION_HANDLED',
         'PY_UNWIND', 'STOP_ITERATION')
log.clear()
mask = 0
for name in names:
    monitoring.register_callback(3, getattr(E, name), watcher(name))
    mask |= getattr(E, name)
monitoring.set_events(3, mask)
monitored()
monitoring.set_events(3, 0)
for entry in log:
    print(*entry)
print(sorted(monitoring._all_events()))

lines = []
monitoring.register_callback(3, E.LINE, lambda code, line: lines.append(line - code.co_firstlineno))
monitoring.set_local_events(3, work.__code__, E.LINE)
print(monitoring.get_local_events(3, work.__code__) == E.LINE)
work(2)
print(lines)
lines.clear()


def once(code, line):
    lines.append(line - code.co_firstlineno)
    return monitoring.DISABLE


monitoring.register_callback(3, E.LINE, once)
work(3)
work(3)
print(lines)
monitoring.restart_events()
work(1)
print(lines)
monitoring.set_local_events(3, work.__code__, 0)
for bad in (lambda: monitoring.use_tool_id(3, 'again'), lambda: monitoring.set_events(4, E.LINE),
            lambda: monitoring.set_events(3, E.C_RETURN), lambda: monitoring.register_callback(3, 3, None),
            lambda: monitoring.use_tool_id(9, 'x')):
    try:
        bad()
    except ValueError as error:
        print(error)
monitoring.free_tool_id(3)
print(monitoring.get_tool(3))
