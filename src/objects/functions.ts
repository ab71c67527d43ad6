/**
 * Functions, methods and the descriptors around them as Python sees them: attributes of Python functions, bound methods,
 * natives, staticmethod, classmethod, and the descriptors of native attributes. property and super have files of their
 * own. Calling is in invoke.ts, binding in attributes.ts.
 */

import { Fixed, State, T } from '../heap/fixed.ts';
import {
  Code,
  CodeFlag,
  Frame,
  FunctionObject,
  GetSet,
  Kind,
  Method,
  Module,
  Native,
  Tuple,
  Wrapper,
} from '../heap/layouts.ts';
import { allocate, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setRef } from '../heap/values.ts';
import {
  attributeName,
  bindMethod,
  bindNative,
  findAttribute,
  genericAttribute,
  getAttribute,
  getsetGet,
  getsetSet,
  raiseNoAttribute,
} from './attributes.ts';
import { dictFindString, dictSetString } from './dicts.ts';
import { functionDocumentation } from './documentation.ts';
import { raiseAttributeError, raiseTypeError, raiseValueError } from './errors.ts';
import { setBool, setInt } from './integers.ts';
import { N } from './names.ts';
import {
  getset,
  type NativeGetter,
  NativeKind,
  type NativeSetter,
  natives,
  nativeTable,
  staticNatives,
} from './natives.ts';
import { parametersText } from './natives-binding.ts';
import { allocateOfType, makeDictOf, setDictOf } from './object-dicts.ts';
import { compare, identical, repr, tableHash, truth } from './operations.ts';
import { orderingMatches } from './operators.ts';
import { callBoundWithArguments } from './spread.ts';
import { intern, isStr, newString, stringOf } from './strings.ts';
import { tupleItem, tupleSize } from './tuples.ts';
import { defineOperators, UNHASHABLE } from './type-operators.ts';
import {
  argumentType,
  isNativeMethod,
  isSubtype,
  isType,
  kindAt,
  shortTypeName,
  typeName,
  typeNameOf,
  typeOf,
} from './types.ts';
import { warn } from './warnings.ts';
import { functionChanged } from './watch.ts';

/** The address that default reprs show: the object's byte offset in the heap. */
export function addressText(object: number): string {
  return `0x${(refAt(object) * 8).toString(16).padStart(12, '0')}`;
}

/** result = the object whose ref is in a word, or None for 0. */
export function refOrNone(word: number, result: number): void {
  setRef(result, words[word] === 0 ? Fixed.none : words[word]);
}

/** Setter of what CPython keeps as a read-only member. */
export const readOnly: NativeSetter = () => raiseAttributeError('readonly attribute');

function functionField(field: FunctionObject): NativeGetter {
  return (object, result) => refOrNone((refAt(object) << 1) + field, result);
}

/** Bumps a function's version after its code or defaults changed. */
function functionModified(ref: number): void {
  words[(ref << 1) + FunctionObject.version] = ++words[State.nextFunctionVersion];
  functionChanged(ref);
}

function setName(field: FunctionObject, name: string): NativeSetter {
  return (object, value) => {
    if (isNull(value) || !isStr(value)) raiseTypeError(`${name} must be set to a string object`);
    words[(refAt(object) << 1) + field] = refAt(value);
  };
}
/** Setter for a field that holds a ref of one kind or None. */
function setOptional(field: FunctionObject, kind: Kind, name: string, what: string): NativeSetter {
  return (object, value) => {
    const empty = isNull(value) || (isRef(value) && refAt(value) === Fixed.none);
    if (!empty && kindAt(value) !== kind) raiseTypeError(`${name} must be set to a ${what} object`);
    words[(refAt(object) << 1) + field] = empty ? 0 : refAt(value);
    functionModified(refAt(object));
  };
}

