"""Disassembler of copyjit's register code."""
# What CPython's module of this name offers, for instructions of another kind: each is a run of words of four bytes, the
# first its number, then operands (registers, constants, names, targets, numbers), then words of inline cache.
# compiler/instructions.ts has them all. In listings `a <- b, c` writes register a; a register that belongs to no
# variable is t0, t1, ...

import collections
import io
import sys
import types

import _opcode
from opcode import *
from opcode import __all__ as _opcodes_all, _inline_cache_entries, _specializations

__all__ = ["code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code",
           "get_instructions", "Instruction", "Bytecode"] + _opcodes_all
del _opcodes_all

_have_code = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED",
    2: "NEWLOCALS",
    4: "VARARGS",
    8: "VARKEYWORDS",
    16: "NESTED",
    32: "GENERATOR",
    64: "NOFREE",
    128: "COROUTINE",
    256: "ITERABLE_COROUTINE",
    512: "ASYNC_GENERATOR",
    0x4000000: "HAS_DOCSTRING",
    0x8000000: "METHOD",
}

_WORD = 4
_CONSTANT = -1


def _compiled(source, name):
    """Code of source text: of an expression if it is one."""
    try:
        return compile(source, name, 'eval')
    except SyntaxError:
        return compile(source, name, 'exec')


def _code_of(x):
    """The code object of whatever has one; source text is compiled."""
    while isinstance(x, (classmethod, staticmethod)) or hasattr(x, '__func__'):
        x = x.__func__
    for attribute in ('__code__', 'gi_code', 'ag_code', 'cr_code'):
        if hasattr(x, attribute):
            x = getattr(x, attribute)
            break
    if isinstance(x, str):
        x = _compiled(x, "<disassembly>")
    if hasattr(x, 'co_code'):
        return x
    raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


_get_code_object = _code_of


# what is in code ------------------------------------------------------------------------------------------------------

Positions = collections.namedtuple('Positions', ['lineno', 'end_lineno', 'col_offset', 'end_col_offset'],
                                   defaults=[None] * 4)
Positions.__doc__ = "Where the source of an instruction stands; None for what is not known."

_Instruction = collections.namedtuple(
    "_Instruction",
    ["opname", "opcode", "arg", "argval", "argrepr", "offset", "start_offset", "starts_line", "line_number", "label",
     "positions", "cache_info"],
    defaults=[None, None])


class Instruction(_Instruction):
    """One instruction: `argval` is the name, target or value that it is about (a tuple if there are several operands),
    `argrepr` the text of all operands."""

    @property
    def oparg(self):
        return self.arg

    @property
    def baseopcode(self):
        return _opcode._general(self.opcode)

    @property
    def baseopname(self):
        return opname[self.baseopcode]

    @property
    def cache_offset(self):
        operands = _opcode._operands(self.opcode)
        return self.offset + _WORD * (1 + len(operands.rstrip("x")))

    @property
    def end_offset(self):
        return self.offset + _WORD * (1 + len(_opcode._operands(self.opcode)))

    @property
    def jump_target(self):
        return self.argval if _opcode.has_jump(self.opcode) else None

    @property
    def is_jump_target(self):
        return self.label is not None

    def __str__(self):
        output = io.StringIO()
        _Formatter(output).instruction(self, False)
        return output.getvalue().rstrip("\n")


def _words(data):
    return memoryview(data).cast('i')


def _instructions(words):
    """Offset, number and operands of each instruction, in words."""
    at = 0
    while at < len(words):
        operands = _opcode._operands(words[at])
        yield at, words[at], words[at + 1:at + 1 + len(operands)]
        at += 1 + len(operands)


def _targets(words):
    for at, number, operands in _instructions(words):
        jump = _opcode._operands(number).find("j")
        if jump >= 0:
            # counted from behind the entry
            yield (operands[jump] + 1) * _WORD


def findlabels(code):
    """The offsets in a byte string of code to which instructions jump."""
    return list(dict.fromkeys(_targets(_words(code))))


def findlinestarts(code):
    """Pairs of offset and line, for each place in the code at which a line begins."""
    last = False
    for start, end, line in code.co_lines():
        if line is not last:
            last = line
            yield start, line


_ExceptionTableEntry = collections.namedtuple("_ExceptionTableEntry", "start end target depth lasti")


