/** The sys module: what the interpreter is and how it was started. What needs frames is in interpreter/sys-frames.ts. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, Kind, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { setAttribute } from '../objects/attributes.ts';
import { dictSetString, newDict } from '../objects/dicts.ts';
import { allocateException, raiseTypeError, raiseValueError, throwException } from '../objects/errors.ts';
import { indexOf, isInt, setBigInt, setInt } from '../objects/integers.ts';
import { call, callSpecial } from '../objects/invoke.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { nativeModuleNames, newModule, registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { maxStringDigits, setMaxStringDigits } from '../objects/number-parse.ts';
import { newFrozenset, setAdd } from '../objects/sets.ts';
import { intern, internRef, isStr, newString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { kindAt, lookup, typeName, typeOf } from '../objects/types.ts';
import { standardModuleNames } from './standard-module-names.ts';
import { standardStream } from './standard-streams.ts';

/** What the command line said; set before sys is made. */
export const startup = {
  argv: [''],
  path: [] as string[],
  executable: '',
  dontWriteBytecode: (process.env.PYTHONDONTWRITEBYTECODE ?? '') !== '',
  pycachePrefix: process.env.PYTHONPYCACHEPREFIX ?? '',
};

function textList(texts: readonly string[]): number {
  const list = newList(0);
  const slot = pushSlots(2);
  setRef(slot, list);
  for (const text of texts) {
    setRef(slot + 1, newString(text));
    listAppend(list, slot + 1);
  }
  popSlots(2);
  return list;
}

/** A namespace of values (a module object without a name in sys.modules), as sys.flags and its kin are. */
function namespace(name: string, values: Readonly<Record<string, number | string>>): number {
  const module = newModule(name);
  const slot = pushSlots(1);
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === 'string') setRef(slot, newString(value));
    else if (Number.isInteger(value)) setInt(slot, value);
    else setFloat(slot, value);
    dictSetString(words[(module << 1) + 2], intern(key), slot);
  }
  popSlots(1);
  return module;
}

const versionFields = ['major', 'minor', 'micro', 'releaselevel', 'serial'];

/** sys.version_info: an instance of a subclass of tuple whose items have names too. */
function versionInfo(): number {
  const slots = pushSlots(6);
  setRef(slots, T.type);
  setRef(slots + 1, intern('version_info'));
  const bases = newTuple(1);
  setRef(slots + 2, bases);
  setRef(tupleItem(bases, 0), T.tuple);
  setRef(slots + 3, newDict());
  setRef(slots + 4, intern('sys'));
  dictSetString(refAt(slots + 3), intern('__module__'), slots + 4);
  call(slots, slots + 1, 3, slots);
  const items = newTuple(5);
  setRef(slots + 1, items);
  setSmallInt(tupleItem(items, 0), 3);
  setSmallInt(tupleItem(items, 1), 14);
  setSmallInt(tupleItem(items, 2), 0);
  setRef(tupleItem(items, 3), intern('final'));
  setSmallInt(tupleItem(items, 4), 0);
  call(slots, slots + 1, 1, slots + 2);
  versionFields.forEach((name, i) => {
    setAttribute(slots + 2, intern(name), tupleItem(refAt(slots + 1), i));
  });
  const info = refAt(slots + 2);
  popSlots(6);
  return info;
}

registerModule('sys', (dict) => {
  const slots = pushSlots(2);
  const set = (name: string, ref: number): void => {
    setRef(slots, ref);
    dictSetString(dict, intern(name), slots);
  };
  const setNumber = (name: string, value: number): void => {
    setInt(slots, value);
    dictSetString(dict, intern(name), slots);
  };
  set('argv', textList(startup.argv));
  set('orig_argv', textList(startup.argv));
  set('path', textList(startup.path));
  set('modules', words[State.modulesDict]);
  set('executable', newString(startup.executable));
  set('version', newString('3.14.0 (copyjit)'));
  set('version_info', versionInfo());
  copyValue(slots + 1, slots);
  setNumber('hexversion', 0x030e00f0);
  setNumber('api_version', 1013);
  set('copyright', newString('copyjit: see its LICENSE'));
  set('platform', intern(process.platform));
  set('byteorder', intern('little'));
  setNumber('maxunicode', 0x10ffff);
  setBigInt(slots, 2n ** 63n - 1n);
  dictSetString(dict, intern('maxsize'), slots);
  const implementation = namespace('implementation', {
    name: 'copyjit',
    cache_tag: 'copyjit-314',
    hexversion: 0x030e00f0,
  });
  dictSetString(words[(implementation << 1) + 2], intern('version'), slots + 1);
  set('implementation', implementation);
  set('stdin', standardStream(0));
  set('stdout', standardStream(1));
  set('stderr', standardStream(2));
  set('__stdin__', standardStream(0));
  set('__stdout__', standardStream(1));
  set('__stderr__', standardStream(2));
  set(
    'builtin_module_names',
    (() => {
      const names = nativeModuleNames();
      const tuple = newTuple(names.length);
      names.forEach((name, i) => {
        setRef(tupleItem(tuple, i), intern(name));
      });
      return tuple;
    })(),
  );
  const standard = newFrozenset();
  for (const name of standardModuleNames) {
    setRef(slots, intern(name));
    setAdd(standard, slots);
  }
  set('stdlib_module_names', standard);
  set('prefix', newString('/usr'));
  set('exec_prefix', newString('/usr'));
  set('base_prefix', newString('/usr'));
  set('base_exec_prefix', newString('/usr'));
  set('platlibdir', intern('lib'));
  set('path_hooks', newList(0));
  set('meta_path', newList(0));
  set('warnoptions', newList(0));
  set('dont_write_bytecode', startup.dontWriteBytecode ? Fixed.true : Fixed.false);
  set('pycache_prefix', startup.pycachePrefix === '' ? Fixed.none : newString(startup.pycachePrefix));
  set('float_repr_style', intern('short'));
  set(
    'flags',
    namespace('flags', {
      debug: 0,
      inspect: 0,
      interactive: 0,
      optimize: 0,
      dont_write_bytecode: startup.dontWriteBytecode ? 1 : 0,
      no_user_site: 0,
      no_site: 0,
      ignore_environment: 0,
      verbose: 0,
      bytes_warning: 0,
      quiet: 0,
      hash_randomization: 0,
      isolated: 0,
      dev_mode: 0,
      utf8_mode: 1,
      safe_path: 0,
      int_max_str_digits: 4300,
      warn_default_encoding: 0,
    }),
  );
  set(
    'float_info',
    namespace('float_info', {
      max: Number.MAX_VALUE,
      max_exp: 1024,
      max_10_exp: 308,
      min: 2.2250738585072014e-308,
      min_exp: -1021,
      min_10_exp: -307,
      dig: 15,
      mant_dig: 53,
      epsilon: Number.EPSILON,
      radix: 2,
      rounds: 1,
    }),
  );
  set('hash_info', namespace('hash_info', { width: 64, inf: 314159, nan: 0, imag: 1000003, hash_bits: 64 }));
  popSlots(2);
});

