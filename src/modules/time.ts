/** The time module: clocks and sleep. Clocks are doubles of seconds or ints of nanoseconds; time-calendar.ts has the rest. */
import { Fixed } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { setFloat, setRef } from '../heap/values.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raiseOverflow, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { isFloatOrSubclass, toDouble } from '../objects/floats.ts';
import { hasIndex, indexOf, isInt, setBigInt, setInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { intern } from '../objects/strings.ts';
import { typeName } from '../objects/types.ts';
import { monotonicMilliseconds, systemMilliseconds } from './clock.ts';
import { raiseErrno } from './os-errors.ts';
import { pollSignals, waitForSignal } from './signals.ts';
import { setTimeDict, setZone } from './time-calendar.ts';

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

function processSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e-6;
}

/** Waits; what a signal's handler raises (KeyboardInterrupt) ends the wait at once. */
function sleep(seconds: number): void {
  const end = monotonicMilliseconds() + seconds * 1000;
  for (;;) {
    pollSignals();
    const left = end - monotonicMilliseconds();
    if (left <= 0) return;
    waitForSignal(left);
  }
}

/** Clocks by the numbers of Linux. */
const CLOCKS: Readonly<Record<string, number>> = {
  CLOCK_REALTIME: 0,
  CLOCK_MONOTONIC: 1,
  CLOCK_PROCESS_CPUTIME_ID: 2,
  CLOCK_THREAD_CPUTIME_ID: 3,
  CLOCK_MONOTONIC_RAW: 4,
  CLOCK_BOOTTIME: 7,
};
function clockSeconds(number: number): number {
  switch (number) {
    case 0:
      return systemMilliseconds() / 1000;
    case 1:
    case 4:
    case 7:
      return monotonicSeconds();
    case 2:
    case 3:
      return processSeconds();
  }
  raiseErrno(22);
}

natives('time', {
  'time()': (_args, result) => setFloat(result, systemMilliseconds() / 1000),
  'time_ns()': (_args, result) => setBigInt(result, BigInt(Math.round(systemMilliseconds() * 1000)) * 1000n),
  'monotonic()': (_args, result) => setFloat(result, monotonicSeconds()),
  'monotonic_ns()': (_args, result) => setMonotonicNanoseconds(result),
  'perf_counter()': (_args, result) => setFloat(result, monotonicSeconds()),
  'perf_counter_ns()': (_args, result) => setMonotonicNanoseconds(result),
  'process_time()': (_args, result) => setFloat(result, processSeconds()),
  'process_time_ns()': (_args, result) => setInt(result, Math.round(processSeconds() * 1e9)),
  'thread_time()': (_args, result) => setFloat(result, processSeconds()),
  'thread_time_ns()': (_args, result) => setInt(result, Math.round(processSeconds() * 1e9)),
  'clock_gettime(clk_id, /)': (args, result) => setFloat(result, clockSeconds(indexOf(args))),
  'clock_gettime_ns(clk_id, /)': (args, result) => {
    setBigInt(result, BigInt(Math.round(clockSeconds(indexOf(args)) * 1e9)));
  },
  'clock_getres(clk_id, /)': (args, result) => {
    clockSeconds(indexOf(args));
    setFloat(result, 1e-9);
  },
  'sleep(object, /)': (args, result) => {
    if (!isInt(args) && !isFloatOrSubclass(args) && !hasIndex(args)) {
      raiseTypeError(`'${typeName(args)}' object cannot be interpreted as an integer or float`);
    }
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
  for (const [name, number] of Object.entries(CLOCKS)) {
    setInt(slot, number);
    dictSetString(dict, intern(name), slot);
  }
  setInt(slot, 11);
  dictSetString(dict, intern('_STRUCT_TM_ITEMS'), slot);
  popSlots(1);
  setTimeDict(dict);
  setZone(dict);
});