getset(T.function, '__name__', functionField(FunctionObject.name), setName(FunctionObject.name, '__name__'));
getset(
  T.function,
  '__qualname__',
  functionField(FunctionObject.qualname),
  setName(FunctionObject.qualname, '__qualname__'),
);
getset(T.function, '__globals__', functionField(FunctionObject.globals), readOnly);
getset(T.function, '__closure__', functionField(FunctionObject.closure), readOnly);
getset(T.function, '__builtins__', (object, result) => {
  const own = words[(refAt(object) << 1) + FunctionObject.builtins];
  setRef(result, own !== 0 ? own : words[State.builtinsDict]);
});
getset(
  T.function,
  '__defaults__',
  functionField(FunctionObject.defaults),
  setOptional(FunctionObject.defaults, Kind.tuple, '__defaults__', 'tuple'),
);
getset(
  T.function,
  '__kwdefaults__',
  functionField(FunctionObject.kwdefaults),
  setOptional(FunctionObject.kwdefaults, Kind.dict, '__kwdefaults__', 'dict'),
);
getset(T.function, '__code__', functionField(FunctionObject.code), (object, value) => {
  if (isNull(value) || kindAt(value) !== Kind.code) raiseTypeError('__code__ must be set to a code object');
  const fn = refAt(object) << 1;
  const free = freeCount(refAt(value));
  const closure = words[fn + FunctionObject.closure];
  const cells = closure === 0 ? 0 : tupleSize(closure);
  if (cells !== free) {
    const name = stringOf(words[fn + FunctionObject.name]);
    raiseValueError(`${name}() requires a code object with ${cells} free vars, not ${free}`);
  }
  const own = words[fn + FunctionObject.code];
  const kinds = CodeFlag.generator | CodeFlag.coroutine | CodeFlag.asyncGenerator;
  if (((words[(own << 1) + Code.flags] ^ words[(refAt(value) << 1) + Code.flags]) & kinds) !== 0) {
    warn(
      T.DeprecationWarning,
      'Assigning a code object of non-matching type is deprecated (e.g., from a generator to a plain function)',
    );
  }
  words[(refAt(object) << 1) + FunctionObject.code] = refAt(value);
  functionModified(refAt(object));
});
function valueField(field: number): NativeGetter {
  return (object, result) => {
    const cell = refAt(object) + (field >> 1);
    if (isNull(cell)) setRef(result, Fixed.none);
    else copyValue(result, cell);
  };
}
function setValueField(field: number): NativeSetter {
  return (object, value) => {
    const cell = refAt(object) + (field >> 1);
    if (isNull(value)) setRef(cell, Fixed.none);
    else copyValue(cell, value);
  };
}
getset(T.function, '__doc__', valueField(FunctionObject.doc), setValueField(FunctionObject.doc));
getset(T.function, '__module__', valueField(FunctionObject.module), setValueField(FunctionObject.module));
getset(
  T.function,
  '__dict__',
  (object, result) => setRef(result, makeDictOf(refAt(object))),
  (object, value) => {
    if (isNull(value)) raiseTypeError('cannot delete __dict__');
    if (kindAt(value) !== Kind.dict) raiseTypeError(`__dict__ must be set to a dictionary, not a '${typeName(value)}'`);
    words[(refAt(object) << 1) + FunctionObject.dict] = refAt(value);
  },
);
/** A slot (not rooted, overwritten by the next use) that holds a type. */
function typeSlot(type: number): number {
  const slot = words[State.stackTop] + 8;
  setRef(slot, type);
  return slot;
}

/**
 * A new Python function object over a code object: the word fields are refs or 0. Name, docstring and version are set
 * from the code. Allocates only.
 */