natives('sys', {
  'exit(status=None, /)': (args) => {
    const exception = allocateException(T.SystemExit);
    const isNone = isRef(args) && refAt(args) === Fixed.none;
    if (!isNone) {
      if (kindAt(args) === Kind.tuple) {
        words[(exception << 1) + Exception.args] = refAt(args);
        const size = words[(refAt(args) << 1) + 1];
        if (size === 1) copyValue(exception + (Exception.value >> 1), refAt(args) + 1);
        else if (size > 1) copyValue(exception + (Exception.value >> 1), args);
      } else {
        const tuple = newTuple(1);
        copyValue(tupleItem(tuple, 0), args);
        words[(exception << 1) + Exception.args] = tuple;
        copyValue(exception + (Exception.value >> 1), args);
      }
    }
    throwException(exception);
  },
  'exc_info()': (_args, result) => {
    const handled = words[State.handled];
    const tuple = newTuple(3);
    for (let i = 0; i < 3; i++) setRef(tupleItem(tuple, i), Fixed.none);
    if (handled !== 0) {
      setRef(tupleItem(tuple, 0), words[handled << 1]);
      setRef(tupleItem(tuple, 1), handled);
      const traceback = words[(handled << 1) + Exception.traceback];
      if (traceback !== 0) setRef(tupleItem(tuple, 2), traceback);
    }
    setRef(result, tuple);
  },
  'exception()': (_args, result) => {
    const handled = words[State.handled];
    setRef(result, handled === 0 ? Fixed.none : handled);
  },
  'getrecursionlimit()': (_args, result) => setInt(result, words[State.recursionLimit]),
  'setrecursionlimit(limit, /)': (args, result) => {
    const limit = indexOf(args);
    if (limit < 1) raiseValueError('recursion limit must be greater or equal than 1');
    words[State.recursionLimit] = Math.min(limit, 0x7fffffff);
    setRef(result, Fixed.none);
  },
  'intern(string, /)': (args, result) => {
    if (!isStr(args)) raiseTypeError(`intern() argument must be str, not ${typeName(args)}`);
    setRef(result, internRef(refAt(args)));
  },
  'getdefaultencoding()': (_args, result) => setRef(result, intern('utf-8')),
  'getfilesystemencoding()': (_args, result) => setRef(result, intern('utf-8')),
  'getfilesystemencodeerrors()': (_args, result) => setRef(result, intern('surrogateescape')),
  'getswitchinterval()': (_args, result) => setFloat(result, 0.005),
  'is_finalizing()': (_args, result) => setRef(result, Fixed.false),
  'getrefcount(object, /)': (_args, result) => setInt(result, 2),
  'getsizeof(object, default=...)': (args, result) => {
    // Not CPython's numbers: what the object takes in this heap.
    const special = lookup(typeOf(args), intern('__sizeof__'));
    if (special === 0 || (isRef(special) && words[refAt(special) << 1] === T.method_descriptor)) {
      setInt(result, !isRef(args) ? 24 : 16 + sizeOfObject(refAt(args)));
      return;
    }
    if (!callSpecial(args, intern('__sizeof__'), args, 0, result)) raiseTypeError('__sizeof__ is not callable');
    if (!isInt(result)) raiseTypeError(`'${typeName(result)}' object cannot be interpreted as an integer`);
    const size = indexOf(result);
    if (size < 0) raiseValueError('__sizeof__() should return >= 0');
    setInt(result, size + 16);
  },
  'get_int_max_str_digits()': (_args, result) => setInt(result, maxStringDigits),
  'set_int_max_str_digits(maxdigits)': (args, result) => {
    const digits = indexOf(args);
    if (digits !== 0 && digits < 640) raiseValueError('maxdigits must be >= 640 or 0 for unlimited');
    setMaxStringDigits(digits);
    setRef(result, Fixed.none);
  },
});

function sizeOfObject(ref: number): number {
  switch (kindAtRef(ref)) {
    case Kind.str:
    case Kind.bytes:
      return 33 + words[(ref << 1) + 1];
    case Kind.list:
    case Kind.tuple:
      return 40 + 8 * words[(ref << 1) + 1];
    case Kind.dict:
      return 48 + 24 * words[(ref << 1) + 1];
    default:
      return 32;
  }
}
function kindAtRef(ref: number): Kind {
  return words[(words[ref << 1] << 1) + Type.kind];
}
