"""pdb driven by a script of commands; dis and code objects as tools walk them."""
import dis
import io
import pdb
import sys
import types


def debug(function, *commands):
    output = io.StringIO()
    debugger = pdb.Pdb(stdin=io.StringIO('\n'.join(commands) + '\n'), stdout=output, nosigint=True, readrc=False)
    debugger.use_rawinput = False
    try:
        debugger.runcall(function)
    except Exception as error:
        output.write(f'raised {error!r}\n')
    for line in output.getvalue().replace(__file__, 'FILE').splitlines():
        if '(Pdb)' in line or line.startswith(('>', '-', ' ')):
            print(line)
    print('=====')


def add(a, b):
    total = a + b
    return total


def generate():
    yield 1
    yield 2


def subject():
    value = 1
    for i in range(3):
        value = add(value, i)
    items = [add(i, i) for i in range(2)]
    for got in generate():
        value += got
    try:
        value / 0
    except ZeroDivisionError:
        value = 0
    return value


debug(subject, 'step', 'step', 'next', 'next', 'step', 'next', 'next', 'return', 'next', 'p value, i', 'c')
debug(subject, 'break add, b == 2', 'continue', 'args', 'up', 'p i', 'down', 'p a', 'continue')
debug(subject, 'break add', 'ignore 1 1', 'continue', 'p b', 'disable 1', 'until', 'continue')
debug(subject, 'next', 'next', 'next', '!value = 50', 'next', 'p value', 'jump 41', 'next', 'p items', 'c')
debug(subject, 'tbreak generate', 'c', 'n', 'n', 'n', 'n', 'p value', 'c')
debug(subject, 'whatis add', 'display value', 'n', 'n', 'n', 'undisplay value', 'pp locals()', 'c')
debug(subject, 'b add', 'commands 1', 'p a', 'end', 'c', 'clear 1', 'interact_off = 1', 'p interact_off', 'q')


def post_mortem():
    def inner(x):
        return 1 / x
    try:
        inner(0)
    except ZeroDivisionError as error:
        output = io.StringIO()
        debugger = pdb.Pdb(stdin=io.StringIO('p x\nup\nw\nq\n'), stdout=output, nosigint=True, readrc=False)
        debugger.reset()
        debugger.interaction(None, error.__traceback__)
        print(output.getvalue().replace(__file__, 'FILE'))


post_mortem()

# what holds of all code, whatever its instructions are


class Everything:
    """Doc."""
    attribute: int = 1

    def method(self, *args, key=None, **rest):
        while args:
            first, *args = args
            try:
                with self as s:
                    yield s[first:key]
            except (KeyError, IndexError) as error:
                raise TypeError from error
            finally:
                del first
        return {k: v for k, v in rest.items() if v}

    async def asynchronous(self):
        async with self as a:
            async for x in a:
                await x
        return lambda: (a, x)


def functions():
    for module in (dis, io, types, sys.modules['inspect'], sys.modules['bdb']):
        for value in list(vars(module).values()):
            if isinstance(value, types.FunctionType):
                yield value
    yield from (Everything.method, Everything.asynchronous, subject)


count = 0
for function in functions():
    code = function.__code__
    instructions = list(dis.get_instructions(function))
    offsets = [one.offset for one in instructions]
    assert offsets == sorted(offsets) and offsets[0] == 0 and offsets[-1] < len(code.co_code)
    assert all(one.opcode == code.co_code[one.offset] and one.opname == dis.opname[one.opcode] for one in instructions)
    assert set(dis.findlabels(code.co_code)) <= set(offsets)
    lines = list(code.co_lines())
    assert lines[0][0] == 0 and lines[-1][1] == len(code.co_code)
    assert all(before[1] == after[0] for before, after in zip(lines, lines[1:]))
    assert len(list(code.co_positions())) == len(code.co_code) // 2
    assert {line for _, line in dis.findlinestarts(code)} == {line for _, _, line in lines}
    again = code.replace(co_name='other')
    assert again != code and again.replace(co_name=code.co_name) == code
    assert hash(again.replace(co_name=code.co_name)) == hash(code)
    text = io.StringIO()
    dis.dis(function, file=text, show_caches=True, adaptive=True, show_offsets=True)
    dis.dis(function, file=text, show_positions=True)
    assert text.getvalue().count('\n') > len(instructions)
    assert dis.code_info(function).startswith('Name:') and dis.Bytecode(function).codeobj is code
    count += 1
print(count > 100)
try:
    subject.__code__.co_consts[0].none
except AttributeError as error:
    text = io.StringIO()
    dis.distb(error.__traceback__, file=text)
    print('-->' in text.getvalue())
for bad in (5, None.__class__.__call__):
    try:
        dis.get_instructions(bad)
    except TypeError as error:
        print(str(error)[:33])
