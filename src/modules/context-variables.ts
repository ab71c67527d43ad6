/**
 * The _contextvars module: ContextVar, Context, Token. A context's values lie in a dict that copies of the context share
 * until one of them changes a variable; so copying is cheap, which event loops do for every callback. Turned down: CPython's
 * trie of immutable nodes; contexts hold few variables, and a dict is what machine code and TypeScript know best.
 */
import { Fixed, State, T } from '../heap/fixed.ts';
import { RecordObject, Tuple, Type } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef } from '../heap/values.ts';
import { declareType, materializeType, newRecord, recordValue } from '../objects/declared-types.ts';
import {
  dictCopy,
  dictCount,
  dictDelete,
  dictFind,
  dictFindString,
  dictSet,
  dictSetString,
  newDict,
} from '../objects/dicts.ts';
import { raiseKeyError, raiseRuntimeError, raiseTypeError, raiseValueError, raiseWith } from '../objects/errors.ts';
import { makeGeneric } from '../objects/generic-aliases.ts';
import { setBool } from '../objects/integers.ts';
import { callKeywords, callMethod } from '../objects/invoke.ts';
import { registerModule } from '../objects/modules.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { equals, iterate, repr } from '../objects/operations.ts';
import { CompareOperator } from '../objects/operators.ts';
import { spread } from '../objects/spread.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { defineOperators, UNHASHABLE } from '../objects/type-operators.ts';
import { isInstanceOf } from '../objects/types.ts';

/** values: 0 name, 1 default or NULL */
const VARIABLE = declareType({ name: 'ContextVar', module: '_contextvars', values: 2, final: true });
/** values: 0 the variable, 1 the context, 2 the old value or NULL; aux: TokenState */
const TOKEN = declareType({ name: 'Token', module: '_contextvars', values: 3, final: true });
/** values: 0 the dict, 1 the context that was current when this one was entered; aux: ContextState bits */
const CONTEXT = declareType({ name: 'Context', module: '_contextvars', values: 2, final: true });
/** Token.MISSING */
const MISSING = declareType({ name: 'Token.MISSING', module: '_contextvars', values: 0, final: true, hidden: true });

enum ContextState {
  entered = 1,
  /** another context may hold the same dict */
  shared = 2,
}
enum TokenState {
  fresh,
  used,
}

function newContext(): number {
  const context = newRecord(CONTEXT);
  setRef(recordValue(context, 0), newDict());
  return context;
}
function dictOfContext(context: number): number {
  return refAt(recordValue(context, 0));
}
/** The dict of a context that is about to change. */
function changingDict(context: number): number {
  const word = (context << 1) + RecordObject.aux;
  if ((words[word] & ContextState.shared) !== 0) {
    setRef(recordValue(context, 0), dictCopy(dictOfContext(context)));
    words[word] &= ~ContextState.shared;
  }
  return dictOfContext(context);
}
function copyContext(context: number): number {
  const copy = newRecord(CONTEXT);
  copyValue(recordValue(copy, 0), recordValue(context, 0));
  words[(copy << 1) + RecordObject.aux] = ContextState.shared;
  words[(context << 1) + RecordObject.aux] |= ContextState.shared;
  return copy;
}
/** The running thread's context; made at first need. */
function currentContext(): number {
  if (words[State.context] === 0) {
    const context = newContext();
    words[(context << 1) + RecordObject.aux] = ContextState.entered;
    words[State.context] = context;
  }
  return words[State.context];
}

function isRecord(slot: number, type: number): boolean {
  return isRef(slot) && words[refAt(slot) << 1] === type;
}
function addressText(slot: number): string {
  return `0x${(refAt(slot) * 8).toString(16).padStart(12, '0')}`;
}

// ContextVar