export function newFunction(
  code: number,
  globals: number,
  defaults: number,
  kwdefaults: number,
  closure: number,
  annotate: number,
): number {
  const ref = allocate(8);
  const word = ref << 1;
  words[word] = T.function;
  words[word + FunctionObject.version] = ++words[State.nextFunctionVersion];
  words[word + FunctionObject.code] = code;
  words[word + FunctionObject.globals] = globals;
  words[word + FunctionObject.name] = words[(code << 1) + Code.name];
  words[word + FunctionObject.qualname] = words[(code << 1) + Code.qualname];
  words[word + FunctionObject.defaults] = defaults;
  words[word + FunctionObject.kwdefaults] = kwdefaults;
  words[word + FunctionObject.closure] = closure;
  words[word + FunctionObject.dict] = 0;
  words[word + FunctionObject.builtins] = words[State.builtinsDict];
  words[word + FunctionObject.annotations] = annotate;
  if ((words[(code << 1) + Code.flags] & CodeFlag.hasDocstring) !== 0) {
    copyValue(ref + (FunctionObject.doc >> 1), words[(code << 1) + Code.constants] + 1);
  } else setRef(ref + (FunctionObject.doc >> 1), Fixed.none);
  const module = dictFindString(globals, N.__name__);
  if (module !== 0) copyValue(ref + (FunctionObject.module >> 1), module);
  else setRef(ref + (FunctionObject.module >> 1), Fixed.none);
  return ref;
}

function freeCount(code: number): number {
  return tupleSize(words[(code << 1) + Code.freeNames]);
}

staticNatives(T.function, {
  '__new__(cls, code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)': (args, result) => {
    if (kindAt(args + 1) !== Kind.code) {
      raiseTypeError(`function() argument 'code' must be code, not ${argumentType(args + 1)}`);
    }
    if (kindAt(args + 2) !== Kind.dict) {
      raiseTypeError(`function() argument 'globals' must be dict, not ${argumentType(args + 2)}`);
    }
    const none = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;
    const optional = (slot: number): number => (none(slot) ? 0 : refAt(slot));
    if (!none(args + 3) && !isStr(args + 3)) raiseTypeError('arg 3 (name) must be None or string');
    if (!none(args + 4) && kindAt(args + 4) !== Kind.tuple) raiseTypeError('arg 4 (defaults) must be None or tuple');
    if (!none(args + 6) && kindAt(args + 6) !== Kind.dict) raiseTypeError('arg 6 (kwdefaults) must be None or dict');
    const free = freeCount(refAt(args + 1));
    if (kindAt(args + 5) !== Kind.tuple) {
      if (free > 0 && none(args + 5)) raiseTypeError('arg 5 (closure) must be tuple');
      if (!none(args + 5)) raiseTypeError('arg 5 (closure) must be None or tuple');
    }
    const closure = none(args + 5) ? 0 : refAt(args + 5);
    const cells = closure === 0 ? 0 : tupleSize(closure);
    if (cells !== free) {
      const name = stringOf(words[(refAt(args + 1) << 1) + Code.name]);
      raiseValueError(`${name} requires closure of length ${free}, not ${cells}`);
    }
    for (let i = 0; i < cells; i++) {
      if (kindAt(tupleItem(closure, i)) !== Kind.cell) {
        raiseTypeError(`arg 5 (closure) expected cell, found ${typeName(tupleItem(closure, i))}`);
      }
    }
    const ref = newFunction(
      refAt(args + 1),
      refAt(args + 2),
      optional(args + 4),
      optional(args + 6),
      cells === 0 ? 0 : closure,
      0,
    );
    if (isStr(args + 3)) words[(ref << 1) + FunctionObject.name] = refAt(args + 3);
    words[(ref << 1) + FunctionObject.builtins] = builtinsAmong(refAt(args + 2));
    setRef(result, ref);
  },
});
/** The builtins, a dict or another mapping, that the running code sees. */
export function runningBuiltins(): number {
  const frame = words[State.frame];
  const fn = frame === 0 ? 0 : words[(frame << 1) + Frame.function];
  return (fn === 0 ? 0 : words[(fn << 1) + FunctionObject.builtins]) || words[State.builtinsDict];
}
/** Those that a function with these globals sees: what `__builtins__` among them says, else the running code's. */
function builtinsAmong(globals: number): number {
  const cell = dictFindString(globals, N.__builtins__);
  if (cell === 0 || !isRef(cell)) return runningBuiltins();
  return kindAt(cell) === Kind.module ? words[(refAt(cell) << 1) + Module.dict] : refAt(cell);
}

