/** The named tuples and namespaces of the sys module: flags, version_info, float_info, implementation, monitoring, ... */
import { Fixed, type T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { dictSetString } from '../objects/dicts.ts';
import { setBigInt, setInt } from '../objects/integers.ts';
import { makeDictOf } from '../objects/object-dicts.ts';
import { newNamespace } from '../objects/simple-namespaces.ts';
import { intern, newString } from '../objects/strings.ts';
import { declareStructSequence, newStructSequence } from '../objects/struct-sequences.ts';

type Value = number | bigint | string | boolean | null | { readonly float: number };

function store(cell: number, value: Value): void {
  if (value === null) setRef(cell, Fixed.none);
  else if (typeof value === 'string') setRef(cell, newString(value));
  else if (typeof value === 'boolean') setRef(cell, value ? Fixed.true : Fixed.false);
  else if (typeof value === 'bigint') setBigInt(cell, value);
  else if (typeof value === 'object') setFloat(cell, value.float);
  else setInt(cell, value);
}

/** Declares one of sys's types; answers the function that makes its only instance. */
function structure(name: string, fields: readonly string[], visible?: number) {
  const type: T = declareStructSequence({ name, module: 'sys', fields, visible, hidden: true });
  return (values: readonly Value[]): number =>
    newStructSequence(type, (cell, index) => {
      store(cell, values[index]);
    });
}

/** CPython's version whose language and library this is. */
const VERSION = [3, 14, 2] as const;
export const HEXVERSION: number = (VERSION[0] << 24) | (VERSION[1] << 16) | (VERSION[2] << 8) | 0xf0;
/** As platform takes it apart: version, build, compiler. */
export const VERSION_TEXT = `${VERSION.join('.')} (copyjit) [Node.js ${process.versions.node}]`;

const makeVersion = structure('version_info', ['major', 'minor', 'micro', 'releaselevel', 'serial']);
export function newVersionInfo(): number {
  return makeVersion([...VERSION, 'final', 0]);
}

/** What sys.flags starts from, before the command line and the environment are read. */
export const defaultFlags = {
  inspect: 0,
  optimize: 0,
  dontWriteBytecode: false,
  noUserSite: false,
  noSite: false,
  ignoreEnvironment: false,
  verbose: 0,
  bytesWarning: 0,
  quiet: false,
  isolated: false,
  developerMode: false,
  warnDefaultEncoding: false,
  safePath: false,
  debug: 0,
  contextAwareWarnings: false,
};
/** What the command line and the environment asked for. */
export type Flags = typeof defaultFlags;

const makeFlags = structure(
  'flags',
  [
    'debug',
    'inspect',
    'interactive',
    'optimize',
    'dont_write_bytecode',
    'no_user_site',
    'no_site',
    'ignore_environment',
    'verbose',
    'bytes_warning',
    'quiet',
    'hash_randomization',
    'isolated',
    'dev_mode',
    'utf8_mode',
    'warn_default_encoding',
    'safe_path',
    'int_max_str_digits',
    'gil',
    'thread_inherit_context',
    'context_aware_warnings',
  ],
  18,
);
export function newFlags(flags: Flags, maxStringDigits: number): number {
  const one = (value: boolean): number => (value ? 1 : 0);
  return makeFlags([
    flags.debug,
    flags.inspect,
    0,
    flags.optimize,
    one(flags.dontWriteBytecode),
    one(flags.noUserSite),
    one(flags.noSite),
    one(flags.ignoreEnvironment),
    flags.verbose,
    flags.bytesWarning,
    one(flags.quiet),
    0,
    one(flags.isolated),
    flags.developerMode,
    1,
    one(flags.warnDefaultEncoding),
    flags.safePath,
    maxStringDigits,
    1,
    0,
    one(flags.contextAwareWarnings),
  ]);
}

const makeFloatInfo = structure('float_info', [
  'max',
  'max_exp',
  'max_10_exp',
  'min',
  'min_exp',
  'min_10_exp',
  'dig',
  'mant_dig',
  'epsilon',
  'radix',
  'rounds',
]);
export function newFloatInfo(): number {
  const smallest = { float: 2.2250738585072014e-308 };
  const epsilon = { float: Number.EPSILON };
  return makeFloatInfo([{ float: Number.MAX_VALUE }, 1024, 308, smallest, -1021, -307, 15, 53, epsilon, 2, 1]);
}

const makeIntInfo = structure('int_info', [
  'bits_per_digit',
  'sizeof_digit',
  'default_max_str_digits',
  'str_digits_check_threshold',
]);
export function newIntInfo(): number {
  return makeIntInfo([30, 4, 4300, 640]);
}

const makeHashInfo = structure('hash_info', [
  'width',
  'modulus',
  'inf',
  'nan',
  'imag',
  'algorithm',
  'hash_bits',
  'seed_bits',
  'cutoff',
]);
/** Numbers hash as in CPython; texts by an algorithm of our own (objects/strings.ts), 32 bits, without a seed. */
export function newHashInfo(): number {
  return makeHashInfo([64, 2n ** 61n - 1n, 314159, 0, 1000003, 'fnv', 32, 0, 0]);
}

const makeThreadInfo = structure('thread_info', ['name', 'lock', 'version']);
export function newThreadInfo(): number {
  return makeThreadInfo(['pthread', null, null]);
}

/** A namespace with these values. */
function namespaceOf(values: Readonly<Record<string, Value>>): number {
  const slots = pushSlots(2);
  const namespace = newNamespace();
  setRef(slots, namespace);
  for (const [name, value] of Object.entries(values)) {
    store(slots + 1, value);
    dictSetString(makeDictOf(namespace), intern(name), slots + 1);
  }
  popSlots(2);
  return namespace;
}

export const CACHE_TAG = 'copyjit-314';

/** sys.implementation; `version` is a slot with sys.version_info. */
export function newImplementation(version: number): number {
  const namespace = namespaceOf({ name: 'copyjit', cache_tag: CACHE_TAG, version: null, hexversion: HEXVERSION });
  copyValueInto(namespace, 'version', version);
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const rest: Record<string, Value> = {
    _multiarch: process.platform === 'darwin' ? 'darwin' : `${machine}-linux-gnu`,
    supports_isolated_interpreters: false,
  };
  const slot = pushSlots(1);
  for (const [name, value] of Object.entries(rest)) {
    store(slot, value);
    dictSetString(makeDictOf(namespace), intern(name), slot);
  }
  popSlots(1);
  return namespace;
}
function copyValueInto(namespace: number, name: string, from: number): void {
  const slot = pushSlots(1);
  copyValue(slot, from);
  dictSetString(makeDictOf(namespace), intern(name), slot);
  popSlots(1);
}

export const monitoringEvents = [
  'PY_START',
  'PY_RESUME',
  'PY_RETURN',
  'PY_YIELD',
  'CALL',
  'LINE',
  'INSTRUCTION',
  'JUMP',
  'BRANCH_LEFT',
  'BRANCH_RIGHT',
  'STOP_ITERATION',
  'RAISE',
  'EXCEPTION_HANDLED',
  'PY_UNWIND',
  'PY_THROW',
  'RERAISE',
  'C_RETURN',
  'C_RAISE',
  'BRANCH',
];
/** sys.monitoring.events: a bit for each event. */
export function newMonitoringEvents(): number {
  const values: Record<string, Value> = {};
  monitoringEvents.forEach((name, i) => {
    values[name] = 1 << i;
  });
  values.NO_EVENTS = 0;
  return namespaceOf(values);
}

/** Sets an int in a namespace dict. */
export function setNumber(dict: number, name: string, value: number): void {
  const slot = pushSlots(1);
  setSmallInt(slot, value);
  dictSetString(dict, intern(name), slot);
  popSlots(1);
}