staticNatives(VARIABLE, {
  '__new__(cls, name, /, *, default=...)': (args, result) => {
    if (!isStr(args + 1)) raiseTypeError('context variable name must be a str');
    const variable = newRecord(VARIABLE);
    copyValue(recordValue(variable, 0), args + 1);
    copyValue(recordValue(variable, 1), args + 2);
    setRef(result, variable);
  },
});
natives(VARIABLE, {
  'get(self, default=..., /)': (args, result) => {
    const context = words[State.context];
    const found = context === 0 ? 0 : dictFind(dictOfContext(context), args);
    if (found !== 0) copyValue(result, found);
    else if (!isNull(args + 1)) copyValue(result, args + 1);
    else {
      const value = recordValue(refAt(args), 1);
      if (isNull(value)) raiseWith(T.LookupError, args);
      copyValue(result, value);
    }
  },
  'set(self, value, /)': (args, result) => {
    const context = currentContext();
    const token = newRecord(TOKEN);
    copyValue(recordValue(token, 0), args);
    setRef(recordValue(token, 1), context);
    const dict = changingDict(context);
    const old = dictFind(dict, args);
    if (old !== 0) copyValue(recordValue(token, 2), old);
    dictSet(dict, args, args + 1);
    setRef(result, token);
  },
  'reset(self, token, /)': (args, result) => {
    if (!isRecord(args + 1, TOKEN)) {
      raiseTypeError(`expected an instance of Token, got ${stringOf(repr(args + 1))}`);
    }
    resetVariable(args, args + 1);
    setRef(result, Fixed.none);
  },
});
getset(VARIABLE, 'name', (object, result) => copyValue(result, recordValue(refAt(object), 0)));
makeGeneric(VARIABLE);
defineOperators(VARIABLE, {
  repr: (object) => {
    const value = recordValue(refAt(object), 1);
    const name = stringOf(repr(recordValue(refAt(object), 0)));
    const rest = isNull(value) ? '' : ` default=${stringOf(repr(value))}`;
    return newString(`<ContextVar name=${name}${rest} at ${addressText(object)}>`);
  },
});

function resetVariable(variable: number, tokenSlot: number): void {
  const token = refAt(tokenSlot);
  if (words[(token << 1) + RecordObject.aux] === TokenState.used) {
    raiseRuntimeError(`${stringOf(repr(tokenSlot))} has already been used once`);
  }
  if (refAt(recordValue(token, 0)) !== refAt(variable)) {
    raiseValueError(`${stringOf(repr(tokenSlot))} was created by a different ContextVar`);
  }
  const context = currentContext();
  if (refAt(recordValue(token, 1)) !== context) {
    raiseValueError(`${stringOf(repr(tokenSlot))} was created in a different Context`);
  }
  words[(token << 1) + RecordObject.aux] = TokenState.used;
  const dict = changingDict(context);
  if (isNull(recordValue(token, 2))) {
    if (!dictDelete(dict, variable)) raiseWith(T.LookupError, variable);
  } else dictSet(dict, variable, recordValue(token, 2));
}

// Token

staticNatives(TOKEN, {
  '__new__(cls, /, *args, **kwargs)': () => raiseRuntimeError('Tokens can only be created by ContextVars'),
});
natives(TOKEN, {
  '__enter__(self, /)': (args, result) => copyValue(result, args),
  '__exit__(self, type, val, tb, /)': (args, result) => {
    resetVariable(recordValue(refAt(args), 0), args);
    setRef(result, Fixed.none);
  },
});
getset(TOKEN, 'var', (object, result) => copyValue(result, recordValue(refAt(object), 0)));
getset(TOKEN, 'old_value', (object, result) => {
  const old = recordValue(refAt(object), 2);
  if (isNull(old)) setRef(result, missing());
  else copyValue(result, old);
});
makeGeneric(TOKEN);
defineOperators(TOKEN, {
  hash: UNHASHABLE,
  repr: (object) => {
    const used = words[(refAt(object) << 1) + RecordObject.aux] === TokenState.used ? ' used' : '';
    const variable = stringOf(repr(recordValue(refAt(object), 0)));
    return newString(`<Token${used} var=${variable} at ${addressText(object)}>`);
  },
});
defineOperators(MISSING, { repr: () => newString('<Token.MISSING>') });
staticNatives(MISSING, {
  '__new__(cls, /, *args, **kwargs)': () => raiseTypeError("cannot create 'Token.MISSING' instances"),
});