function isNoneAt(slot: number): boolean {
  return isRef(slot) && refAt(slot) === Fixed.none;
}

natives(T.function, {
  '__call__(self, /, *args, **kwargs)': (args, result) => callBoundWithArguments(args, args + 1, args + 2, result),
  '__get__(self, instance, owner=None, /)': (args, result) => {
    if (!isNoneAt(args + 1)) bindMethod(args, args + 1, result);
    else if (isNoneAt(args + 2)) raiseTypeError('__get__(None, None) is invalid');
    else copyValue(result, args);
  },
  '__repr__(self, /)': (args, result) => {
    const qualname = stringOf(words[(refAt(args) << 1) + FunctionObject.qualname]);
    setRef(result, newString(`<function ${qualname} at ${addressText(args)}>`));
  },
});

// Bound methods
getset(T.method, '__func__', valueField(Method.function), readOnly);
getset(T.method, '__self__', valueField(Method.self), readOnly);
getset(T.method, '__doc__', (object, result) => {
  if (!findAttribute(refAt(object) + (Method.function >> 1), N.__doc__, result)) setRef(result, Fixed.none);
});
staticNatives(T.method, {
  '__new__(cls, function, instance, /)': (args, result) => {
    if (isRef(args + 2) && refAt(args + 2) === Fixed.none) raiseTypeError('instance must not be None');
    bindMethod(args + 1, args + 2, result);
  },
});
natives(T.method, {
  '__call__(self, /, *args, **kwargs)': (args, result) => callBoundWithArguments(args, args + 1, args + 2, result),
  '__get__(self, instance, owner=None, /)': (args, result) => copyValue(result, args),
  '__repr__(self, /)': (args, result) => {
    const method = refAt(args);
    const base = pushSlots(1);
    let name = '?';
    for (const attribute of [N.__qualname__, N.__name__]) {
      if (name === '?' && findAttribute(method + (Method.function >> 1), attribute, base) && isStr(base)) {
        name = stringOf(refAt(base));
      }
    }
    const self = stringOf(repr(refAt(args) + (Method.self >> 1)));
    popSlots(1);
    setRef(result, newString(`<bound method ${name} of ${self}>`));
  },
  '__eq__(self, value, /)': (args, result) => {
    if (kindAt(args + 1) !== Kind.method) {
      setRef(result, Fixed.notImplemented);
      return;
    }
    const [a, b] = [refAt(args), refAt(args + 1)];
    const same =
      identical(a + (Method.function >> 1), b + (Method.function >> 1)) &&
      identical(a + (Method.self >> 1), b + (Method.self >> 1));
    setBool(result, same);
  },
  '__hash__(self, /)': (args, result) => {
    const ref = refAt(args);
    const self = isRef(ref + (Method.self >> 1))
      ? refAt(ref + (Method.self >> 1))
      : tableHash(ref + (Method.self >> 1));
    setInt(result, (Math.imul(self, 31) + tableHash(ref + (Method.function >> 1))) | 0);
  },
  '__getattribute__(self, name, /)': (args, result) => {
    const name = attributeName(args + 1);
    if (!genericAttribute(args, name, result)) raiseNoAttribute(args, name);
  },
});