def _parse_exception_table(code):
    """What is protected by which handler; `depth` is the register that receives the exception."""
    numbers = []
    value = 0
    for byte in code.co_exceptiontable:
        value = value << 6 | byte & 63
        if not byte & 64:
            numbers.append(value)
            value = 0
    return [_ExceptionTableEntry(numbers[i] * 2, (numbers[i] + numbers[i + 1]) * 2, numbers[i + 2] * 2,
                                 numbers[i + 3] >> 1, False)
            for i in range(0, len(numbers), 4)]


def _labels(code):
    """Numbers for the places that are jumped to, handlers included, and for the ends of what handlers protect."""
    places = set(findlabels(code.co_code))
    for entry in _parse_exception_table(code):
        places.update((entry.start, entry.end, entry.target))
    return {place: number for number, place in enumerate(sorted(places), 1)}


def _short(value):
    if isinstance(value, types.CodeType):
        return repr(value)
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


_BEHIND_A_CONSTANT = object()


def _decode(code, number, operands, labels):
    """argval and argrepr of an instruction."""
    written, read, values = [], [], []
    value = _BEHIND_A_CONSTANT
    for kind, operand in zip(_opcode._operands(number), operands):
        if kind in "ds" and operand >= 0 or kind == "r":
            text = shown = code._varname_from_oparg(operand)
        elif kind in "sc":
            shown = code.co_consts[operand if kind == "c" else _CONSTANT - operand]
            text = _short(shown)
        elif kind == "n":
            text = value = shown = code.co_names[operand]
        elif kind == "j":
            value = shown = (operand + 1) * _WORD
            text = "to L%s" % labels[value] if value in labels else "to %d" % value
        elif kind == "i":
            shown = operand
            text = _opcode._meaning(number, operand)
        else:
            break
        values.append(shown)
        if text:
            (written if kind == "d" else read).append(text)
    if value is _BEHIND_A_CONSTANT:
        value = values[0] if len(values) == 1 else tuple(values) if values else None
    text = ", ".join(read)
    if written:
        text = "%s <- %s" % (", ".join(written), text) if read else ", ".join(written)
    return value, text


def get_instructions(x, *, first_line=None, show_caches=None, adaptive=False):
    """The instructions of the code of x, one after the other. With first_line lines are counted from there."""
    code = _code_of(x)
    shift = 0 if first_line is None else first_line - code.co_firstlineno
    return _get_instructions(code, shift, adaptive)


def _get_instructions(code, line_shift=0, adaptive=False):
    labels = _labels(code)
    starts = dict(findlinestarts(code))
    positions = list(code.co_positions())
    words = _words(code._co_code_adaptive if adaptive else code.co_code)
    line = None
    for at, number, operands in _instructions(words):
        offset = at * _WORD
        starts_line = offset in starts
        if starts_line:
            line = starts[offset]
        value, text = _decode(code, number, operands, labels)
        caches = _inline_cache_entries[opname[number]]
        first_cache = len(operands) - caches
        cache_info = [("word%d" % i, 2, operands[first_cache + i].to_bytes(4, "little", signed=True))
                      for i in range(caches)] or None
        yield Instruction(opname[number], number, operands[0] if first_cache else None, value, text, offset, offset,
                          starts_line, None if line is None else line + line_shift, labels.get(offset),
                          Positions(*positions[at * 2]), cache_info)


# listings -------------------------------------------------------------------------------------------------------------

