/**
 * The monotonic clock, for whoever waits or measures. Turned down: `performance`, whose first use loads modules of Node's
 * for 10 ms, in the midst of a program's first trace.
 */

/** Milliseconds of a monotonic clock with a fraction, from an arbitrary zero. */
export function monotonicMilliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds * 1e-6;
}

/** The system clock when it was first asked, and the monotonic one then: Date is only as fine as a millisecond. */
let origin = 0;

/** Milliseconds since the epoch with a fraction; never ahead of the system clock at the first call. */
export function systemMilliseconds(): number {
  if (origin === 0) origin = Date.now() - monotonicMilliseconds();
  return origin + monotonicMilliseconds();
}