// Natives: bound or free (builtin_function_or_method) and methods of types (wrapper_descriptor)
const ownerName = (ref: number): string => typeNameOf(words[(ref << 1) + Native.owner]);
function isBound(ref: number): boolean {
  return !isNull(ref + (Native.self >> 1));
}
function nativeNameOf(ref: number): string {
  return stringOf(words[(ref << 1) + Native.name]);
}
for (const type of [T.builtin_function_or_method, T.method_wrapper, T.method_descriptor, T.wrapper_descriptor]) {
  getset(type, '__name__', (object, result) => setRef(result, words[(refAt(object) << 1) + Native.name]));
  getset(type, '__qualname__', (object, result) => {
    const ref = refAt(object);
    const owner = nativeTable[words[(ref << 1) + Native.number]].owner;
    const name = nativeNameOf(ref);
    setRef(result, newString(typeof owner === 'string' ? name : `${shortTypeName(owner)}.${name}`));
  });
  getset(type, '__doc__', (object, result) => {
    const { name, text, owner } = nativeTable[words[(refAt(object) << 1) + Native.number]];
    const known = functionDocumentation(typeof owner === 'string' ? owner : shortTypeName(owner), name);
    setRef(result, newString(known || `${name}(${parametersText(text).replaceAll('=...', '')})`));
  });
  getset(type, '__text_signature__', (object, result) => {
    const { text, kind } = nativeTable[words[(refAt(object) << 1) + Native.number]];
    let parameters = parametersText(text).replaceAll('=...', '=<unrepresentable>');
    if (kind !== NativeKind.function && parameters.startsWith('self')) parameters = `$${parameters}`;
    setRef(result, newString(`(${parameters})`));
  });
}
for (const type of [T.builtin_function_or_method, T.method_wrapper]) {
  getset(type, '__self__', (object, result) => {
    const ref = refAt(object);
    const owner = words[(ref << 1) + Native.owner];
    if (isBound(ref)) copyValue(result, ref + (Native.self >> 1));
    else setRef(result, owner === 0 ? Fixed.none : owner);
  });
}
getset(T.builtin_function_or_method, '__module__', (object, result) => {
  const { owner } = nativeTable[words[(refAt(object) << 1) + Native.number]];
  setRef(result, typeof owner === 'string' ? intern(owner) : Fixed.none);
});
for (const type of [T.method_wrapper, T.method_descriptor, T.wrapper_descriptor]) {
  getset(
    type,
    '__objclass__',
    (object, result) => setRef(result, words[(refAt(object) << 1) + Native.owner]),
    readOnly,
  );
}
for (const type of [T.builtin_function_or_method, T.method_wrapper])
  natives(type, {
    '__call__(self, /, *args, **kwargs)': (args, result) => callBoundWithArguments(args, args + 1, args + 2, result),
    '__repr__(self, /)': (args, result) => {
      const ref = refAt(args);
      const name = nativeNameOf(ref);
      const native = nativeTable[words[(ref << 1) + Native.number]];
      let text: string;
      if (isBound(ref)) {
        const self = ref + (Native.self >> 1);
        const what = words[ref << 1] === T.method_wrapper ? 'method-wrapper' : 'built-in method';
        const shown = what === 'method-wrapper' ? `'${name}'` : name;
        const address = isRef(self) ? addressText(self) : addressText(args);
        text = `<${what} ${shown} of ${typeName(self)} object at ${address}>`;
      } else if (typeof native.owner === 'number') {
        text = `<built-in method ${name} of type object at ${addressText(ownerSlot(ref))}>`;
      } else text = `<built-in function ${name}>`;
      setRef(result, newString(text));
    },
    '__eq__(self, value, /)': (args, result) => {
      if (kindAt(args + 1) !== Kind.native) {
        setRef(result, Fixed.notImplemented);
        return;
      }
      const [a, b] = [refAt(args), refAt(args + 1)];
      const same = words[(a << 1) + Native.number] === words[(b << 1) + Native.number];
      setBool(result, same && identical(a + (Native.self >> 1), b + (Native.self >> 1)));
    },
    '__hash__(self, /)': (args, result) => {
      const ref = refAt(args);
      const self = ref + (Native.self >> 1);
      setInt(result, (Math.imul(words[self << 1], 31) + words[(ref << 1) + Native.number]) | 0);
    },
  });
