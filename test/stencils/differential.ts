/**
 * Compares every stencil of this machine's processor with its TypeScript reference, and prints the outcome as JSON. A
 * program of its own, with no test framework: stencils.test.ts bundles it and runs it natively and, for aarch64 on
 * another machine, under qemu.
 *
 * One sample: random operands in random registers, all other registers filled with random bits. helper_resume loads the
 * whole register file from the heap and jumps to the sample's code (the stencil, then an exit stub); exit_common brings
 * the register file back. So one comparison sees the result, every register that must not have changed, and the memory.
 */
import { addon, addonProblem } from '../../src/addon/load.ts';
import { Fixed, HEAP_START, SPILL_CELLS, State, StateCell, T } from '../../src/heap/fixed.ts';
import { heapBuffer, words } from '../../src/heap/memory.ts';
import { TAG_INT, TAG_REF } from '../../src/heap/values.ts';
import { architectureOf } from '../../src/jit/architectures.ts';
import { BranchTarget, loadStencilLibrary, Source } from '../../src/jit/stencil-library.ts';
import { bitsOf, EXIT, floatOfBits, type Machine, type Operand, uopReferences } from '../../src/jit/uop-references.ts';
import { type Uop, type UopType, uopTable } from '../../src/jit/uops.ts';
import { type Fixtures, makeFixtures } from './fixtures.ts';

export interface FormReport {
  readonly name: string;
  readonly constant: boolean;
  readonly samples: number;
  readonly exits: number;
  readonly failures: readonly string[];
}
export interface Report {
  readonly architecture: string;
  readonly forms: readonly FormReport[];
}

const SAMPLES = 150;
const CODE_BYTES = 16 << 20;
const NORMAL_EXIT = 0x12345;
const SIDE_EXIT = 7;
const HELPER_RESULT = 0xfffe123456789abcn;
/** Objects and frames of the samples lie here. */
const ARENA = HEAP_START + 4096;
const ARENA_CELLS = 320;

if (addon === null) throw new Error(addonProblem);
const native = addon;
const architecture = architectureOf(process.arch)!;
const library = loadStencilLibrary(architecture.name);
const cells = new BigUint64Array(heapBuffer);
library.code = new Uint8Array(native.mapCode(CODE_BYTES, State.codeBase * 4));
const codeBase = cells[State.codeBase / 2];

let seed = Number(process.argv[2] ?? 1);
function random32(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
const below = (limit: number): number => random32() % limit;
const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)];
const random64 = (): bigint => (BigInt(random32()) << 32n) | BigInt(random32());

// biome-ignore format: a table
const INTS = [
  0n, 1n, -1n, 2n, -2n, 7n, 63n, 64n, 255n, 4095n, 4096n, 65535n, 65536n, 2n ** 31n, 2n ** 31n - 1n,
  2n ** 32n - 1n, 2n ** 32n, 2n ** 47n - 1n, 2n ** 47n, -(2n ** 47n), -(2n ** 47n) - 1n, 2n ** 48n, 2n ** 62n,
  2n ** 63n - 1n, -(2n ** 63n), -(2n ** 31n), -(2n ** 32n), -3n, 3n,
];
// biome-ignore format: a table
const FLOATS = [
  0, -0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2, 3, NaN, Infinity, -Infinity, 5e-324, -5e-324, Number.MAX_VALUE,
  -Number.MAX_VALUE, 2 ** 31, 2 ** 47, 2 ** 51 + 0.5, 2 ** 52, 2 ** 53, -(2 ** 52) - 1, 2 ** 63, -(2 ** 63),
  2 ** 62, 1e300, 1e-300, 0.1, -0.1, 4503599627370495.5, -4503599627370495.5,
];
const tagged = (high: number, low: bigint): bigint => BigInt.asUintN(64, BigInt(high) << 32n) | low;
const VALUES = [
  ...[Fixed.none, Fixed.true, Fixed.false, 0].map((cell) => tagged(TAG_REF, BigInt(cell))),
  tagged(TAG_INT, 0n),
  tagged(TAG_INT, 1n),
  tagged(-65537, 0xffffffffn),
  0xfffdffffffffffffn,
  0xfffe000000000000n,
  0xfffeffffffffffffn,
  0xffff000000000000n,
  0xffff0000ffffffffn,
  0xfff8000000000000n,
  0x7ff8000000000000n,
  0n,
  0x8000000000000000n,
];