class _Formatter:
    def __init__(self, file=None, line_width=0, label_width=0, offset_width=0, show_caches=False,
                 show_positions=False):
        self.file = file
        self.line_width = line_width
        self.label_width = label_width
        self.offset_width = offset_width
        self.show_caches = show_caches
        self.show_positions = show_positions

    def place(self, instruction):
        if self.show_positions:
            at = instruction.positions
            if at.lineno is None:
                return "--"
            known = ["?" if part is None else str(part) for part in (at.end_lineno, at.col_offset, at.end_col_offset)]
            return "%d:%s-%s:%s" % (at.lineno, known[1], known[0], known[2])
        if not instruction.starts_line:
            return ""
        return "--" if instruction.line_number is None else str(instruction.line_number)

    def instruction(self, instruction, is_current):
        if instruction.starts_line and instruction.offset > 0 and self.line_width and not self.show_positions:
            print(file=self.file)
        fields = []
        if self.line_width:
            place = self.place(instruction)
            fields.append(place.ljust(self.line_width) if self.show_positions else place.rjust(self.line_width))
        if self.label_width:
            label = "" if instruction.label is None else "L%d:" % instruction.label
            fields.append(("  " + label).ljust(self.label_width + 2))
        if self.offset_width:
            fields.append(repr(instruction.offset).rjust(self.offset_width))
        fields.append("-->" if is_current else "   ")
        fields.append("%-24s %s" % (instruction.opname, instruction.argrepr))
        print(" ".join(fields).rstrip(), file=self.file)
        if self.show_caches:
            indent = " " * (len(" ".join(fields[:-1])) + 1)
            for name, _, data in instruction.cache_info or ():
                print("%s%-24s %s" % (indent, "CACHE", "%s: %d" % (name, int.from_bytes(data, "little"))),
                      file=self.file)

    def exceptions(self, code, labels):
        entries = _parse_exception_table(code)
        if not entries:
            return
        print("ExceptionTable:", file=self.file)
        for entry in entries:
            register = code._varname_from_oparg(entry.depth)
            print("  L%s to L%s -> L%s in %s" % (labels[entry.start], labels[entry.end], labels[entry.target],
                                                 register), file=self.file)


def disassemble(code, lasti=-1, *, file=None, show_caches=False, adaptive=False, show_offsets=False,
                show_positions=False, _line_shift=0):
    """Prints the instructions of a code object; the one at lasti is marked."""
    labels = _labels(code)
    instructions = list(_get_instructions(code, _line_shift, adaptive))
    formatter = _Formatter(file, show_caches=show_caches, show_positions=show_positions)
    formatter.line_width = max(3, *(len(formatter.place(one)) for one in instructions))
    formatter.label_width = max(4, len(str(len(labels))) + 2)
    if show_offsets:
        formatter.offset_width = max(4, len(str(instructions[-1].offset)))
    for one in instructions:
        formatter.instruction(one, one.offset <= lasti < one.end_offset)
    formatter.exceptions(code, labels)


disco = disassemble


def _disassemble_recursive(code, *, file=None, depth=None, **options):
    disassemble(code, file=file, **options)
    if depth is not None:
        if depth <= 0:
            return
        depth -= 1
    for constant in code.co_consts:
        if hasattr(constant, 'co_code'):
            print(file=file)
            print("Disassembly of %r:" % (constant,), file=file)
            _disassemble_recursive(constant, file=file, depth=depth, **options)


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False, show_offsets=False,
        show_positions=False):
    """Disassembles a function, method, generator, class, module, code object, source text or byte string of code.

    Without an argument, the code in which the last exception was raised.
    """
    options = {"show_caches": show_caches, "adaptive": adaptive, "show_offsets": show_offsets,
               "show_positions": show_positions}
    if x is None:
        distb(file=file, **options)
        return
    if isinstance(x, (bytes, bytearray)):
        _disassemble_bytes(x, file=file)
        return
    while isinstance(x, (classmethod, staticmethod)) or hasattr(x, '__func__'):
        x = x.__func__
    for attribute in ('__code__', 'gi_code', 'ag_code', 'cr_code'):
        if hasattr(x, attribute):
            x = getattr(x, attribute)
            break
    if hasattr(x, '__dict__') and not hasattr(x, 'co_code'):
        for name, member in sorted(x.__dict__.items()):
            if isinstance(member, _have_code):
                print("Disassembly of %s:" % name, file=file)
                try:
                    dis(member, file=file, depth=depth, **options)
                except TypeError as problem:
                    print("Sorry:", problem, file=file)
                print(file=file)
    elif hasattr(x, 'co_code') or isinstance(x, str):
        if isinstance(x, str):
            x = _compiled(x, "<dis>")
        _disassemble_recursive(x, file=file, depth=depth, **options)
    else:
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def _disassemble_bytes(data, file=None):
    """Numbers only: bytes do not say what they name."""
    for at, number, operands in _instructions(_words(bytes(data))):
        print(("%10d %-24s %s" % (at * _WORD, opname[number], " ".join(map(str, operands)))).rstrip(), file=file)


