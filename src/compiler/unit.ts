/**
 * A code object in the making: its instructions, labels, registers, constants, tables. The generator (expressions.ts,
 * statements.ts, ...) calls `emit` and its like; `finish` resolves jumps and makes the CodeDescription.
 *
 * Code is made in one pass, in order. Two things are tracked on the way, so that no graph of blocks is needed:
 *  - whether the present point can be reached: code that cannot is not emitted at all;
 *  - which local variables are surely bound here: a set of bits, intersected where jumps meet. A loop's header is
 *    placed before its back-edges are known, but in a loop variables only become bound, unless the function deletes
 *    them: those that it does are dropped from the set at each header and handler.
 * What registers must be cleared at entry is known at the end only, so `finish` puts the prologue in front and shifts
 * all offsets. Turned down: CPython's way, a control flow graph with passes over it; start-up time counts.
 */
import { CodeFlag } from '../heap/layouts.ts';
import type { Arguments, ImportFrom, Located } from '../parser/ast.ts';
import type { CodeDescription, Constant } from './code.ts';
import { ConstantPool, NONE } from './constants.ts';
import { instructionLength, Op, operandKinds } from './instructions.ts';
import type { Problems } from './problems.ts';
import { Access, type Binding, BindingFlag, ComprehensionKind, type Scope, ScopeKind } from './scopes.ts';

/** What all units of one compilation share. */
export interface Compilation {
  readonly problems: Problems;
  readonly scopes: Map<object, Scope>;
  readonly futureAnnotations: boolean;
  /** the last future import that stands where it may */
  readonly lastFuture: ImportFrom | null;
  /** `single` mode: the values of expression statements are printed */
  readonly interactive: boolean;
  /** 0, 1 (no asserts) or 2 (no docstrings either) */
  readonly optimize: number;
}

/** A place that jumps go to. */
/** The place of instructions that belong to no line: execution is still where it was. */
export const NOWHERE: Located = { lineno: -1, col_offset: -1, end_lineno: -1, end_col_offset: -1 };
/** Likewise, of jumps that are there only because of where code lies: who monitors jumps is not told of them. */
export const SKIPPED: Located = { lineno: -2, col_offset: -1, end_lineno: -2, end_col_offset: -1 };

export class Label {
  readonly index: number;
  position = -1;
  /** some jump or handler leads here */
  reached = false;
  bound: Int32Array | null = null;

  constructor(index: number) {
    this.index = index;
  }
}

/** A handler of exceptions: every instruction emitted while it is current is covered by it. */
export interface Handler {
  readonly label: Label;
  /** receives the exception */
  readonly register: number;
  readonly outer: Handler | null;
}

/** Statements that `return`, `break` and `continue` have to unwind; `handler` is the one current outside of it. */
export type Block =
  | { readonly kind: 'loop'; readonly handler: Handler | null; readonly exit: Label; readonly next: Label }
  /** a finally clause, compiled again wherever control leaves */
  | { readonly kind: 'finally'; readonly handler: Handler | null; readonly emit: () => void }
  /** in a handler: `emit` unbinds the clause's name and makes the exception that was handled before the current one */
  | {
      readonly kind: 'handler';
      readonly handler: Handler | null;
      readonly inFinally: boolean;
      readonly emit: () => void;
    }
  /** a with statement: `emit` calls the exit method */
  | { readonly kind: 'with'; readonly handler: Handler | null; readonly emit: () => void }
  /** except*: nothing may leave */
  | { readonly kind: 'group'; readonly handler: Handler | null }
  /** counts towards the limit on nesting only */
  | { readonly kind: 'plain'; readonly handler: Handler | null };

/** CPython's limit, which makes deeper nesting an error in the language. */
const MAXIMUM_BLOCKS = 21;

const jumpOperand: Int8Array = (() => {
  const positions = new Int8Array(256).fill(-1);
  for (const [name, kinds] of Object.entries(operandKinds))
    positions[Op[name as keyof typeof Op]] = kinds.indexOf('j') + 1;
  return positions;
})();

/** Functions through which code can see the caller's variables: registers must not hold garbage then. */
const INTROSPECTION = new Set(['locals', 'vars', 'dir', 'eval', 'exec', '_getframe', 'currentframe', 'breakpoint']);

