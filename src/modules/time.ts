/** The time module: clocks and sleep. Calendar functions come with the standard library. */
import { Fixed, State, T } from '../heap/fixed.ts';
import { words } from '../heap/memory.ts';
import { setFloat, setRef } from '../heap/values.ts';
import { raise, raiseValueError } from '../objects/errors.ts';
import { toDouble } from '../objects/floats.ts';
import { setBigInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';

registerModule('time');

const nanoseconds = (): bigint => process.hrtime.bigint();
const cpuNanoseconds = (): bigint => {
  const { user, system } = process.cpuUsage();
  return BigInt(user + system) * 1000n;
};
const wallNanoseconds = (): bigint => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;

natives('time', {
  'time()': (_args, result) => setFloat(result, (performance.timeOrigin + performance.now()) / 1000),
  'time_ns()': (_args, result) => setBigInt(result, wallNanoseconds()),
  'perf_counter()': (_args, result) => setFloat(result, performance.now() / 1000),
  'perf_counter_ns()': (_args, result) => setBigInt(result, nanoseconds()),
  'monotonic()': (_args, result) => setFloat(result, Number(nanoseconds()) / 1e9),
  'monotonic_ns()': (_args, result) => setBigInt(result, nanoseconds()),
  'process_time()': (_args, result) => setFloat(result, Number(cpuNanoseconds()) / 1e9),
  'process_time_ns()': (_args, result) => setBigInt(result, cpuNanoseconds()),
  'thread_time()': (_args, result) => setFloat(result, Number(cpuNanoseconds()) / 1e9),
  'sleep(seconds, /)': (args, result) => {
    const seconds = toDouble(args);
    if (!(seconds >= 0)) raiseValueError(seconds < 0 ? 'sleep length must be non-negative' : 'Invalid value NaN (not a number)');
    const view = new Int32Array(new SharedArrayBuffer(4));
    // In slices, so that Ctrl-C is noticed.
    const end = performance.now() + seconds * 1000;
    for (let left = seconds * 1000; left > 0; left = end - performance.now()) {
      if ((words[State.interrupt] & 1) !== 0) {
        words[State.interrupt] &= ~1;
        raise(T.KeyboardInterrupt, '');
      }
      Atomics.wait(view, 0, 0, Math.min(left, 100));
    }
    setRef(result, Fixed.none);
  },
});
