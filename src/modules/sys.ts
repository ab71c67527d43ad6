/** The sys module: what the interpreter is and how it was started. What needs frames is in interpreter/sys-frames.ts. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { Exception, Kind, Module, Str, StrFlag, Type, TypeFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { dictDeleteString, dictFindString, dictSetString, newDict } from '../objects/dicts.ts';
import { allocateException, raiseTypeError, raiseValueError, throwException } from '../objects/errors.ts';
import { toDouble } from '../objects/floats.ts';
import { indexOf, isInt, setBigInt, setBool, setInt } from '../objects/integers.ts';
import { callSpecial } from '../objects/invoke.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { fillNatives, nativeModuleNames, newModule, registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { maxStringDigits, setMaxStringDigits } from '../objects/number-parse.ts';
import { newFrozenset, setAdd } from '../objects/sets.ts';
import { intern, internRef, isExactStr, isStr, newString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { argumentType, isType, kindAt, typeModified, typeName, typeOf } from '../objects/types.ts';
import { standardModuleNames } from './standard-module-names.ts';
import { standardStream } from './standard-streams.ts';
import { newMonitoring } from './sys-monitoring.ts';
import {
  defaultFlags,
  HEXVERSION,
  newFlags,
  newFloatInfo,
  newHashInfo,
  newImplementation,
  newIntInfo,
  newThreadInfo,
  newVersionInfo,
  setNumber,
  VERSION_TEXT,
} from './sys-structures.ts';

/** What the command line and the environment said; set before sys is made. */
export const startup = {
  argv: [''],
  originalArguments: [''],
  path: [] as string[],
  executable: '',
  pycachePrefix: '',
  warnOptions: [] as string[],
  extensionOptions: [] as string[],
  libraryFolder: '',
  /** what os.cpu_count() says; -1: what the machine has */
  cpuCount: -1,
  flags: { ...defaultFlags },
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

/** sys._xoptions: what `-X` said, a value or True by name. */
function extensionOptions(): number {
  const slots = pushSlots(2);
  const dict = newDict();
  setRef(slots, dict);
  for (const option of startup.extensionOptions) {
    const equal = option.indexOf('=');
    if (equal < 0) setRef(slots + 1, Fixed.true);
    else setRef(slots + 1, newString(option.slice(equal + 1)));
    dictSetString(dict, intern(equal < 0 ? option : option.slice(0, equal)), slots + 1);
  }
  popSlots(2);
  return dict;
}

function textTuple(texts: readonly string[]): number {
  const tuple = newTuple(texts.length);
  texts.forEach((text, i) => {
    setRef(tupleItem(tuple, i), intern(text));
  });
  return tuple;
}

registerModule('sys', (dict) => {
  const slots = pushSlots(2);
  const set = (name: string, ref: number): void => {
    setRef(slots, ref);
    dictSetString(dict, intern(name), slots);
  };
  const setText = (name: string, text: string): void => set(name, newString(text));
  const flag = (value: boolean): number => (value ? Fixed.true : Fixed.false);
  set('argv', textList(startup.argv));
  set('orig_argv', textList(startup.originalArguments));
  set('path', textList(startup.path));
  set('modules', words[State.modulesDict]);
  setText('executable', startup.executable);
  setText('_base_executable', startup.executable);
  setText('version', VERSION_TEXT);
  set('version_info', newVersionInfo());
  copyValue(slots + 1, slots);
  setNumber(dict, 'hexversion', HEXVERSION);
  setNumber(dict, 'api_version', 1013);
  setText('copyright', 'copyjit: see its LICENSE');
  set('_git', textTuple(['copyjit', '', '']));
  setText('_framework', '');
  setText('abiflags', '');
  setText('platform', process.platform);
  setText('byteorder', 'little');
  setNumber(dict, 'maxunicode', 0x10ffff);
  setBigInt(slots, 2n ** 63n - 1n);
  dictSetString(dict, intern('maxsize'), slots);
  set('implementation', newImplementation(slots + 1));
  set('stdin', standardStream(0));
  set('stdout', standardStream(1));
  set('stderr', standardStream(2));
  set('__stdin__', standardStream(0));
  set('__stdout__', standardStream(1));
  set('__stderr__', standardStream(2));
  set('builtin_module_names', textTuple(nativeModuleNames()));
  set('stdlib_module_names', libraryNames());
  // where the library lies and what Python would have been installed under
  const prefix = startup.libraryFolder === '' ? '/usr' : startup.libraryFolder;
  for (const name of ['prefix', 'exec_prefix', 'base_prefix', 'base_exec_prefix']) setText(name, prefix);
  setText('platlibdir', 'lib');
  if (startup.libraryFolder === '') set('_stdlib_dir', Fixed.none);
  else setText('_stdlib_dir', startup.libraryFolder);
  set('path_hooks', newList(0));
  set('meta_path', newList(0));
  set('path_importer_cache', newDict());
  set('warnoptions', textList(startup.warnOptions));
  set('_xoptions', extensionOptions());
  set('dont_write_bytecode', flag(startup.flags.dontWriteBytecode));
  set('pycache_prefix', startup.pycachePrefix === '' ? Fixed.none : newString(startup.pycachePrefix));
  setText('float_repr_style', 'short');
  set('flags', newFlags(startup.flags, maxStringDigits));
  set('float_info', newFloatInfo());
  set('int_info', newIntInfo());
  set('hash_info', newHashInfo());
  set('thread_info', newThreadInfo());
  set('monitoring', newMonitoring());
  set('_jit', newJitModule());
  for (const hook of ['displayhook', 'excepthook', 'unraisablehook', 'breakpointhook']) {
    const own = dictFindString(dict, intern(hook));
    if (own !== 0) dictSetString(dict, intern(`__${hook}__`), own);
  }
  popSlots(2);
});

/** sys._jit, which is about CPython's own JIT: that one is not here. */
function newJitModule(): number {
  const module = newModule('sys._jit');
  fillNatives('sys._jit', words[(module << 1) + Module.dict]);
  return module;
}
const no = (_args: number, result: number): void => setRef(result, Fixed.false);
natives('sys._jit', { 'is_available()': no, 'is_enabled()': no, 'is_active()': no });

function libraryNames(): number {
  const slots = pushSlots(2);
  const names = newFrozenset();
  setRef(slots, names);
  for (const name of standardModuleNames) {
    setRef(slots + 1, intern(name));
    setAdd(names, slots + 1);
  }
  popSlots(2);
  return names;
}

/** Objects below this cell are fixed (heap/fixed.ts). */
const FIRST_STACK_CELL = 8192;
/** Kept for whoever asks: nothing here switches. */
let switchInterval = 0.005;
/** Likewise: nothing is loaded. */
let dlopenFlags = 2;

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
    if (!isStr(args)) raiseTypeError(`intern() argument must be str, not ${argumentType(args)}`);
    if (!isExactStr(args)) raiseTypeError(`can't intern ${typeName(args)}`);
    setRef(result, internRef(refAt(args)));
  },
  'getdefaultencoding()': (_args, result) => setRef(result, intern('utf-8')),
  'getfilesystemencoding()': (_args, result) => setRef(result, intern('utf-8')),
  'getfilesystemencodeerrors()': (_args, result) => setRef(result, intern('surrogateescape')),
  'getswitchinterval()': (_args, result) => setFloat(result, switchInterval),
  'is_finalizing()': (_args, result) => setRef(result, Fixed.false),
  'setswitchinterval(interval, /)': (args, result) => {
    const interval = toDouble(args);
    if (!(interval > 0)) raiseValueError('switch interval must be strictly positive');
    switchInterval = interval;
    setRef(result, Fixed.none);
  },
  'getallocatedblocks()': (_args, result) => setInt(result, words[State.allocatedCells]),
  'getunicodeinternedsize(*, _only_immortal=False)': (_args, result) => {
    setInt(result, words[State.internTable] === 0 ? 0 : indexOf(words[State.internTable] + 1));
  },
  '_is_interned(string, /)': (args, result) => {
    if (!isStr(args)) raiseTypeError(`_is_interned() argument must be str, not ${typeName(args)}`);
    setBool(result, (words[(refAt(args) << 1) + Str.info] & StrFlag.interned) !== 0);
  },
  '_is_immortal(op, /)': (args, result) => setBool(result, isRef(args) && refAt(args) < FIRST_STACK_CELL),
  '_is_gil_enabled()': (_args, result) => setRef(result, Fixed.true),
  'is_remote_debug_enabled()': (_args, result) => setRef(result, Fixed.false),
  'is_stack_trampoline_active()': (_args, result) => setRef(result, Fixed.false),
  'activate_stack_trampoline(backend, /)': () => raiseValueError('perf trampoline not available'),
  'deactivate_stack_trampoline()': (_args, result) => setRef(result, Fixed.none),
  'getdlopenflags()': (_args, result) => setSmallInt(result, dlopenFlags),
  'setdlopenflags(flags, /)': (args, result) => {
    dlopenFlags = indexOf(args);
    setRef(result, Fixed.none);
  },
  '_clear_type_descriptors(type, /)': (args, result) => {
    if (!isType(args)) raiseTypeError(`argument must be type, not ${typeName(args)}`);
    const type = refAt(args);
    if ((words[(type << 1) + Type.flags] & TypeFlag.heapType) === 0) raiseTypeError('argument is immutable');
    for (const name of ['__dict__', '__weakref__']) dictDeleteString(words[(type << 1) + Type.dict], intern(name));
    typeModified(type);
    setRef(result, Fixed.none);
  },
  '_clear_type_cache()': (_args, result) => setRef(result, Fixed.none),
  '_clear_internal_caches()': (_args, result) => setRef(result, Fixed.none),
  '_debugmallocstats()': (_args, result) => setRef(result, Fixed.none),
  '_get_cpu_count_config()': (_args, result) => setSmallInt(result, startup.cpuCount),
  'getrefcount(object, /)': (_args, result) => setInt(result, 2),
  'getsizeof(object, default=...)': (args, result) => {
    // CPython's numbers where they are simple; what is tracked by its collector has a header more
    if (!callSpecial(args, intern('__sizeof__'), args, 0, result)) raiseTypeError('__sizeof__ is not callable');
    if (!isInt(result) && !isNull(args + 1)) {
      copyValue(result, args + 1);
      return;
    }
    if (!isInt(result)) raiseTypeError(`'${typeName(result)}' object cannot be interpreted as an integer`);
    const size = indexOf(result);
    if (size < 0) raiseValueError('__sizeof__() should return >= 0');
    setInt(result, size + (isTracked(args) ? 16 : 0));
  },
  'get_int_max_str_digits()': (_args, result) => setInt(result, maxStringDigits),
  'set_int_max_str_digits(maxdigits)': (args, result) => {
    const digits = indexOf(args);
    if (digits !== 0 && digits < 640) raiseValueError('maxdigits must be >= 640 or 0 for unlimited');
    setMaxStringDigits(digits);
    setRef(result, Fixed.none);
  },
});

/** Whether CPython's collector keeps track of such objects. */
function isTracked(slot: number): boolean {
  const type = typeOf(slot);
  if ((words[(type << 1) + Type.flags] & TypeFlag.heapType) !== 0) return true;
  return ![Kind.plain, Kind.int, Kind.float, Kind.str, Kind.bytes, Kind.complex, Kind.range, Kind.bytearray].includes(
    kindAt(slot),
  );
}