function randomInt(): bigint {
  const kind = below(5);
  if (kind === 0) return pick(INTS);
  if (kind === 1) return BigInt(below(200)) - 100n;
  if (kind === 2 && below(2) === 0) return BigInt.asIntN(64, 2n ** 63n + BigInt(below(20)) - 10n);
  return BigInt.asIntN(1 + below(64), random64());
}
function randomFloat(): number {
  const kind = below(4);
  if (kind === 0) return pick(FLOATS);
  if (kind === 1) return below(2000) / 8 - 125;
  if (kind === 2) return Number(BigInt.asIntN(1 + below(64), random64())) / 2 ** below(60);
  const any = floatOfBits(random64());
  return any;
}
function randomOperand(type: UopType): Operand {
  switch (type) {
    case 'int':
      return randomInt();
    case 'float':
      return randomFloat();
    case 'bool':
      return below(2) === 1;
    case 'ref':
      return below(3) === 0 ? pick([0, 1, Fixed.true, T.list, 4095, 4096, 0xffff, 0x10000]) : random32();
    case 'value': {
      const kind = below(5);
      if (kind === 0) return pick(VALUES);
      if (kind === 1) return tagged(TAG_INT, BigInt.asUintN(48, randomInt()));
      if (kind === 2) return tagged(TAG_REF, BigInt(random32()));
      if (kind === 3) return bitsOf(randomFloat(), 'float');
      return random64();
    }
  }
}
const randomConstant = (): bigint =>
  below(2) === 0 ? pick(INTS.filter((n) => n === BigInt.asIntN(32, n))) : BigInt.asIntN(1 + below(32), random64());

/** Everything about one try. */
interface Sample {
  operands: Operand[];
  /** by Source.result .. c; -1 when absent */
  registers: number[];
  machine: Machine;
  /** value of an operand given as a constant, else null */
  constant: bigint | null;
  /** code offsets */
  start: number;
  landing: number;
}

const arenaObject = (): number => ARENA + below(100);
/** Of the uop being tested, if it looks at strings or dicts. */
let fixtures: Fixtures | null = null;

/** Bytes of object, frame and state memory that a uop reaches: operands and immediates that stay inside. */
function chooseMemory(uop: Uop, sample: Sample): void {
  const { machine, operands } = sample;
  const memory = uop.reads || uop.writes;
  if (uop.operands[0] === 'ref' && ['word', 'field', 'item', 'byte'].includes(memory)) operands[0] = arenaObject();
  if (uop.operands[1] === 'int' && (memory === 'item' || memory === 'byte' || uop.name === 'load_tuple_item'))
    operands[1] = BigInt(below(100));
  if (memory === 'field' || uop.name === 'load_frame' || uop.name.startsWith('store_frame'))
    machine.immediate = 8 * below(100);
  if (memory === 'word') machine.immediate = 4 * below(200);
  if (memory === 'byte') {
    const unit = uop.name === 'load_half' ? 2 : uop.name === 'load_unit' ? 4 : 1;
    machine.immediate = unit * below(400);
  }
  if (uop.name.endsWith('_frame_word') || uop.name === 'store_landing') machine.immediate = 4 * below(200);
  if (uop.name === 'move_frame') machine.immediate = 8 * (below(2) === 0 ? below(30) : below(2000) - 1000);
  if (uop.name === 'set_frame') operands[0] = arenaObject();
  if (uop.name === 'copy_items') {
    operands[0] = pick(fixtures!.arrays);
    operands[1] = arenaObject();
    operands[2] = BigInt(below(20));
    return;
  }
  if (fixtures !== null) {
    const key = pick(fixtures.strings);
    operands[0] = uop.reads === 'dict' ? fixtures.dict : pick(fixtures.strings);
    if (uop.name === 'find_int_key') {
      if (below(3) > 0)
        operands[1] = fixtures.ints.length > 0 && below(2) === 0 ? pick(fixtures.ints) : BigInt(below(40) - 3);
    } else if (uop.operands.length > 1) operands[1] = uop.name === 'equal_str' && below(3) === 0 ? operands[0] : key;
  }
  if (/^(spill|reload)_/.test(uop.name)) machine.immediate = below(SPILL_CELLS);
  if (/_state$/.test(uop.name))
    machine.immediate = 4 * pick([State.handled, State.raised, State.pc, State.nextTypeVersion]);
  if (uop.name === 'helper_argument') machine.immediate = below(16);
  if (uop.name === 'const_ref') machine.immediate = random32() >> below(32);
  if (uop.name === 'call_helper') machine.immediate = 1 + below(1000);
}