function ownerSlot(ref: number): number {
  return typeSlot(words[(ref << 1) + Native.owner]);
}
for (const type of [T.method_descriptor, T.wrapper_descriptor])
  natives(type, {
    '__call__(self, /, *args, **kwargs)': (args, result) => callBoundWithArguments(args, args + 1, args + 2, result),
    '__get__(self, instance, owner=None, /)': (args, result) => {
      if (isNoneAt(args + 1)) {
        if (isNoneAt(args + 2)) raiseTypeError('__get__(None, None) is invalid');
        copyValue(result, args);
        return;
      }
      const owner = words[(refAt(args) << 1) + Native.owner];
      if (!isSubtype(typeOf(args + 1), owner)) {
        const name = nativeNameOf(refAt(args));
        raiseTypeError(
          `descriptor '${name}' for '${typeNameOf(owner)}' objects doesn't apply to a '${typeName(args + 1)}' object`,
        );
      }
      bindNative(refAt(args), args + 1, result);
    },
    '__repr__(self, /)': (args, result) => {
      const ref = refAt(args);
      const name = nativeNameOf(ref);
      const what = words[ref << 1] === T.wrapper_descriptor ? 'slot wrapper' : 'method';
      setRef(result, newString(`<${what} '${name}' of '${ownerName(ref)}' objects>`));
    },
  });

// staticmethod and classmethod
/** A new staticmethod or classmethod around the value in a slot. Allocates only. */
export function newWrapper(type: number, value: number): number {
  const ref = allocateOfType(type, 2);
  words[(ref << 1) + Wrapper.dict] = 0;
  copyValue(ref + (Wrapper.value >> 1), value);
  return ref;
}
for (const type of [T.staticmethod, T.classmethod]) {
  const name = type === T.staticmethod ? 'staticmethod' : 'classmethod';
  staticNatives(type, {
    '__new__(cls, /, *args, **kwargs)': (args, result) => {
      const none = pushSlots(1);
      setRef(none, Fixed.none);
      setRef(result, newWrapper(refAt(args), none));
      popSlots(1);
    },
  });
  natives(type, {
    '__init__(self, function, /)': (args, result) => {
      copyValue(refAt(args) + (Wrapper.value >> 1), args + 1);
      setRef(result, Fixed.none);
    },
  });
  // the names and the docstring are what the wrapped function has, until somebody looks at the dict
  getset(
    type,
    '__dict__',
    (object, result) => {
      const slot = pushSlots(1);
      const dict = makeDictOf(refAt(object));
      for (const attribute of [N.__module__, N.__name__, N.__qualname__, N.__doc__]) {
        const known = dictFindString(dict, attribute) !== 0;
        if (!known && findAttribute(refAt(object) + (Wrapper.value >> 1), attribute, slot)) {
          dictSetString(dict, attribute, slot);
        }
      }
      setRef(result, dict);
      popSlots(1);
    },
    (object, value) => {
      if (isNull(value) || kindAt(value) !== Kind.dict) raiseTypeError('__dict__ must be set to a dictionary');
      setDictOf(refAt(object), refAt(value));
    },
  );
  getset(type, '__func__', valueField(Wrapper.value));
  getset(type, '__wrapped__', valueField(Wrapper.value));
  getset(type, '__isabstractmethod__', (object, result) => {
    setBool(result, isAbstract(refAt(object) + (Wrapper.value >> 1)));
  });
  getset(type, '__doc__', (object, result) => {
    if (!findAttribute(refAt(object) + (Wrapper.value >> 1), N.__doc__, result)) setRef(result, Fixed.none);
  });
  natives(type, {
    '__repr__(self, /)': (args, result) => {
      const inner = stringOf(repr(refAt(args) + (Wrapper.value >> 1)));
      setRef(result, newString(`<${name}(${inner})>`));
    },
  });
}
/** True if the value has a true `__isabstractmethod__`. May call Python. */
export function isAbstract(value: number): boolean {
  const base = pushSlots(1);
  const abstract = findAttribute(value, N.__isabstractmethod__, base) && truth(base);
  popSlots(1);
  return abstract;
}
natives(T.staticmethod, {
  '__call__(self, /, *args, **kwargs)': (args, result) =>
    callBoundWithArguments(refAt(args) + (Wrapper.value >> 1), args + 1, args + 2, result),
  '__get__(self, instance, owner=None, /)': (args, result) => copyValue(result, refAt(args) + (Wrapper.value >> 1)),
});
natives(T.classmethod, {
  '__get__(self, instance, owner=None, /)': (args, result) => {
    const base = pushSlots(2);
    copyValue(base, refAt(args) + (Wrapper.value >> 1));
    if (isRef(args + 2) && refAt(args + 2) === Fixed.none) setRef(base + 1, typeOf(args + 1));
    else copyValue(base + 1, args + 2);
    if (isNativeMethod(words[refAt(base) << 1])) bindNative(refAt(base), base + 1, result);
    else bindMethod(base, base + 1, result);
    popSlots(2);
  },
});