export class CodeUnit {
  readonly compilation: Compilation;
  readonly parent: CodeUnit | null;
  readonly name: string;
  readonly qualname: string;
  readonly firstLine: number;
  /** the scope of the code object itself */
  readonly host: Scope;
  /** where names are looked up now: the host, or a comprehension inlined into it */
  scope: Scope;
  /** first free register for temporaries; users restore it when theirs are done with */
  next: number;
  readonly firstTemporary: number;
  readonly constants = new ConstantPool();
  readonly blocks: Block[] = [];
  reachable = true;
  handler: Handler | null = null;
  argCount = 0;
  positionalOnlyCount = 0;
  keywordOnlyCount = 0;
  flags = 0;

  private readonly words: number[] = [];
  private readonly labels: Label[] = [];
  private readonly jumps: number[] = [];
  private readonly names = new Map<string, number>();
  private readonly lines: number[] = [];
  private readonly table: number[] = [];
  private lastLocation: Located | null = null;
  private rangeStart = 0;
  private lastHeader = -1;
  private passed = -1;
  private passedCount = 0;
  private passedAt: Located | null = null;
  private readonly passedPlaces = new Set<number>();
  private registerCount: number;
  private readonly tracked: number;
  private bound: Int32Array;
  private readonly deletable: Int32Array;
  private readonly cleared: Int32Array;
  private introspects = false;

  constructor(
    compilation: Compilation,
    parent: CodeUnit | null,
    scope: Scope,
    name: string,
    firstLine: number,
    args: Arguments | null,
  ) {
    this.compilation = compilation;
    this.parent = parent;
    this.host = scope;
    this.scope = scope;
    this.name = name;
    this.qualname = qualifiedName(parent, scope, name);
    this.firstLine = firstLine;
    this.firstTemporary = scope.firstFree + scope.freeNames.length;
    this.next = this.firstTemporary;
    this.registerCount = this.firstTemporary;
    this.tracked = scope.variableNames.length;
    const size = (this.tracked + 31) >> 5;
    this.bound = new Int32Array(size);
    this.deletable = new Int32Array(size);
    this.cleared = new Int32Array(size);
    for (const binding of scope.bindings.values()) {
      const { register } = binding;
      if (register < 0 || register >= this.tracked) continue;
      if ((binding.flags & BindingFlag.parameter) !== 0) this.bound[register >> 5] |= 1 << register;
      if ((binding.flags & BindingFlag.deleted) !== 0) this.deletable[register >> 5] |= 1 << register;
    }
    if (args !== null) {
      this.positionalOnlyCount = args.posonlyargs.length;
      this.argCount = args.posonlyargs.length + args.args.length;
      this.keywordOnlyCount = args.kwonlyargs.length;
      if (args.vararg !== null) this.flags |= CodeFlag.varArgs;
      if (args.kwarg !== null) this.flags |= CodeFlag.varKeywords;
    }
  }

  /** Is it the code of a generator, a coroutine or an asynchronous generator? */
  get isGenerator(): boolean {
    return (this.flags & (CodeFlag.generator | CodeFlag.coroutine | CodeFlag.asyncGenerator)) !== 0;
  }

  // Registers -------------------------------------------------------------------------------------------------------

  /** A fresh temporary. */
  allocate(count = 1): number {
    const register = this.next;
    this.next += count;
    if (this.next > this.registerCount) this.registerCount = this.next;
    return register;
  }

  /** May the register be written before the value that it is for is complete? Not if it is somebody's variable. */
  isScratch(register: number): boolean {
    return register >= this.firstTemporary;
  }

  /** `target` if it may serve as a scratch register, else a fresh one. */
  scratch(target: number): number {
    return target >= this.firstTemporary ? target : this.allocate();
  }

  /** Start of a run of registers that grows upwards: `target` itself if it is the topmost temporary. */
  runStart(target: number): number {
    if (target >= this.firstTemporary && target === this.next - 1) {
      this.next = target;
      return target;
    }
    return this.next;
  }

  // Constants and names ---------------------------------------------------------------------------------------------

  /** A constant as a source operand. */
  constant(constant: Constant): number {
    return -1 - this.constants.add(constant);
  }

  none(): number {
    return this.constant(NONE);
  }

  nameIndex(name: string): number {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const index = this.names.size;
    this.names.set(name, index);
    if (INTROSPECTION.has(name)) this.introspects = true;
    return index;
  }