/** Immediates of guards: right half of the time. */
function chooseGuarded(uop: Uop, sample: Sample): void {
  const { machine, operands } = sample;
  const right = below(2) === 0;
  const object = operands[0] as number;
  switch (uop.name) {
    case 'guard_type':
      machine.immediate = right ? words[object * 2] : pick([T.list, 5000, random32() | 0]);
      break;
    case 'guard_header':
      machine.wide = right ? cells[object] : pick([random64(), cells[object] + 1n, cells[object] ^ (1n << 40n), 1200n]);
      break;
    case 'guard_word':
      machine.second = right ? words[object * 2 + machine.immediate / 4] : pick([0, 5, -5, 4095, 4096, random32() | 0]);
      break;
    case 'guard_value':
    case 'guard_not_value': {
      machine.wide = right ? (operands[0] as bigint) : pick([...VALUES, BigInt.asUintN(64, randomInt())]);
      break;
    }
    case 'guard_ref':
    case 'guard_not_ref':
      machine.immediate = right ? object | 0 : pick([0, 5, 4095, random32() | 0]);
      break;
    case 'guard_tag':
      machine.immediate = below(3);
      break;
    case 'const_int':
    case 'const_value':
    case 'const_float':
    case 'store_header':
      machine.wide = pick([
        random64(),
        BigInt(random32()),
        BigInt(below(65536)),
        pick(VALUES),
        BigInt.asUintN(64, randomInt()),
        bitsOf(pick(FLOATS), 'float'),
      ]);
      if (uop.name === 'const_float' && floatOfBits(machine.wide) !== floatOfBits(machine.wide)) machine.wide = 0n;
      break;
    case 'allocate':
      machine.immediate = 1 + below(300);
      break;
    case 'allocate_array':
      machine.immediate = below(4);
      operands[0] = pick([0n, 1n, 100n, -1n, 4096n, 4097n, BigInt(below(300)), randomInt()]);
      break;
    case 'int_to_ref':
      operands[0] = BigInt(random32());
      break;
    case 'negative_int':
      if (below(4) === 0) operands[0] = -(2n ** 63n);
      break;
    case 'guard_index':
      if (right) operands[0] = BigInt(below(50));
      if (sample.constant === null && below(2) === 0) operands[1] = BigInt(below(100));
      break;
    case 'jump_return':
      operands[0] = right ? 0 : normalStub;
      break;
  }
  // Equal operands are what equality is about.
  if (/equal|same|less|greater/.test(uop.name) && uop.operands.length === 2 && below(3) === 0)
    operands[0] = operands[1];
  if (/shift/.test(uop.name) && sample.constant === null && below(4) > 0) operands[1] = BigInt(below(70));
}