// Class methods of built-in types
getset(
  T.classmethod_descriptor,
  '__objclass__',
  (object, result) => {
    setRef(result, words[(words[(refAt(object) + (Wrapper.value >> 1)) << 1] << 1) + Native.owner]);
  },
  readOnly,
);
for (const name of ['__name__', '__qualname__', '__doc__', '__text_signature__']) {
  getset(T.classmethod_descriptor, name, (object, result) => {
    getAttribute(refAt(object) + (Wrapper.value >> 1), intern(name), result);
  });
}
natives(T.classmethod_descriptor, {
  '__call__(self, /, *args, **kwargs)': (args, result) => {
    const native = refAt(refAt(args) + (Wrapper.value >> 1));
    const tuple = refAt(args + 1);
    const owner = words[(native << 1) + Native.owner];
    const name = nativeNameOf(native);
    if (words[(tuple << 1) + Tuple.size] === 0) {
      raiseTypeError(`descriptor '${name}' of '${typeNameOf(owner)}' object needs an argument`);
    }
    const first = tupleItem(tuple, 0);
    if (!isType(first)) {
      raiseTypeError(
        `descriptor '${name}' for type '${typeNameOf(owner)}' needs a type, not a '${typeName(first)}' as arg 2`,
      );
    }
    if (!isSubtype(refAt(first), owner)) {
      const [wanted, got] = [typeNameOf(owner), typeNameOf(refAt(first))];
      raiseTypeError(`descriptor '${name}' requires a subtype of '${wanted}' but received '${got}'`);
    }
    callBoundWithArguments(refAt(args) + (Wrapper.value >> 1), args + 1, args + 2, result);
  },
  '__get__(self, instance, owner=None, /)': (args, result) => {
    const base = pushSlots(1);
    if (isNoneAt(args + 2)) {
      if (isNoneAt(args + 1)) raiseTypeError('__get__(None, None) is invalid');
      setRef(base, typeOf(args + 1));
    } else copyValue(base, args + 2);
    bindNative(refAt(refAt(args) + (Wrapper.value >> 1)), base, result);
    popSlots(1);
  },
  '__repr__(self, /)': (args, result) => {
    const native = refAt(refAt(args) + (Wrapper.value >> 1));
    setRef(result, newString(`<method '${nativeNameOf(native)}' of '${ownerName(native)}' objects>`));
  },
});