  // Instructions ----------------------------------------------------------------------------------------------------

  /** Emits an instruction, unless this point cannot be reached. Operands that are left out are 0. */
  emit(at: Located, op: Op, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0): void {
    if (!this.reachable) return;
    if (at !== this.lastLocation) this.mark(at);
    const { words } = this;
    const length = instructionLength[op];
    words.push(op);
    if (length > 1) words.push(a);
    if (length > 2) words.push(b);
    if (length > 3) words.push(c);
    if (length > 4) words.push(d);
    if (length > 5) words.push(e);
    if (length > 6) words.push(f);
    for (let i = 7; i < length; i++) words.push(0);
  }

  /**
   * Execution passes the line of `at` without an instruction of its own (`pass`, `try:`): whoever traces lines is told
   * nevertheless (interpreter/observation.ts). All it takes is an entry of the line table behind which the next one begins
   * at the same place; a NOP only where other paths meet before the next instruction.
   */
  pass(at: Located): void {
    if (!this.reachable) return;
    if (this.passed !== this.words.length) this.passedCount = 0;
    // more have no room in what Python sees of the line table
    if (++this.passedCount > 3) {
      this.emit(at, Op.NOP);
      return;
    }
    this.mark(at);
    this.lastLocation = null;
    this.passed = this.words.length;
    this.passedAt = at;
    this.passedPlaces.add(this.passed);
  }
  /** A label follows: other paths than this one do not pass the line. */
  private separatePassed(): void {
    if (this.reachable && this.passed === this.words.length) this.emit(this.passedAt!, Op.NOP);
  }

  private mark(at: Located): void {
    this.lastLocation = at;
    const { lines } = this;
    const { lineno, col_offset, end_lineno, end_col_offset } = at;
    const last = lines.length - 5;
    if (
      last >= 0 &&
      lines[last + 1] === lineno &&
      lines[last + 2] === col_offset &&
      lines[last + 3] === end_lineno &&
      lines[last + 4] === end_col_offset
    ) {
      return;
    }
    lines.push(this.words.length, lineno, col_offset, end_lineno, end_col_offset);
  }

  move(at: Located, target: number, source: number): void {
    if (target !== source) this.emit(at, Op.MOVE, target, source);
  }

  /** Ends the code path with a RETURN. */
  return(at: Located, source: number): void {
    this.emit(at, Op.RETURN, source);
    this.reachable = false;
  }

  raise(at: Located, exception: number, cause: number): void {
    this.emit(at, Op.RAISE, exception, cause);
    this.reachable = false;
  }

  reraise(at: Located, exception: number): void {
    this.emit(at, Op.RERAISE, exception);
    this.reachable = false;
  }

  /** Where the next instruction will be. */
  get position(): number {
    return this.words.length;
  }

  // Jumps -----------------------------------------------------------------------------------------------------------

  label(): Label {
    const label = new Label(this.labels.length);
    this.labels.push(label);
    return label;
  }

  /** Any instruction with a jump target, which is left out of the operands a, b, c in front of it. */
  branch(at: Located, op: Op, label: Label, a = 0, b = 0, c = 0): void {
    if (!this.reachable) return;
    const position = this.words.length + jumpOperand[op];
    this.emit(at, op, a, b, c);
    this.words[position] = label.index;
    this.jumps.push(position);
    this.reach(label);
  }

  jump(at: Located, label: Label): void {
    this.branch(at, Op.JUMP, label);
    this.reachable = false;
  }

  /** The loop edge. */
  jumpBack(at: Located, header: Label): void {
    this.branch(at, Op.JUMP_BACKWARD, header);
    this.reachable = false;
  }

  private reach(label: Label): void {
    if (label.position >= 0) return;
    if (label.reached) this.intersect(label.bound!, this.bound);
    else {
      label.reached = true;
      label.bound = this.bound.slice();
    }
  }

  private intersect(set: Int32Array, other: Int32Array): void {
    for (let i = 0; i < set.length; i++) set[i] &= other[i];
  }

  /** The label is here. */
  place(label: Label): void {
    if (label.reached) this.separatePassed();
    label.position = this.words.length;
    if (!label.reached) return;
    if (this.reachable) this.intersect(this.bound, label.bound!);
    else this.bound.set(label.bound!);
    this.reachable = true;
  }

