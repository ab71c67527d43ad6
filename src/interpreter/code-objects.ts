/**
 * Code objects as Python sees them: the attributes, the tables of lines and positions, replace() and the constructor.
 * `co_code` is our own register code, four bytes a word, so a code unit of two bytes (what f_lasti and co_positions count
 * by) is half a word. The tables are in CPython's form (code-tables.ts).
 */
import type { CodeDescription, Constant } from '../compiler/code.ts';
import { type RegisterNames, registerName } from '../compiler/disassemble.ts';
import { fallsThrough, instructionLength, Op, operandKinds } from '../compiler/instructions.ts';
import { Fixed, T } from '../heap/fixed.ts';
import { ArrayObject, Code, CodeFlag, Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, isRef, refAt, setNull, setRef, setSmallInt } from '../heap/values.ts';
import { bytesView, isBytes, newBytesFrom } from '../objects/bytes.ts';
import { raise, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { indexOf, isInt, setBool, setInt } from '../objects/integers.ts';
import { listIterator } from '../objects/iterators.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { getset, natives, staticNatives } from '../objects/natives.ts';
import { equals, tableHash } from '../objects/operations.ts';
import { isStr, newString, stringHash, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { kindAt, typeName } from '../objects/types.ts';
import { warn } from '../objects/warnings.ts';
import { describeInstructions } from './code-descriptions.ts';
import { ENTRY_WORDS, entryLine, passedLines, visibleOffset } from './code-positions.ts';
import { decodeHandlers, decodeLines, encodeHandlers, encodeLines } from './code-tables.ts';
import { loadCode } from './loader.ts';

/** Code units of two bytes in a word of ours. */
const UNITS = 2;

/** Flags of CPython's that lie elsewhere with us, or that are ours alone. */
const HAS_DOCSTRING = 0x4000000;
const OWN_FLAGS = ~0xfffff;

function pythonFlags(code: number): number {
  const flags = words[(code << 1) + Code.flags];
  return (flags & 0xfffff) | ((flags & CodeFlag.hasDocstring) !== 0 ? HAS_DOCSTRING : 0);
}

function refField(field: Code): (object: number, result: number) => void {
  return (object, result) => setRef(result, words[(refAt(object) << 1) + field]);
}
function intField(field: Code): (object: number, result: number) => void {
  return (object, result) => setSmallInt(result, words[(refAt(object) << 1) + field]);
}

/** Which operand of an instruction is where it jumps to, -1: none. */
function jumpOperand(op: Op): number {
  return operandKinds[Op[op] as keyof typeof operandKinds].indexOf('j');
}

/** The bytes of an array of words. */
function bytesOfWords(array: ArrayLike<number>): number {
  const copy = Int32Array.from(array);
  return newBytesFrom(new Uint8Array(copy.buffer));
}
/** co_code: the entry, then the instructions as the compiler made them. */
function visibleCode(code: number): number {
  return bytesOfWords([Op.RESUME, ...describeInstructions(code)]);
}
function tableWords(array: number): Int32Array {
  if (array === 0) return new Int32Array(0);
  const first = (array << 1) + ArrayObject.data;
  return words.subarray(first, first + (words[(array << 1) + ArrayObject.length] >> 2));
}
function lineTableBytes(code: number): number {
  const runs = placesOf(code);
  return newBytesFrom(encodeLines(runs.length === 1 ? [] : runs, words[(code << 1) + Code.firstLine]));
}
function handlerTableBytes(code: number): number {
  return newBytesFrom(encodeHandlers(tableWords(words[(code << 1) + Code.exceptionTable])));
}

getset(T.code, 'co_name', refField(Code.name));
getset(T.code, 'co_qualname', refField(Code.qualname));
getset(T.code, 'co_filename', refField(Code.filename));
getset(T.code, 'co_names', refField(Code.names));
getset(T.code, 'co_varnames', refField(Code.variableNames));
getset(T.code, 'co_cellvars', refField(Code.cellNames));
getset(T.code, 'co_freevars', refField(Code.freeNames));
getset(T.code, 'co_argcount', intField(Code.argCount));
getset(T.code, 'co_posonlyargcount', intField(Code.positionalOnlyCount));
getset(T.code, 'co_kwonlyargcount', intField(Code.keywordOnlyCount));
getset(T.code, 'co_nlocals', intField(Code.localCount));
getset(T.code, 'co_stacksize', intField(Code.registerCount));
getset(T.code, 'co_firstlineno', intField(Code.firstLine));
getset(T.code, 'co_flags', (object, result) => setSmallInt(result, pythonFlags(refAt(object))));
getset(T.code, 'co_consts', (object, result) => setRef(result, constantsOf(refAt(object))));
getset(T.code, 'co_code', (object, result) => setRef(result, visibleCode(refAt(object))));
getset(T.code, '_co_code_adaptive', (object, result) =>
  setRef(result, bytesOfWords([Op.RESUME, ...describeInstructions(refAt(object), true)])),
);
getset(T.code, 'co_linetable', (object, result) => setRef(result, lineTableBytes(refAt(object))));
getset(T.code, 'co_exceptiontable', (object, result) => setRef(result, handlerTableBytes(refAt(object))));
getset(T.code, 'co_lnotab', (object, result) => {
  warn(T.DeprecationWarning, 'co_lnotab is deprecated, use co_lines instead.');
  setRef(result, lineDeltas(refAt(object)));
});

/** The constants as a tuple; where the compiler left nothing, None. */
function constantsOf(code: number): number {
  const constants = words[(code << 1) + Code.constants];
  const count = words[(constants << 1) + ArrayObject.length];
  const tuple = newTuple(count);
  for (let i = 0; i < count; i++) {
    if (isNull(constants + 1 + i)) setRef(tupleItem(tuple, i), Fixed.none);
    else copyValue(tupleItem(tuple, i), constants + 1 + i);
  }
  return tuple;
}

interface Position {
  /** in words, `end` exclusive */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The line table, the first entry stretched to the beginning. */
function positionsOf(code: number): Position[] {
  const table = words[(code << 1) + Code.lineTable];
  const total = words[(code << 1) + Code.instructionWords];
  const positions: Position[] = [];
  if (table === 0) return positions;
  const first = (table << 1) + ArrayObject.data;
  const count = Math.floor((words[(table << 1) + ArrayObject.length] >> 2) / 5);
  for (let i = 0; i < count; i++) {
    const [start, line, column, endLine, endColumn] = words.subarray(first + i * 5, first + i * 5 + 5);
    const end = i + 1 < count ? words[first + (i + 1) * 5] : total;
    const last = positions[positions.length - 1];
    // what belongs to no line shows that of the code before it
    if (line < 0 && last !== undefined) positions.push({ ...last, start, end });
    else if (line < 0) {
      // what prepares the registers shows the first line of the body
      let next = first + (i + 1) * 5;
      while (next < first + count * 5 && words[next + 1] < 0) next += 5;
      const [, nextLine, nextColumn, nextEndLine, nextEndColumn] = words.subarray(next, next + 5);
      const known = next < first + count * 5;
      const at = known ? nextLine : entryLine(code);
      const endLine = known ? nextEndLine : at;
      const columns = known ? [nextColumn, nextEndColumn] : [0, 0];
      positions.push({ start: 0, end, line: at, column: columns[0], endLine, endColumn: columns[1] });
    } else positions.push({ start: i === 0 ? 0 : start, end, line, column, endLine, endColumn });
  }
  return positions;
}

/** The same with the entry. */
function placesOf(code: number): Position[] {
  const line = entryLine(code);
  const positions = positionsOf(code);
  // without columns in the table the entry has none either
  const column = positions.some((position) => position.column >= 0) ? 0 : -1;
  return [{ start: -ENTRY_WORDS, end: 0, line, column, endLine: line, endColumn: column }, ...positions];
}

/** Runs of instructions of one line: start and end in bytes, line. A line without instructions has the byte before it. */
function linesOf(code: number): { start: number; end: number; line: number }[] {
  const positions = positionsOf(code);
  if (positions.length === 0) return [];
  const lines = [{ start: 0, end: visibleOffset(0), line: entryLine(code) }];
  const passed = passedLines(code);
  for (const { start, end, line } of positions) {
    if (end === start) continue;
    const before = passed.get(start) ?? [];
    for (let i = 0; i < before.length; i++) {
      const at = visibleOffset(start) - before.length + i;
      if (lines[lines.length - 1].line === before[i]) {
        lines[lines.length - 1].end = at + 1;
        continue;
      }
      lines[lines.length - 1].end = at;
      lines.push({ start: at, end: at + 1, line: before[i] });
    }
    const last = lines[lines.length - 1];
    if (last.line === line) last.end = visibleOffset(end);
    else lines.push({ start: visibleOffset(start), end: visibleOffset(end), line });
  }
  return lines;
}

/** The old table: pairs of bytes, how far the code and the line go on. */
function lineDeltas(code: number): number {
  const pairs: number[] = [];
  let line = words[(code << 1) + Code.firstLine];
  let offset = 0;
  for (const run of linesOf(code)) {
    let bytes = run.start - offset;
    let delta = run.line - line;
    for (; bytes > 254; bytes -= 254) pairs.push(254, 0);
    for (; delta > 127; delta -= 127, bytes = 0) pairs.push(bytes, 127);
    for (; delta < -128; delta += 128, bytes = 0) pairs.push(bytes, 0x80);
    if (bytes !== 0 || delta !== 0) pairs.push(bytes, delta & 0xff);
    offset = run.start;
    line = run.line;
  }
  return newBytesFrom(Uint8Array.from(pairs));
}

function numberOrNone(slot: number, value: number): void {
  if (value < 0) setRef(slot, Fixed.none);
  else setSmallInt(slot, value);
}

defineOperators(T.code, {
  repr: (object) => {
    const c = refAt(object) << 1;
    const address = `0x${(refAt(object) * 8).toString(16).padStart(12, '0')}`;
    const name = stringOf(words[c + Code.name]);
    const file = stringOf(words[c + Code.filename]);
    return newString(`<code object ${name} at ${address}, file "${file}", line ${words[c + Code.firstLine]}>`);
  },
  compareOperators: [2, 3],
  compare: (operator, left, right, result) => {
    if (!isRef(right) || words[refAt(right) << 1] !== T.code) return false;
    setBool(result, sameCode(refAt(left), refAt(right)) === (operator === 2));
    return true;
  },
});

const sameWords = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.prototype.every.call(a, (word: number, i: number) => word === b[i]);

/** Same in all but the file. Comparing constants may call Python. */
function sameCode(a: number, b: number): boolean {
  if (a === b) return true;
  const fields = [
    Code.firstLine,
    Code.argCount,
    Code.positionalOnlyCount,
    Code.keywordOnlyCount,
    Code.localCount,
    Code.instructionWords,
  ];
  for (const field of fields) if (words[(a << 1) + field] !== words[(b << 1) + field]) return false;
  if (pythonFlags(a) !== pythonFlags(b)) return false;
  if (!sameWords(describeInstructions(a), describeInstructions(b))) return false;
  const tableOf = (code: number, field: Code): Int32Array => {
    const table = words[(code << 1) + field];
    if (table === 0) return new Int32Array(0);
    const first = (table << 1) + ArrayObject.data;
    return words.slice(first, first + (words[(table << 1) + ArrayObject.length] >> 2));
  };
  for (const field of [Code.lineTable, Code.exceptionTable]) {
    if (!sameWords(tableOf(a, field), tableOf(b, field))) return false;
  }
  const slots = pushSlots(2);
  const same = [Code.name, Code.names, Code.variableNames, Code.cellNames, Code.freeNames].every((field) => {
    setRef(slots, words[(a << 1) + field]);
    setRef(slots + 1, words[(b << 1) + field]);
    return equals(slots, slots + 1);
  });
  const equal = same && sameConstants(a, b, slots);
  popSlots(2);
  return equal;
}

/** Constants are the same if they are equal and of one type, within tuples too. */
function sameConstants(a: number, b: number, slots: number): boolean {
  setRef(slots, constantsOf(a));
  setRef(slots + 1, constantsOf(b));
  return sameValues(slots, slots + 1);
}
function sameValues(a: number, b: number): boolean {
  const isTuple = kindAt(a) === Kind.tuple && kindAt(b) === Kind.tuple;
  if (!isTuple) return typeName(a) === typeName(b) && equals(a, b);
  const [left, right] = [refAt(a), refAt(b)];
  if (tupleSize(left) !== tupleSize(right)) return false;
  for (let i = 0; i < tupleSize(left); i++) if (!sameValues(tupleItem(left, i), tupleItem(right, i))) return false;
  return true;
}

/** What names registers. */
function namesOf(code: number): RegisterNames {
  const c = code << 1;
  const texts = (tuple: number): string[] => {
    const list: string[] = [];
    for (let i = 0; i < tupleSize(tuple); i++) list.push(stringOf(refAt(tupleItem(tuple, i))));
    return list;
  };
  return {
    variableNames: texts(words[c + Code.variableNames]),
    cellNames: texts(words[c + Code.cellNames]),
    freeNames: texts(words[c + Code.freeNames]),
    firstFree: words[c + Code.firstFree],
  };
}

/** What makes up a code object for Python; slots from `first` on. */
enum Part {
  argcount,
  posonlyargcount,
  kwonlyargcount,
  nlocals,
  stacksize,
  flags,
  code,
  consts,
  names,
  varnames,
  filename,
  name,
  qualname,
  firstlineno,
  linetable,
  exceptiontable,
  freevars,
  cellvars,
  count,
}
const partNames = Object.keys(Part).filter((key) => Number.isNaN(Number(key)) && key !== 'count');

/** Writes the parts of a code object to slots. */
function loadParts(code: number, first: number): void {
  const object = pushSlots(1);
  setRef(object, code);
  const c = code << 1;
  const ints: readonly (readonly [Part, number])[] = [
    [Part.argcount, words[c + Code.argCount]],
    [Part.posonlyargcount, words[c + Code.positionalOnlyCount]],
    [Part.kwonlyargcount, words[c + Code.keywordOnlyCount]],
    [Part.nlocals, words[c + Code.localCount]],
    [Part.stacksize, words[c + Code.registerCount]],
    [Part.flags, pythonFlags(code)],
    [Part.firstlineno, words[c + Code.firstLine]],
  ];
  for (const [part, value] of ints) setSmallInt(first + part, value);
  const refs: readonly (readonly [Part, number])[] = [
    [Part.code, visibleCode(code)],
    [Part.consts, constantsOf(code)],
    [Part.names, words[c + Code.names]],
    [Part.varnames, words[c + Code.variableNames]],
    [Part.filename, words[c + Code.filename]],
    [Part.name, words[c + Code.name]],
    [Part.qualname, words[c + Code.qualname]],
    [Part.linetable, lineTableBytes(code)],
    [Part.exceptiontable, handlerTableBytes(code)],
    [Part.freevars, words[c + Code.freeNames]],
    [Part.cellvars, words[c + Code.cellNames]],
  ];
  for (const [part, ref] of refs) setRef(first + part, ref);
  popSlots(1);
}

/** How messages call a part: which of the two ways to a code object is being taken. */
function argumentName(part: Part): string {
  return replacing ? `replace() argument 'co_${partNames[part]}'` : `code() argument ${part + 1}`;
}
let replacing = false;

function partInt(first: number, part: Part): number {
  const slot = first + part;
  if (!isInt(slot)) raiseTypeError(`'${typeName(slot)}' object cannot be interpreted as an integer`);
  const value = indexOf(slot);
  if (part < Part.nlocals && value < 0) raiseValueError(`code: ${partNames[part]} must not be negative`);
  return value;
}
function partText(first: number, part: Part): string {
  const slot = first + part;
  if (!isStr(slot)) raiseTypeError(`${argumentName(part)} must be str, not ${typeName(slot)}`);
  return stringOf(refAt(slot));
}
function partNamesTuple(first: number, part: Part): string[] {
  const slot = first + part;
  if (kindAt(slot) !== Kind.tuple) raiseTypeError(`${argumentName(part)} must be tuple, not ${typeName(slot)}`);
  const names: string[] = [];
  const tuple = refAt(slot);
  for (let i = 0; i < tupleSize(tuple); i++) {
    const item = tupleItem(tuple, i);
    if (!isStr(item)) raiseTypeError(`name tuples must contain only strings, not '${typeName(item)}'`);
    names.push(stringOf(refAt(item)));
  }
  return names;
}
function partWords(first: number, part: Part): Int32Array {
  const slot = first + part;
  if (!isBytes(slot)) raiseTypeError(`${argumentName(part)} must be bytes, not ${typeName(slot)}`);
  const data = bytesView(refAt(slot)).slice();
  if (data.length % 4 !== 0) raiseValueError(`code: co_${partNames[part]} is malformed`);
  return new Int32Array(data.buffer);
}

function partTable(first: number, part: Part, decode: (bytes: Uint8Array) => Int32Array | null): Int32Array {
  const slot = first + part;
  if (!isBytes(slot)) raiseTypeError(`${argumentName(part)} must be bytes, not ${typeName(slot)}`);
  const table = decode(bytesView(refAt(slot)).slice());
  return table ?? raiseValueError(`code: co_${partNames[part]} is malformed`);
}

/** True if the words are instructions of ours from first to last. */
function isCode(code: Int32Array): boolean {
  let at = 0;
  while (at < code.length) {
    const length = instructionLength[code[at]];
    if (length === undefined || length <= 0) return false;
    at += length;
  }
  return at === code.length;
}

/** A code object of the parts; what Python does not see of it is as in `model`, 0: found out. May raise. */
function makeCode(first: number, model: number, keepsLines = false): number {
  replacing = model !== 0;
  const visible = partWords(first, Part.code);
  const instructions = visible[0] === Op.RESUME ? visible.subarray(ENTRY_WORDS) : visible;
  const variableNames = partNamesTuple(first, Part.varnames);
  const cellNames = partNamesTuple(first, Part.cellvars);
  const freeNames = partNamesTuple(first, Part.freevars);
  const argCount = partInt(first, Part.argcount);
  const positionalOnlyCount = partInt(first, Part.posonlyargcount);
  const keywordOnlyCount = partInt(first, Part.kwonlyargcount);
  const firstLine = partInt(first, Part.firstlineno);
  if (positionalOnlyCount > argCount) raiseValueError('code: posonlyargcount must not exceed argcount');
  if (partInt(first, Part.nlocals) !== variableNames.length) raiseValueError('code: co_nlocals != len(co_varnames)');
  if (instructions.length === 0 || !isCode(instructions)) raiseValueError('code: co_code is no code of copyjit');
  if (kindAt(first + Part.consts) !== Kind.tuple) {
    raiseTypeError(`${argumentName(Part.consts)} must be tuple, not ${typeName(first + Part.consts)}`);
  }
  const flags = partInt(first, Part.flags);
  const hidden = cellNames.filter((name) => !variableNames.includes(name)).length;
  const firstFree = model === 0 ? variableNames.length + hidden : words[(model << 1) + Code.firstFree];
  // whatever the parts say, there are registers for all that they and the instructions name
  const registerCount = Math.max(
    partInt(first, Part.stacksize),
    model === 0 ? 1 : words[(model << 1) + Code.registerCount],
    variableNames.length + hidden,
    firstFree + freeNames.length,
  );
  const names = partNamesTuple(first, Part.names);
  const consts = refAt(first + Part.consts);
  const count = tupleSize(consts);
  const own = model === 0 ? 0 : words[(model << 1) + Code.flags] & OWN_FLAGS & ~CodeFlag.hasDocstring;
  const constants: Constant[] = new Array(count).fill({ type: 'null' });
  const description: CodeDescription = {
    name: partText(first, Part.name),
    qualname: partText(first, Part.qualname),
    filename: partText(first, Part.filename),
    firstLine,
    argCount,
    positionalOnlyCount,
    keywordOnlyCount,
    flags: (flags & 0xfffff) | ((flags & HAS_DOCSTRING) !== 0 ? CodeFlag.hasDocstring : 0) | (own & ~CodeFlag.simple),
    variableNames,
    cellNames,
    freeNames,
    firstFree,
    registerCount,
    constants,
    names,
    instructions,
    exceptionTable: partTable(first, Part.exceptiontable, decodeHandlers),
    // the model's own knows of lines without instructions
    lineTable: keepsLines
      ? tableWords(words[(model << 1) + Code.lineTable]).slice()
      : partTable(first, Part.linetable, (bytes) => decodeLines(bytes, firstLine)),
  };
  const code = loadCode(description);
  const cells = words[(code << 1) + Code.constants];
  const before = model === 0 ? 0 : words[(model << 1) + Code.constants];
  for (let i = 0; i < count; i++) {
    const item = tupleItem(consts, i);
    const absent = before !== 0 && i < words[(before << 1) + ArrayObject.length] && isNull(before + 1 + i);
    if (absent && isRef(item) && refAt(item) === Fixed.none) setNull(cells + 1 + i);
    else copyValue(cells + 1 + i, item);
  }
  return code;
}

const replaceSignature = `(self, /, *, ${partNames.map((name) => `co_${name}=...`).join(', ')})`;
function replace(args: number, result: number): void {
  const parts = pushSlots(Part.count);
  loadParts(refAt(args), parts);
  for (let i = 0; i < Part.count; i++) if (!isNull(args + 1 + i)) copyValue(parts + i, args + 1 + i);
  const keepsLines = isNull(args + 1 + Part.linetable) && isNull(args + 1 + Part.code);
  setRef(result, makeCode(parts, refAt(args), keepsLines));
  popSlots(Part.count);
}

natives(T.code, {
  [`replace${replaceSignature}`]: replace,
  [`__replace__${replaceSignature}`]: replace,
  'co_lines(self, /)': (args, result) => {
    const slots = pushSlots(2);
    setRef(slots, newList(0));
    for (const { start, end, line } of linesOf(refAt(args))) {
      const triple = newTuple(3);
      setRef(slots + 1, triple);
      setSmallInt(tupleItem(triple, 0), start);
      setSmallInt(tupleItem(triple, 1), end);
      numberOrNone(tupleItem(triple, 2), line);
      listAppend(refAt(slots), slots + 1);
    }
    setRef(result, listIterator(refAt(slots)));
    popSlots(2);
  },
  'co_positions(self, /)': (args, result) => {
    const slots = pushSlots(2);
    setRef(slots, newList(0));
    for (const { start, end, line, column, endLine, endColumn } of placesOf(refAt(args))) {
      const four = newTuple(4);
      setRef(slots + 1, four);
      [line, endLine, column, endColumn].forEach((value, i) => {
        numberOrNone(tupleItem(four, i), value);
      });
      for (let unit = start * UNITS; unit < end * UNITS; unit++) listAppend(refAt(slots), slots + 1);
    }
    setRef(result, listIterator(refAt(slots)));
    popSlots(2);
  },
  'co_branches(self, /)': (args, result) => {
    const slots = pushSlots(2);
    setRef(slots, newList(0));
    const code = describeInstructions(refAt(args));
    for (let at = 0; at < code.length; at += instructionLength[code[at]]) {
      const jump = jumpOperand(code[at]);
      if (jump < 0 || !fallsThrough(code[at])) continue;
      const triple = newTuple(3);
      setRef(slots + 1, triple);
      const next = at + instructionLength[code[at]];
      [at, next, code[at + 1 + jump]].forEach((offset, i) => {
        setSmallInt(tupleItem(triple, i), visibleOffset(offset));
      });
      listAppend(refAt(slots), slots + 1);
    }
    setRef(result, listIterator(refAt(slots)));
    popSlots(2);
  },
  '_varname_from_oparg(self, oparg, /)': (args, result) => {
    const c = refAt(args) << 1;
    const register = indexOf(args + 1);
    if (register < 0 || register >= words[c + Code.registerCount]) raise(T.IndexError, 'tuple index out of range');
    setRef(result, newString(registerName(namesOf(refAt(args)), register)));
  },
  '__hash__(self, /)': (args, result) => {
    const c = refAt(args) << 1;
    const slot = pushSlots(1);
    let hash = stringHash(words[c + Code.name]);
    const fields = [Code.firstLine, Code.argCount, Code.positionalOnlyCount, Code.keywordOnlyCount];
    for (const field of [...fields, Code.localCount, Code.instructionWords]) {
      hash = (Math.imul(hash, 1000003) ^ words[c + field]) | 0;
    }
    for (const word of describeInstructions(refAt(args))) hash = (Math.imul(hash, 31) + word) | 0;
    for (const field of [Code.names, Code.variableNames, Code.cellNames, Code.freeNames]) {
      setRef(slot, words[c + field]);
      hash = (Math.imul(hash, 31) + tableHash(slot)) | 0;
    }
    setRef(slot, constantsOf(refAt(args)));
    hash ^= tableHash(slot);
    setInt(result, hash === -1 ? -2 : hash);
    popSlots(1);
  },
});
staticNatives(T.code, {
  '__new__(cls, argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames, filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)':
    (args, result) => setRef(result, makeCode(args + 1, 0)),
});