/** Registers as the allocator may choose them: see the head of stencil-library.ts. */
function chooseRegisters(uop: Uop, form: number, sample: Sample): void {
  const types = [uop.result, ...uop.operands];
  const tied = library.tied(form);
  const count = sample.constant === null ? uop.operands.length : uop.operands.length - 1;
  const { registers, operands } = sample;
  const used: number[][] = [[], []];
  for (let i = 0; i < count; i++) {
    const float = uop.operands[i] === 'float' ? 1 : 0;
    const same = operands.findIndex(
      (other, j) => j < i && uop.operands[j] === uop.operands[i] && Object.is(other, operands[i]),
    );
    if (same >= 0 && below(2) === 0) registers[i + 1] = registers[same + 1];
    else {
      const free = (float ? architecture.allocatableFloat : architecture.allocatableGeneral).filter(
        (register) => !used[float].includes(register),
      );
      registers[i + 1] = pick(free);
    }
    used[float].push(registers[i + 1]);
  }
  if (uop.result === null) return;
  if (tied >= 0) {
    registers[0] = registers[tied + 1];
    return;
  }
  const float = types[0] === 'float' ? 1 : 0;
  const all = float ? architecture.allocatableFloat : architecture.allocatableGeneral;
  const taken = used[float];
  if (!library.earlyClobber(form) && taken.length > 0 && below(3) === 0) registers[0] = pick(taken);
  else registers[0] = pick(all.filter((register) => !taken.includes(register)));
}

let place = 0;
function link(from: number, exit: number, target: number): void {
  for (let i = from; i < library.branchCount; i++)
    library.patchBranch(
      library.branchOffsets[i],
      library.branchKinds[i],
      library.branchTargets[i] === BranchTarget.exit ? exit : target,
    );
}
function copySpecial(name: string, immediate: number, target: number): number {
  const start = place;
  library.branchCount = 0;
  library.operands[Source.immediate] = immediate;
  place = library.copy(library.findSpecial(name), place);
  link(0, 0, target);
  return start;
}
copySpecial('entry', 0, 0);
const exitCommon = copySpecial('exit_common', 0, 0);
const helperResume = copySpecial('helper_resume', 0, 0);
const normalStub = copySpecial('exit_stub', NORMAL_EXIT, exitCommon);
function emit(uop: Uop, form: number, sample: Sample): void {
  const { operands } = library;
  const { machine } = sample;
  sample.start = place;
  for (let source = 0; source < 4; source++) operands[source] = sample.registers[source];
  operands[Source.immediate] = uop.wide ? Number(BigInt.asIntN(32, machine.wide)) : machine.immediate;
  operands[Source.immediateHigh] = Number(BigInt.asIntN(32, machine.wide >> 32n));
  operands[Source.second] = uop.name === 'call_helper' ? SIDE_EXIT : machine.second;
  operands[Source.constant] = sample.constant === null ? 0 : Number(sample.constant);
  library.branchCount = 0;
  place = library.copy(form, place);
  const branches = library.branchCount;
  const kinds = Array.from(library.branchKinds.subarray(0, branches));
  const targets = Array.from(library.branchTargets.subarray(0, branches));
  const offsets = Array.from(library.branchOffsets.subarray(0, branches));
  copySpecial('exit_stub', uop.name.startsWith('jump') ? 999 : NORMAL_EXIT, exitCommon);
  sample.landing = copySpecial('exit_stub', SIDE_EXIT, exitCommon);
  machine.landing = sample.landing;
  offsets.forEach((at, i) => {
    const elsewhere = uop.name === 'call_helper' ? exitCommon : normalStub;
    library.patchBranch(at, kinds[i], targets[i] === BranchTarget.exit ? sample.landing : elsewhere);
  });
}

// What a sample may read or write, kept and compared: [first cell, count].
const regions = [
  [1, 62],
  [StateCell.spill, SPILL_CELLS + 17],
  [ARENA - 1100, ARENA_CELLS + 2200],
] as const;
const save = (): BigUint64Array[] => regions.map(([first, count]) => cells.slice(first, first + count));
function restore(saved: BigUint64Array[]): void {
  for (let i = 0; i < saved.length; i++) cells.set(saved[i], regions[i][0]);
}
/** What the way in and out of machine code itself writes. */
function forgetEntryState(): void {
  cells[State.nativeTarget / 2] = 0n;
  cells[State.resumeAddress / 2] = 0n;
  words[State.exitNumber] = 0;
  words[State.frame] = 0;
  words[State.helper] = 0;
}