  /** The target of back-edges that come later is here. */
  placeHeader(at: Located, label: Label): void {
    this.separatePassed();
    // two loops that begin at the same place would share a header
    if (this.lastHeader === this.words.length) this.emit(at, Op.NOP);
    label.position = this.words.length;
    this.lastHeader = label.position;
    this.dropDeletable(this.bound);
  }

  private dropDeletable(set: Int32Array): void {
    for (let i = 0; i < set.length; i++) set[i] &= ~this.deletable[i];
  }

  // Exceptions ------------------------------------------------------------------------------------------------------

  /** From here on exceptions go to a new handler, with the exception in `register`. */
  pushHandler(register: number): Handler {
    const label = this.label();
    if (this.reachable) {
      label.reached = true;
      label.bound = this.bound.slice();
      this.dropDeletable(label.bound);
    }
    const handler = { label, register, outer: this.handler };
    this.setHandler(handler);
    return handler;
  }

  popHandler(): void {
    this.setHandler(this.handler!.outer);
  }

  setHandler(handler: Handler | null): void {
    if (handler === this.handler) return;
    this.closeRange();
    this.handler = handler;
  }

  private closeRange(): void {
    const end = this.words.length;
    const { handler, table } = this;
    if (handler !== null && end > this.rangeStart) {
      const last = table.length - 4;
      if (last >= 0 && table[last + 1] === this.rangeStart && table[last + 2] === handler.label.index) {
        table[last + 1] = end;
      } else {
        table.push(this.rangeStart, end, handler.label.index, handler.register);
      }
    }
    this.rangeStart = end;
  }

  pushBlock(block: Block, at: Located): void {
    // CPython has a block of its own around the body of a generator or coroutine
    const around = this.isGenerator ? 1 : 0;
    if (this.blocks.length + around >= MAXIMUM_BLOCKS)
      this.compilation.problems.error(at, 'too many statically nested blocks');
    this.blocks.push(block);
  }

  // Variables -------------------------------------------------------------------------------------------------------

  /** Raises if the local variable may be unbound here; `binding` has Access.fast. */
  checkBound(at: Located, binding: Binding): void {
    const { register } = binding;
    if (register >= this.tracked) {
      if (!binding.stored) this.emit(at, Op.CHECK_BOUND, register, this.nameIndex(binding.name), 0);
      return;
    }
    const bit = 1 << register;
    if ((this.bound[register >> 5] & bit) !== 0) return;
    if (this.reachable) this.cleared[register >> 5] |= bit;
    this.emit(at, Op.CHECK_BOUND, register, this.nameIndex(binding.name), 0);
    this.bound[register >> 5] |= bit;
  }

  /** The local variable has a value now. */
  markBound(binding: Binding): void {
    const { register } = binding;
    if (register >= this.tracked) binding.stored = true;
    else this.bound[register >> 5] |= 1 << register;
  }

  /** Unbinds a local variable, with an error if it is not bound. */
  deleteFast(at: Located, binding: Binding): void {
    const { register } = binding;
    this.emit(at, Op.DELETE_FAST, register, this.nameIndex(binding.name), 0);
    if (register < this.tracked) {
      this.bound[register >> 5] &= ~(1 << register);
      this.cleared[register >> 5] |= 1 << register;
    }
  }

  /** Unbinds a local variable that is known to be bound, or does not mind. */
  clearFast(at: Located, binding: Binding): void {
    const { register } = binding;
    this.emit(at, Op.CLEAR, register);
    if (register < this.tracked) this.bound[register >> 5] &= ~(1 << register);
  }

  // Result ----------------------------------------------------------------------------------------------------------

