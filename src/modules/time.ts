/**
 * The time module: clocks and sleep. Clocks are doubles of seconds or ints of nanoseconds. Calendar functions (gmtime,
 * strftime, ...) are not written yet.
 */
import { Fixed, InterruptFlag, State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { setFloat, setRef } from '../heap/values.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raise, raiseOverflow, raiseValueError } from '../objects/errors.ts';
import { toDouble } from '../objects/floats.ts';
import { setBigInt, setInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { intern } from '../objects/strings.ts';

/** Nanoseconds of a monotonic clock as [seconds, nanoseconds]: no BigInt for the common calls. */
function monotonicSeconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds + nanoseconds * 1e-9;
}
function setMonotonicNanoseconds(result: number): void {
  const [seconds, nanoseconds] = process.hrtime();
  const total = seconds * 1e9 + nanoseconds;
  if (total < Number.MAX_SAFE_INTEGER) setInt(result, total);
  else setBigInt(result, BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds));
}

/** Milliseconds since the epoch with a fraction: the system clock, as fine as Node gives it. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

function processSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e-6;
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Waits; Ctrl-C ends the wait with KeyboardInterrupt at once: no safe point may follow. */
function sleep(seconds: number): void {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    if ((words[State.interrupt] & InterruptFlag.signal) !== 0) {
      words[State.interrupt] &= ~InterruptFlag.signal;
      raise(T.KeyboardInterrupt, '');
    }
    const left = end - performance.now();
    if (left <= 0) return;
    Atomics.wait(sleeper, 0, 0, Math.min(left, 50));
  }
}

natives('time', {
  'time()': (_args, result) => setFloat(result, now() / 1000),
  'time_ns()': (_args, result) => setBigInt(result, BigInt(Math.round(now() * 1000)) * 1000n),
  'monotonic()': (_args, result) => setFloat(result, monotonicSeconds()),
  'monotonic_ns()': (_args, result) => setMonotonicNanoseconds(result),
  'perf_counter()': (_args, result) => setFloat(result, monotonicSeconds()),
  'perf_counter_ns()': (_args, result) => setMonotonicNanoseconds(result),
  'process_time()': (_args, result) => setFloat(result, processSeconds()),
  'process_time_ns()': (_args, result) => setInt(result, Math.round(processSeconds() * 1e9)),
  'thread_time()': (_args, result) => setFloat(result, processSeconds()),
  'thread_time_ns()': (_args, result) => setInt(result, Math.round(processSeconds() * 1e9)),
  'sleep(object, /)': (args, result) => {
    const seconds = toDouble(args);
    if (seconds !== seconds) raiseValueError('Invalid value NaN (not a number)');
    if (seconds < 0) raiseValueError('sleep length must be non-negative');
    if (seconds > 9.2e9) raiseOverflow('timestamp too large to convert to C PyTime_t');
    sleep(seconds);
    setRef(result, Fixed.none);
  },
});

registerModule('time', (dict) => {
  const slot = pushSlots(1);
  setInt(slot, new Date(new Date().getFullYear(), 0, 1).getTimezoneOffset() * 60);
  dictSetString(dict, intern('timezone'), slot);
  popSlots(1);
});