/** Token.MISSING, from the type's namespace. */
function missing(): number {
  return refAt(dictFindString(words[(TOKEN << 1) + Type.dict], intern('MISSING')));
}

// Context

function runInContext(context: number, callable: number, args: number, count: number, names: number, result: number) {
  const record = refAt(context);
  const word = (record << 1) + RecordObject.aux;
  if ((words[word] & ContextState.entered) !== 0) {
    raiseRuntimeError(`cannot enter context: ${stringOf(repr(context))} is already entered`);
  }
  words[word] |= ContextState.entered;
  const previous = words[State.context];
  if (previous === 0) setNull(recordValue(record, 1));
  else setRef(recordValue(record, 1), previous);
  words[State.context] = record;
  try {
    callKeywords(callable, args, count, names, result);
  } finally {
    words[State.context] = previous;
    words[word] &= ~ContextState.entered;
    setNull(recordValue(record, 1));
  }
}

staticNatives(CONTEXT, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    if (words[(refAt(args + 1) << 1) + Tuple.size] > 0 || dictCount(refAt(args + 2)) > 0) {
      raiseTypeError('Context() does not accept any arguments');
    }
    setRef(result, newContext());
  },
});
function contextKey(slot: number): void {
  if (!isRecord(slot, VARIABLE)) raiseTypeError(`a ContextVar key was expected, got ${stringOf(repr(slot))}`);
}
/** A view of the context's dict as it is now, by the dict's method of that name. */
function view(name: string) {
  return (args: number, result: number): void => {
    const slot = pushSlots(1);
    setRef(slot, dictCopy(dictOfContext(refAt(args))));
    callMethod(slot, name, slot, 0, slot);
    iterate(slot, result);
    popSlots(1);
  };
}
natives(CONTEXT, {
  'run(self, callable=..., /, *args, **kwargs)': (args, result) => {
    if (isNull(args + 1)) raiseTypeError('run() missing 1 required positional argument');
    spread(
      (callable, first, count, names, into) => runInContext(args, callable, first, count, names, into),
      args + 1,
      0,
      0,
      args + 2,
      args + 3,
      result,
    );
  },
  'copy(self, /)': (args, result) => setRef(result, copyContext(refAt(args))),
  'get(self, key, default=None, /)': (args, result) => {
    contextKey(args + 1);
    const found = dictFind(dictOfContext(refAt(args)), args + 1);
    copyValue(result, found === 0 ? args + 2 : found);
  },
  'keys(self, /)': view('keys'),
  'values(self, /)': view('values'),
  'items(self, /)': view('items'),
});
defineOperators(CONTEXT, {
  hash: UNHASHABLE,
  length: (context) => dictCount(dictOfContext(refAt(context))),
  getItem: (context, key, result) => {
    contextKey(key);
    const found = dictFind(dictOfContext(refAt(context)), key);
    if (found === 0) raiseKeyError(key);
    copyValue(result, found);
  },
  contains: (context, item) => {
    contextKey(item);
    return dictFind(dictOfContext(refAt(context)), item) !== 0;
  },
  iterate: view('keys'),
  compareOperators: [CompareOperator.equal, CompareOperator.notEqual],
  compare: (operator, left, right, result) => {
    if (!isInstanceOf(right, CONTEXT)) return false;
    if (operator !== CompareOperator.equal && operator !== CompareOperator.notEqual) return false;
    const same = equals(recordValue(refAt(left), 0), recordValue(refAt(right), 0));
    setBool(result, same === (operator === CompareOperator.equal));
    return true;
  },
});

natives('_contextvars', {
  'copy_context()': (_args, result) => setRef(result, copyContext(currentContext())),
});
registerModule('_contextvars', () => {
  materializeType(TOKEN);
  const slots = pushSlots(1);
  setRef(slots, newRecord(MISSING));
  dictSetString(words[(TOKEN << 1) + Type.dict], intern('MISSING'), slots);
  popSlots(1);
});