  /** The finished code object; nothing can be emitted afterwards. */
  finish(): CodeDescription {
    this.closeRange();
    const { host, words, labels } = this;
    const prologue = this.prologue();
    const shift = prologue.length;
    for (const position of this.jumps) {
      // a back-edge leads to its loop's header, whatever stands there (a register of that number does no harm here)
      const back = words[position - 1] === Op.JUMP_BACKWARD;
      words[position] = back
        ? labels[words[position]].position + shift
        : this.finalTarget(words[position], position, shift);
    }
    const instructions = shift === 0 ? words : prologue.concat(words);
    const lineTable: number[] = [];
    if (this.lines.length === 0) lineTable.push(0, this.firstLine, 0, this.firstLine, 0);
    else if (shift > 0) lineTable.push(0, -1, -1, -1, -1);
    const { lines } = this;
    for (let i = 0; i < lines.length; i += 5) {
      lineTable.push(lines[i] + shift, lines[i + 1], lines[i + 2], lines[i + 3], lines[i + 4]);
    }
    const exceptionTable: number[] = [];
    const { table } = this;
    for (let i = 0; i < table.length; i += 4) {
      const handler = labels[table[i + 2]].position + shift;
      exceptionTable.push(table[i] + shift, table[i + 1] + shift, handler, table[i + 3]);
    }
    return {
      name: this.name,
      qualname: this.qualname,
      filename: this.compilation.problems.filename,
      firstLine: this.firstLine,
      argCount: this.argCount,
      positionalOnlyCount: this.positionalOnlyCount,
      keywordOnlyCount: this.keywordOnlyCount,
      flags: this.codeFlags(),
      variableNames: host.variableNames,
      cellNames: host.cellNames,
      freeNames: host.freeNames,
      firstFree: host.firstFree,
      registerCount: this.registerCount,
      constants: this.constants.list,
      names: [...this.names.keys()],
      instructions,
      exceptionTable,
      lineTable,
    };
  }

  /**
   * Where a jump to the label ends up, jumps at the target followed, unless they are a line of their own. Jumps are resolved in order of their place: operands
   * before `resolved` hold their final, shifted offset, later ones still their label.
   */
  private finalTarget(label: number, resolved: number, shift: number): number {
    const { words, labels } = this;
    let { position } = labels[label];
    for (let hops = 0; hops < 16 && words[position] === Op.JUMP && !this.passedPlaces.has(position); hops++) {
      const operand = words[position + 1];
      position = position + 1 < resolved ? operand - shift : labels[operand].position;
    }
    return position + shift;
  }

  private prologue(): number[] {
    const { host } = this;
    const code: number[] = [];
    if (this.isGenerator) code.push(Op.RETURN_GENERATOR);
    if (host.freeNames.length > 0) code.push(Op.COPY_FREE_VARS, host.firstFree, host.freeNames.length);
    for (const name of host.cellNames) {
      const register = host.cellRegister(name);
      if (register >= this.tracked) code.push(Op.CLEAR, register);
      code.push(Op.MAKE_CELL, register);
    }
    const parameters =
      this.argCount +
      this.keywordOnlyCount +
      ((this.flags & CodeFlag.varArgs) !== 0 ? 1 : 0) +
      ((this.flags & CodeFlag.varKeywords) !== 0 ? 1 : 0);
    for (let register = parameters; register < this.tracked; register++) {
      if (this.introspects || (this.cleared[register >> 5] & (1 << register)) !== 0) code.push(Op.CLEAR, register);
    }
    return code;
  }

  private codeFlags(): number {
    const { host } = this;
    let { flags } = this;
    if (host.isFunctionLike) flags |= CodeFlag.optimized | CodeFlag.newLocals;
    if (host.nested && host.isFunctionLike) flags |= CodeFlag.nested;
    const complex =
      CodeFlag.varArgs | CodeFlag.varKeywords | CodeFlag.generator | CodeFlag.coroutine | CodeFlag.asyncGenerator;
    if (host.isFunctionLike && (flags & complex) === 0 && this.keywordOnlyCount === 0 && host.cellNames.length === 0) {
      flags |= CodeFlag.simple;
    }
    return flags;
  }
}

function qualifiedName(parent: CodeUnit | null, scope: Scope, name: string): string {
  let outer = parent;
  // generic parameters and their evaluators are scopes of their own, but no part of names
  if (outer !== null && outer.host.kind >= ScopeKind.typeParameters) outer = outer.parent;
  if (outer === null || outer.host.kind === ScopeKind.module) return name;
  if (scope.kind === ScopeKind.class || (scope.kind === ScopeKind.function && !scope.isLambda)) {
    const binding = outer.host.bindings.get(outer.host.mangle(name));
    if (binding !== undefined && binding.access === Access.globalExplicit) return name;
  }
  const isPlain = outer.host.kind === ScopeKind.function && outer.host.comprehension === ComprehensionKind.none;
  return !isPlain ? `${outer.qualname}.${name}` : `${outer.qualname}.<locals>.${name}`;
}
