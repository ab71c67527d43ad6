/**
 * The registry of codecs: search functions, and what they found by normalized name. The `encodings` package of the
 * standard library registers the search function that finds its modules; it is imported at the first lookup, so programs
 * that use the built-in encodings only never load it. Both tables are objects of the heap. All of this calls Python.
 */
import { addRootScanner, mark } from '../heap/collector.ts';
import { Fixed, State, T } from '../heap/fixed.ts';
import { Tuple } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, sameValue, setRef } from '../heap/values.ts';
import { findAttribute } from './attributes.ts';
import { bytesData, bytesLength, isBytes, newBytesFromHeap } from './bytes.ts';
import { encodeUtf8 } from './codec-unicode.ts';
import { dictClear, dictFindString, dictSetString, newDict } from './dicts.ts';
import { becomesPythonError, PYTHON_ERROR, raise, raiseTypeError } from './errors.ts';
import { importNamed } from './import-hook.ts';
import { call, callMethod } from './invoke.ts';
import { listAppend, listItem, listSize, newList } from './lists.ts';
import { truth } from './operations.ts';
import { intern, isStr, newString } from './strings.ts';
import { tupleItem } from './tuples.ts';
import { isInstanceOf, typeName } from './types.ts';

/** list of search functions, dict of what they found; 0 before the first use */
let searchers = 0;
let found = 0;
let loaded = false;
addRootScanner(() => {
  mark(searchers);
  mark(found);
});

function tables(): void {
  searchers ||= newList(0);
  found ||= newDict();
}
export function registerSearch(searchSlot: number): void {
  tables();
  listAppend(searchers, searchSlot);
}
export function unregisterSearch(searchSlot: number): void {
  tables();
  const size = listSize(searchers);
  const kept = newList(0);
  for (let i = 0; i < size; i++) {
    if (!sameValue(listItem(searchers, i), searchSlot)) listAppend(kept, listItem(searchers, i));
  }
  if (listSize(kept) !== size) dictClear(found);
  searchers = kept;
}

/** As encodings.normalize_encoding does it, and in lower case: '_' for what is no letter, digit or dot between such. */
function normalizedName(encoding: string): string {
  return encoding
    .toLowerCase()
    .split(/[^\p{L}\p{N}.]+/u)
    .filter((part) => part !== '')
    .join('_')
    .replace(/[^\0-\x7f]/g, '');
}

/** result = the codec's tuple (encode, decode, reader, writer). Raises LookupError. */
export function lookupCodec(encoding: string, result: number): void {
  tables();
  if (/[\ud800-\udfff]/.test(encoding)) encodeUtf8(newString(encoding), 'strict');
  const name = normalizedName(encoding);
  const known = dictFindString(found, intern(name));
  if (known !== 0) {
    copyValue(result, known);
    return;
  }
  const slots = pushSlots(3);
  if (!loaded) {
    loaded = true;
    try {
      importNamed('encodings', slots);
    } catch (error) {
      loaded = false;
      throw error;
    }
  }
  for (let i = 0; i < listSize(searchers); i++) {
    copyValue(slots, listItem(searchers, i));
    setRef(slots + 1, newString(name));
    call(slots, slots + 1, 1, slots + 2);
    if (isRef(slots + 2) && refAt(slots + 2) === Fixed.none) continue;
    if (!isInstanceOf(slots + 2, T.tuple) || words[(refAt(slots + 2) << 1) + Tuple.size] !== 4) {
      raiseTypeError('codec search functions must return 4-tuples');
    }
    dictSetString(found, intern(name), slots + 2);
    copyValue(result, slots + 2);
    popSlots(3);
    return;
  }
  raise(T.LookupError, `unknown encoding: ${encoding}`);
}

/** result = codec function `which` (0 encode, 1 decode) applied to (object, errors): the first item of its answer. */
export function applyCodec(
  codec: number,
  which: 0 | 1,
  object: number,
  encoding: string,
  errors: string | null,
  result: number,
): void {
  const slots = pushSlots(3);
  copyValue(slots, tupleItem(refAt(codec), which));
  copyValue(slots + 1, object);
  if (errors !== null) setRef(slots + 2, newString(errors));
  try {
    call(slots, slots + 1, errors === null ? 1 : 2, slots);
  } catch (error) {
    if (!becomesPythonError(error)) throw error;
    words[State.stackTop] = slots + 3;
    noteCodec(which, encoding, slots);
    throw PYTHON_ERROR;
  }
  if (!isInstanceOf(slots, T.tuple) || words[(refAt(slots) << 1) + Tuple.size] !== 2) {
    raiseTypeError(`${which === 0 ? 'encoder' : 'decoder'} must return a tuple (object, integer)`);
  }
  copyValue(result, tupleItem(refAt(slots), 0));
  popSlots(3);
}

/** Adds a note to the exception in flight that says which codec failed. May call Python. */
function noteCodec(which: 0 | 1, encoding: string, slots: number): void {
  const raised = words[State.raised];
  setRef(slots, raised);
  words[State.raised] = 0;
  setRef(slots + 1, newString(`${which === 0 ? 'encoding' : 'decoding'} with '${encoding}' codec failed`));
  callMethod(slots, 'add_note', slots + 1, 1, slots + 1);
  words[State.raised] = raised;
}

/** Is the codec one between text and bytes? So says CodecInfo._is_text_encoding; plain tuples are trusted. */
export function isTextEncoding(codec: number): boolean {
  if (words[refAt(codec) << 1] === T.tuple) return true;
  const slot = pushSlots(1);
  const answer = !findAttribute(codec, intern('_is_text_encoding'), slot) || truth(slot);
  popSlots(1);
  return answer;
}

function lookupText(encoding: string, which: 0 | 1, result: number): void {
  lookupCodec(encoding, result);
  if (isTextEncoding(result)) return;
  const use = which === 0 ? 'encode' : 'decode';
  raise(T.LookupError, `'${encoding}' is not a text encoding; use codecs.${use}() to handle arbitrary codecs`);
}

/** str.encode by a codec of the registry. */
export function encodeByRegistry(ref: number, encoding: string, errors: string): number {
  const slots = pushSlots(2);
  setRef(slots, ref);
  lookupText(encoding, 0, slots + 1);
  applyCodec(slots + 1, 0, slots, encoding, errors, slots);
  if (!isBytes(slots)) {
    raiseTypeError(
      `'${encoding}' encoder returned '${typeName(slots)}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types`,
    );
  }
  const answer = refAt(slots);
  popSlots(2);
  return answer;
}

/** bytes.decode by a codec of the registry. */
export function decodeByRegistry(
  data: number,
  length: number,
  encoding: string,
  errors: string,
  source: number,
): number {
  const slots = pushSlots(2);
  setRef(slots, source);
  const whole = isBytes(slots) && bytesData(source) === data && bytesLength(source) === length;
  if (!whole) setRef(slots, newBytesFromHeap(data, length));
  lookupText(encoding, 1, slots + 1);
  applyCodec(slots + 1, 1, slots, encoding, errors, slots);
  if (!isStr(slots)) {
    raiseTypeError(
      `'${encoding}' decoder returned '${typeName(slots)}' instead of 'str'; use codecs.decode() to decode to arbitrary types`,
    );
  }
  const answer = refAt(slots);
  popSlots(2);
  return answer;
}