const generals = new BigUint64Array(32);
const floats = new BigUint64Array(32);

function callHelper(): bigint {
  cells[StateCell.helperResult] = HELPER_RESULT;
  return HELPER_RESULT;
}

function enter(address: number): void {
  cells[State.nativeTarget / 2] = codeBase + BigInt(address);
  native.enter();
}

const isNaNBits = (bits: bigint): boolean => floatOfBits(bits) !== floatOfBits(bits);

function describe(uop: Uop, sample: Sample): string {
  const { machine, registers, constant } = sample;
  const operands = sample.operands.map((operand) => (Object.is(operand, -0) ? '-0' : String(operand))).join(' ');
  return `${uop.name}(${operands}) registers ${registers.join(' ')}${constant === null ? '' : ` constant ${constant}`} immediates ${machine.immediate} ${machine.second} 0x${machine.wide.toString(16)} frame ${machine.frame}`;
}

/** Runs one sample; the text of what is wrong, or null; counts exits. */
function run(uop: Uop, form: number, sample: Sample): { problem: string | null; exited: boolean } {
  const { machine, registers } = sample;
  const registerCount = sample.constant === null ? uop.operands.length : uop.operands.length - 1;
  for (let i = 0; i < 32; i++) {
    generals[i] = random64();
    floats[i] = random64();
  }
  for (let i = 0; i < registerCount; i++)
    (uop.operands[i] === 'float' ? floats : generals)[registers[i + 1]] = bitsOf(sample.operands[i], uop.operands[i]);
  const before = save();
  cells.set(generals, StateCell.generalRegisters);
  cells.set(floats, StateCell.floatRegisters);
  words[State.frame] = machine.frame;
  words[State.helper] = 0;
  cells[State.resumeAddress / 2] = codeBase + BigInt(sample.start);
  enter(helperResume);
  let helperProblem: string | null = null;
  if (words[State.helper] !== 0) {
    if (words[State.helper] !== machine.immediate || words[State.exitNumber] !== SIDE_EXIT)
      helperProblem = 'wrong helper';
    words[State.helper] = 0;
    cells[StateCell.helperResult] = HELPER_RESULT;
    enter(helperResume);
  }
  const exit = words[State.exitNumber];
  const frame = words[State.frame];
  forgetEntryState();
  const nativeMemory = save();
  const nativeGenerals = cells.slice(StateCell.generalRegisters, StateCell.generalRegisters + 32);
  const nativeFloats = cells.slice(StateCell.floatRegisters, StateCell.floatRegisters + 32);
  restore(before);
  const [a, b, c] = sample.operands;
  const reference = uopReferences[uop.number]!;
  const outcome = reference(machine, a, b, c);
  forgetEntryState();
  const referenceMemory = save();
  restore(before);
  const exited = outcome === EXIT;
  const fail = (what: string): { problem: string; exited: boolean } => ({
    problem: `${what}: ${describe(uop, sample)}`,
    exited,
  });

  if (helperProblem) return fail(helperProblem);
  if (exit !== (exited ? SIDE_EXIT : NORMAL_EXIT))
    return fail(
      `native ${exit === SIDE_EXIT ? 'exits' : `goes on (${exit})`}, reference ${exited ? 'exits' : `gives ${String(outcome)}`}`,
    );
  if (frame !== machine.frame) return fail(`native frame ${frame}, reference ${machine.frame}`);
  const resultFloat = uop.result === 'float';
  if (!exited && uop.result !== null) {
    const found = (resultFloat ? nativeFloats : nativeGenerals)[registers[0]];
    const expected = bitsOf(outcome as Operand, uop.result);
    if (found !== expected && !((resultFloat || uop.name === 'box_float') && isNaNBits(found) && isNaNBits(expected)))
      return fail(`native 0x${found.toString(16)}, reference 0x${expected.toString(16)}`);
  }
  const untouched = exited && library.resultAfterExit(form);
  for (const register of architecture.allocatableGeneral)
    if (
      nativeGenerals[register] !== generals[register] &&
      (untouched || uop.result === null || resultFloat || register !== registers[0])
    )
      return fail(`register ${architecture.general[register]} is destroyed`);
  for (const register of architecture.allocatableFloat)
    if (nativeFloats[register] !== floats[register] && (untouched || !resultFloat || register !== registers[0]))
      return fail(`register ${architecture.float[register]} is destroyed`);
  for (let region = 0; region < regions.length; region++)
    for (let i = 0; i < regions[region][1]; i++)
      if (nativeMemory[region][i] !== referenceMemory[region][i])
        return fail(
          `cell ${regions[region][0] + i}: native 0x${nativeMemory[region][i].toString(16)}, reference 0x${referenceMemory[region][i].toString(16)}`,
        );
  return { problem: null, exited };
}