def distb(tb=None, *, file=None, show_caches=False, adaptive=False, show_offsets=False, show_positions=False):
    """Disassembles the code in which a traceback ends (that of the last exception), its place marked."""
    if tb is None:
        try:
            if hasattr(sys, 'last_exc'):
                tb = sys.last_exc.__traceback__
            else:
                tb = sys.last_traceback
        except AttributeError:
            raise RuntimeError("no last traceback to disassemble") from None
        while tb.tb_next:
            tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file, show_caches=show_caches, adaptive=adaptive,
                show_offsets=show_offsets, show_positions=show_positions)


# about code objects ---------------------------------------------------------------------------------------------------

def pretty_flags(flags):
    """The names of a code object's flags."""
    names = []
    for bit in range(32):
        flag = 1 << bit
        if flags & flag:
            names.append(COMPILER_FLAG_NAMES.get(flag, hex(flag)))
            flags ^= flag
    if flags or not names:
        names.append(hex(flags))
    return ", ".join(names)


def _format_code_info(code):
    lines = [
        "Name:              %s" % code.co_name,
        "Filename:          %s" % code.co_filename,
        "Argument count:    %s" % code.co_argcount,
        "Positional-only arguments: %s" % code.co_posonlyargcount,
        "Kw-only arguments: %s" % code.co_kwonlyargcount,
        "Number of locals:  %s" % code.co_nlocals,
        "Stack size:        %s" % code.co_stacksize,
        "Flags:             %s" % pretty_flags(code.co_flags),
    ]
    for title, items, show in (("Constants:", code.co_consts, _short), ("Names:", code.co_names, str),
                               ("Variable names:", code.co_varnames, str), ("Free variables:", code.co_freevars, str),
                               ("Cell variables:", code.co_cellvars, str)):
        if items:
            lines.append(title)
            lines.extend("%4d: %s" % (number, show(item)) for number, item in enumerate(items))
    return "\n".join(lines)


def code_info(x):
    """What a code object says of itself, as text."""
    return _format_code_info(_code_of(x))


def show_code(co, *, file=None):
    """Prints what a code object says of itself."""
    print(code_info(co), file=file)


class Bytecode:
    """The instructions of a piece of code: iterate over it for them, dis() is the listing as a string."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False,
                 show_offsets=False, show_positions=False):
        self.codeobj = code = _code_of(x)
        if first_line is None:
            self.first_line = code.co_firstlineno
            self._line_shift = 0
        else:
            self.first_line = first_line
            self._line_shift = first_line - code.co_firstlineno
        self._original_object = x
        self.current_offset = current_offset
        self.exception_entries = _parse_exception_table(code)
        self.show_caches = show_caches
        self.adaptive = adaptive
        self.show_offsets = show_offsets
        self.show_positions = show_positions

    def __iter__(self):
        return _get_instructions(self.codeobj, self._line_shift, self.adaptive)

    def __repr__(self):
        return "%s(%r)" % (self.__class__.__name__, self._original_object)

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """The code in which a traceback ends."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti, show_caches=show_caches, adaptive=adaptive)

    def info(self):
        """What the code object says of itself."""
        return _format_code_info(self.codeobj)

    def dis(self):
        """The listing as a string."""
        output = io.StringIO()
        disassemble(self.codeobj, -1 if self.current_offset is None else self.current_offset, file=output,
                    show_caches=self.show_caches, adaptive=self.adaptive, show_offsets=self.show_offsets,
                    show_positions=self.show_positions, _line_shift=self._line_shift)
        return output.getvalue()


def main(args=None):
    import argparse

    parser = argparse.ArgumentParser(color=True)
    parser.add_argument('-C', '--show-caches', action='store_true', help='show inline caches')
    parser.add_argument('-O', '--show-offsets', action='store_true', help='show instruction offsets')
    parser.add_argument('-P', '--show-positions', action='store_true', help='show instruction positions')
    parser.add_argument('-S', '--specialized', action='store_true', help='show specialized bytecode')
    parser.add_argument('infile', nargs='?', default='-')
    options = parser.parse_args(args=args)
    if options.infile == '-':
        name = '<stdin>'
        source = sys.stdin.buffer.read()
    else:
        name = options.infile
        with open(name, 'rb') as file:
            source = file.read()
    dis(compile(source, name, "exec"), show_caches=options.show_caches, adaptive=options.specialized,
        show_offsets=options.show_offsets, show_positions=options.show_positions)


if __name__ == "__main__":
    main()
