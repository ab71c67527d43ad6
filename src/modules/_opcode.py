# The _opcode module: what the instructions of CPython's virtual machine are like, for the library's opcode and dis. They
# are not copyjit's (src/compiler/instructions.ts), so code objects of ours have none of them.
from _opcode_metadata import HAVE_ARGUMENT as _first_with_argument, opmap as _opmap

_names = {number: name for name, number in _opmap.items()}


def is_valid(opcode, /):
    return opcode in _names


def has_arg(opcode, /):
    return opcode > _first_with_argument


def has_const(opcode, /):
    return _names.get(opcode) == 'LOAD_CONST'


def has_name(opcode, /):
    name = _names.get(opcode, '')
    if name in ('IMPORT_NAME', 'IMPORT_FROM', 'LOAD_FROM_DICT_OR_GLOBALS'):
        return True
    return name in ('LOAD_SUPER_ATTR',) or name.partition('_')[2] in ('NAME', 'GLOBAL', 'ATTR')


def has_jump(opcode, /):
    name = _names.get(opcode, '')
    return 'JUMP' in name or name in ('FOR_ITER', 'SEND')


def has_free(opcode, /):
    return _names.get(opcode, '').endswith(('_DEREF', 'MAKE_CELL', 'OR_DEREF'))


def has_local(opcode, /):
    name = _names.get(opcode, '')
    return 'FAST' in name and name != 'DELETE_FAST_CHECK'


def has_exc(opcode, /):
    return _names.get(opcode, '') in ('SETUP_FINALLY', 'SETUP_CLEANUP', 'SETUP_WITH')


def stack_effect(opcode, oparg=None, /, *, jump=None):
    if opcode not in _names:
        raise ValueError('invalid opcode or oparg')
    raise NotImplementedError('copyjit has a register machine: its code has no stack')


def get_executor(*, code, offset):
    return None


def get_specialization_stats():
    return None


def get_nb_ops():
    symbols = '+ & // << @ * % | ** >> - / ^'.split()
    names = 'ADD AND FLOOR_DIVIDE LSHIFT MATRIX_MULTIPLY MULTIPLY REMAINDER OR POWER RSHIFT SUBTRACT TRUE_DIVIDE XOR'.split()
    plain = [(f'NB_{name}', symbol) for name, symbol in zip(names, symbols)]
    return plain + [(f'NB_INPLACE_{name}', f'{symbol}=') for name, symbol in zip(names, symbols)] + [('NB_SUBSCR', '[]')]


def get_intrinsic1_descs():
    names = 'INVALID PRINT IMPORT_STAR STOPITERATION_ERROR ASYNC_GEN_WRAP UNARY_POSITIVE LIST_TO_TUPLE TYPEVAR PARAMSPEC'
    return [f'INTRINSIC_{name}' if name != 'INVALID' else 'INTRINSIC_1_INVALID'
            for name in f'{names} TYPEVARTUPLE SUBSCRIPT_GENERIC TYPEALIAS'.split()]


def get_intrinsic2_descs():
    names = 'PREP_RERAISE_STAR TYPEVAR_WITH_BOUND TYPEVAR_WITH_CONSTRAINTS SET_FUNCTION_TYPE_PARAMS SET_TYPEPARAM_DEFAULT'
    return ['INTRINSIC_2_INVALID'] + [f'INTRINSIC_{name}' for name in names.split()]


def get_special_method_names():
    return ['__enter__', '__exit__', '__aenter__', '__aexit__']
