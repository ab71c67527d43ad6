"""The instruction set of copyjit's virtual machine."""
# Numbers, names and kinds of operands; all from _opcode, which has them from the compiler's own declaration.

__all__ = ["cmp_op", "stack_effect", "hascompare", "opname", "opmap", "HAVE_ARGUMENT", "EXTENDED_ARG", "hasarg",
           "hasconst", "hasname", "hasjump", "hasjrel", "hasjabs", "hasfree", "haslocal", "hasexc"]

import builtins
import _opcode
from _opcode import stack_effect

opmap = _opcode._numbers()
opname = ['<%r>' % number for number in range(max(opmap.values()) + 1)]
for _name, _number in opmap.items():
    opname[_number] = _name
del _name, _number

# Operands are words of their own, so whether there are any is not a matter of numbers, and none is ever extended.
HAVE_ARGUMENT = 0
EXTENDED_ARG = 256
MIN_INSTRUMENTED_OPCODE = 256

cmp_op = ('<', '<=', '==', '!=', '>', '>=')


def _having(test):
    return [number for number in opmap.values() if test(number)]


hasarg = _having(_opcode.has_arg)
hasconst = _having(_opcode.has_const)
hasname = _having(_opcode.has_name)
hasjump = _having(_opcode.has_jump)
hasjrel = []
hasjabs = hasjump
hasfree = _having(_opcode.has_free)
haslocal = _having(_opcode.has_local)
hasexc = []
hascompare = [opmap[_kind + _name] for _kind in ("", "BRANCH_")
              for _name in ("LESS", "LESS_EQUAL", "EQUAL", "NOT_EQUAL", "GREATER", "GREATER_EQUAL")]

_intrinsic_1_descs = _opcode.get_intrinsic1_descs()
_intrinsic_2_descs = _opcode.get_intrinsic2_descs()
_special_method_names = _opcode.get_special_method_names()
_common_constants = [builtins.AssertionError, builtins.NotImplementedError, builtins.tuple, builtins.all, builtins.any]
_nb_ops = _opcode.get_nb_ops()

# What the interpreter makes of general instructions, and how many words of cache they have.
_specializations = {}
for _name, _number in opmap.items():
    _general = opname[_opcode._general(_number)]
    if _general != _name:
        _specializations.setdefault(_general, []).append(_name)
_specialized_opmap = {_name: opmap[_name] for _family in _specializations.values() for _name in _family}
_inline_cache_entries = {_name: _opcode._operands(_number).count("x") for _name, _number in opmap.items()}
_cache_format = {_name: {"word%d" % _i: 2 for _i in range(_count)}
                 for _name, _count in _inline_cache_entries.items() if _count}
