/**
 * Runs executors as machine code. A run goes on until the code leaves by an exit; on the way it may come back for a
 * helper (an instruction that the interpreter executes in the middle of a trace), after which the code is entered again
 * with all its registers as they were.
 */
import { addon } from '../../addon/load.ts';
import { SPILL_CELLS, State, StateCell } from '../../heap/fixed.ts';
import { words } from '../../heap/memory.ts';
import type { Backend, CompileRequest, RunResult } from '../backend.ts';
import { EXIT_FIELDS, type Exit, exits, restore } from '../executors.ts';
import type { StencilLibrary } from '../stencil-library.ts';
import { FLOAT_LOCATION, SPILL_LOCATION } from './allocator.ts';
import {
  assemble,
  codeBytes,
  helperResume,
  installAssembler,
  patchJump,
  setTarget,
  standaloneStub,
} from './assembler.ts';

/** Reads what an exit left in a register or spill slot. */
function readLocation(location: number, to: number): void {
  const cell =
    location >= SPILL_LOCATION
      ? StateCell.spill + location - SPILL_LOCATION
      : location >= FLOAT_LOCATION
        ? StateCell.floatRegisters + location - FLOAT_LOCATION
        : StateCell.generalRegisters + location;
  words[to] = words[cell << 1];
  words[to + 1] = words[(cell << 1) + 1];
}

/**
 * The machine's state that must survive a helper, since the helper may run other traces: registers and spill slots.
 * Copied by `set`, which is a block move: word by word it took longer than everything else about a nested trace.
 */
const machine = words.subarray(StateCell.generalRegisters << 1, (StateCell.spill + SPILL_CELLS) << 1);

export function nativeBackend(library: StencilLibrary): Backend {
  installAssembler(library);
  const saved: Int32Array[] = [];
  /** helpers that are being executed: runs that wait */
  let helpers = 0;
  /** whose helper is about to be executed */
  let waiting: Exit;
  const restoreState = (): void => restore(waiting, readLocation, EXIT_FIELDS);
  return {
    name: 'native',
    compile(request: CompileRequest) {
      const parent = request.parentExit;
      const compiled = assemble(
        request.firstExit,
        (entry) => (parent === null ? 0 : parent.entries[entry * EXIT_FIELDS + 2]),
        parent === null ? 0 : spillsOf(parent),
        request.targetOf,
      );
      return { entry: compiled.entry, bytes: compiled.end - compiled.entry, exits: compiled.exits };
    },
    run(entry: number, callHelper): RunResult {
      // inside a helper of another run: that run's registers and spill slots must be there again afterwards
      const outer = helpers > 0 ? saveMachine(saved, helpers) : null;
      const resumeLow = words[State.resumeAddress];
      const resumeHigh = words[State.resumeAddress + 1];
      setTarget(entry);
      try {
        for (;;) {
          words[State.helper] = -1;
          addon!.enter();
          const exit = exits[words[State.exitNumber]];
          const helper = words[State.helper];
          if (helper < 0) {
            restore(exit, readLocation, EXIT_FIELDS);
            return exit;
          }
          const frame = words[State.frame];
          waiting = exit;
          helpers++;
          let goesOn: boolean;
          try {
            goesOn = callHelper(helper, exit, restoreState);
          } finally {
            helpers--;
          }
          if (!goesOn) return null;
          words[State.frame] = frame;
          setTarget(helperResume);
        }
      } finally {
        if (outer !== null) {
          machine.set(outer);
          words[State.resumeAddress] = resumeLow;
          words[State.resumeAddress + 1] = resumeHigh;
        }
      }
    },
    linkExit(exit: Exit, entry: number) {
      patchJump(exit.stub, entry);
    },
    stubFor: standaloneStub,
    redirect: patchJump,
    codeBytes,
  };
}

function saveMachine(buffers: Int32Array[], depth: number): Int32Array {
  const buffer = (buffers[depth] ??= new Int32Array(machine.length));
  buffer.set(machine);
  return buffer;
}

function spillsOf(exit: Exit): number {
  let count = 0;
  for (let at = 2; at < exit.entries.length; at += EXIT_FIELDS)
    count = Math.max(count, exit.entries[at] - SPILL_LOCATION + 1);
  return count;
}