// Descriptors of native attributes and of __slots__ members
/** A getset descriptor: `getter` is a native's number, or -(slot + 1) for a member of __slots__. Allocates only. */
export function newGetSet(type: number, getter: number, name: number, owner: number): number {
  const ref = allocate(3);
  const word = ref << 1;
  words[word] = type;
  words[word + GetSet.aux] = 0;
  words[word + GetSet.getter] = getter;
  words[word + GetSet.setter] = getter > 0 && nativeTable[getter].setter !== null ? getter : 0;
  words[word + GetSet.name] = name;
  words[word + GetSet.owner] = owner;
  return ref;
}
for (const type of [T.getset_descriptor, T.member_descriptor]) {
  getset(type, '__name__', (object, result) => setRef(result, words[(refAt(object) << 1) + GetSet.name]));
  getset(type, '__qualname__', (object, result) => {
    const word = refAt(object) << 1;
    setRef(result, newString(`${shortTypeName(words[word + GetSet.owner])}.${stringOf(words[word + GetSet.name])}`));
  });
  getset(type, '__objclass__', (object, result) => setRef(result, words[(refAt(object) << 1) + GetSet.owner]));
  getset(type, '__doc__', (object, result) => {
    const word = refAt(object) << 1;
    const name = stringOf(words[word + GetSet.name]);
    const known = functionDocumentation(shortTypeName(words[word + GetSet.owner]), name);
    setRef(result, known === '' ? Fixed.none : newString(known));
  });
  natives(type, {
    '__get__(self, instance, owner=None, /)': (args, result) => {
      if (isRef(args + 1) && refAt(args + 1) === Fixed.none) {
        copyValue(result, args);
        return;
      }
      const name = words[(refAt(args) << 1) + GetSet.name];
      if (!getsetGet(refAt(args), args + 1, result)) raiseNoAttribute(args + 1, name);
    },
    '__set__(self, instance, value, /)': (args, result) => {
      getsetSet(refAt(args), args + 1, words[(refAt(args) << 1) + GetSet.name], args + 2);
      setRef(result, Fixed.none);
    },
    '__delete__(self, instance, /)': (args, result) => {
      getsetSet(refAt(args), args + 1, words[(refAt(args) << 1) + GetSet.name], 0);
      setRef(result, Fixed.none);
    },
    '__repr__(self, /)': (args, result) => {
      const word = refAt(args) << 1;
      const what = type === T.member_descriptor ? 'member' : 'attribute';
      const owner = typeNameOf(words[word + GetSet.owner]);
      setRef(result, newString(`<${what} '${stringOf(words[word + GetSet.name])}' of '${owner}' objects>`));
    },
  });
}
// Cells of closures
getset(
  T.cell,
  'cell_contents',
  (object, result) => {
    if (isNull(refAt(object) + 1)) raiseValueError('Cell is empty');
    copyValue(result, refAt(object) + 1);
  },
  (object, value) => copyValue(refAt(object) + 1, value),
);
defineOperators(T.cell, {
  hash: UNHASHABLE,
  compare: (operator, left, right, result) => {
    if (!isRef(right) || words[refAt(right) << 1] !== T.cell) return false;
    const [a, b] = [refAt(left) + 1, refAt(right) + 1];
    // an empty cell comes before all others
    if (isNull(a) || isNull(b)) setBool(result, orderingMatches(operator, Number(isNull(b)) - Number(isNull(a))));
    else {
      const contents = pushSlots(2);
      copyValue(contents, a);
      copyValue(contents + 1, b);
      compare(operator, contents, contents + 1, result);
      popSlots(2);
    }
    return true;
  },
});
staticNatives(T.cell, {
  '__new__(cls, contents=..., /)': (args, result) => {
    const ref = allocate(2);
    words[ref << 1] = T.cell;
    words[(ref << 1) + 1] = 0;
    copyValue(ref + 1, args + 1);
    setRef(result, ref);
  },
});
natives(T.cell, {
  '__repr__(self, /)': (args, result) => {
    const content = refAt(args) + 1;
    const text = isNull(content)
      ? 'empty'
      : `${typeName(content)} object at ${isRef(content) ? addressText(content) : '0x0'}`;
    setRef(result, newString(`<cell at ${addressText(args)}: ${text}>`));
  },
});