function fillArena(): void {
  for (let cell = ARENA - 1100; cell < ARENA + ARENA_CELLS + 1100; cell++) {
    const kind = below(6);
    // Headers as objects have them, values, small words.
    cells[cell] =
      kind === 0
        ? BigInt(pick([T.list, T.tuple, T.dict, T.str]))
        : kind === 1
          ? (BigInt(below(1 << 20)) << 32n) | BigInt(below(1 << 21))
          : kind === 2
            ? pick(VALUES)
            : random64();
  }
}

/** Code goes to ever new addresses: qemu before 8.1 does not notice that code was replaced through the other mapping. */
function testForm(form: number): FormReport {
  const uop = uopTable[library.formUop[form]];
  const constant = library.find(uop.number, true) === form;

  fillArena();
  fixtures = /_str$|copy_items/.test(uop.name) || uop.reads === 'dict' ? makeFixtures(ARENA, below) : null;
  words[State.allocPointer] = ARENA + 100;
  words[State.allocLimit] = ARENA + 250;
  words[State.interrupt] = 0;
  const from = place;
  const samples: Sample[] = [];
  const failures: string[] = [];
  let exits = 0;
  const count = uop.operands.length === 0 && uop.immediates === 0 ? 10 : SAMPLES;
  for (let i = 0; i < count; i++) {
    const sample: Sample = {
      operands: uop.operands.map(randomOperand),
      registers: [-1, -1, -1, -1],
      machine: { frame: arenaObject(), immediate: 0, wide: 0n, second: 0, landing: 0, callHelper },
      constant: constant ? randomConstant() : null,
      start: 0,
      landing: 0,
    };
    chooseMemory(uop, sample);
    if (constant) {
      const last = uop.constantOperand;
      const { constant: value } = sample;
      sample.operands[last] = uop.operands[last] === 'ref' ? Number(BigInt.asUintN(32, value!)) : value!;
    }
    chooseGuarded(uop, sample);
    chooseRegisters(uop, form, sample);
    try {
      emit(uop, form, sample);
    } catch (error) {
      failures.push(`${(error as Error).message}: ${describe(uop, sample)}`);
      continue;
    }
    samples.push(sample);
  }
  native.publish(from, place - from);
  samples.forEach((sample, i) => {
    if (uop.name === 'guard_no_interrupt') words[State.interrupt] = i % 2;
    const { problem, exited } = run(uop, form, sample);
    if (problem) failures.push(problem);
    if (exited) exits++;
  });
  words[State.interrupt] = 0;
  return { name: uop.name, constant, samples: samples.length, exits, failures: failures.slice(0, 5) };
}

native.publish(0, place);
const forms: FormReport[] = [];
for (let form = 0; form < library.formCount; form++) if (library.formUop[form] >= 0) forms.push(testForm(form));
const report: Report = { architecture: architecture.name, forms };
process.stdout.write(`${JSON.stringify(report)}\n`);
