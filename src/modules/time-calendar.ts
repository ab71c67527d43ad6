/**
 * The calendar half of the time module: struct_time, gmtime, localtime, mktime, strftime and their kin. Local time is
 * JavaScript's, which knows the system's time zone and follows os.environ['TZ'].
 */
import { Fixed } from '../heap/fixed.ts';
import { Kind } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { isNull, isRef, refAt, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { setAttribute } from '../objects/attributes.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raiseOverflow, raiseTypeError, raiseValueError } from '../objects/errors.ts';
import { toDouble } from '../objects/floats.ts';
import { importNamed } from '../objects/import-hook.ts';
import { intAt, isInt } from '../objects/integers.ts';
import { callMethod } from '../objects/invoke.ts';
import { natives } from '../objects/natives.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { declareStructSequence, newStructSequence } from '../objects/struct-sequences.ts';
import { newTuple, tupleItem, tupleSize } from '../objects/tuples.ts';
import { kindAt, typeName } from '../objects/types.ts';

const STRUCT_TIME = declareStructSequence({
  name: 'struct_time',
  module: 'time',
  visible: 9,
  fields: [
    'tm_year',
    'tm_mon',
    'tm_mday',
    'tm_hour',
    'tm_min',
    'tm_sec',
    'tm_wday',
    'tm_yday',
    'tm_isdst',
    'tm_zone',
    'tm_gmtoff',
  ],
});

/** A broken-down time: month from 1, weekday from Monday 0, day of the year from 1. */
interface Calendar {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
  yearDay: number;
  dst: number;
  zone: string | null;
  offset: number | null;
}

const DAY = 86400000;
const MAX_SECONDS = 8.64e12;

function dayOfYear(year: number, month: number, day: number): number {
  return Math.round((utc(year, month, day) - utc(year, 1, 1)) / DAY) + 1;
}
/** Milliseconds of a date in UTC; years below 100 are what they say. */
function utc(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, 0);
  return date.getTime();
}

/** Minutes west of Greenwich in standard time, in this year. */
function standardOffset(year: number): number {
  return Math.max(new Date(year, 0, 1).getTimezoneOffset(), new Date(year, 6, 1).getTimezoneOffset());
}
/** The abbreviation of the time zone at a moment. Where it is UTC all the year, Intl need not be loaded to say so. */
function zoneName(date: Date): string {
  if (date.getTimezoneOffset() === 0 && standardOffset(date.getFullYear()) === 0) return 'UTC';
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(date);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}

function utcCalendar(seconds: number): Calendar {
  const date = new Date(seconds * 1000);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return {
    year,
    month,
    day,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: (date.getUTCDay() + 6) % 7,
    yearDay: dayOfYear(year, month, day),
    dst: 0,
    zone: 'GMT',
    offset: 0,
  };
}
function localCalendar(seconds: number): Calendar {
  const date = new Date(seconds * 1000);
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const west = date.getTimezoneOffset();
  return {
    year,
    month,
    day,
    hour: date.getHours(),
    minute: date.getMinutes(),
    second: date.getSeconds(),
    weekday: (date.getDay() + 6) % 7,
    yearDay: dayOfYear(year, month, day),
    dst: west < standardOffset(year) ? 1 : 0,
    zone: zoneName(date),
    offset: -west * 60,
  };
}

function newCalendar(calendar: Calendar): number {
  const { year, month, day, hour, minute, second, weekday, yearDay, dst, zone, offset } = calendar;
  const numbers = [year, month, day, hour, minute, second, weekday, yearDay, dst];
  return newStructSequence(STRUCT_TIME, (cell, index) => {
    if (index < 9) setSmallInt(cell, numbers[index]);
    else if (index === 9) setRef(cell, zone === null ? Fixed.none : intern(zone));
    else if (offset === null) setRef(cell, Fixed.none);
    else setSmallInt(cell, offset);
  });
}

const isMissing = (slot: number): boolean => isNull(slot) || (isRef(slot) && refAt(slot) === Fixed.none);

/** Seconds since the epoch, rounded down; None and missing: now. */
function secondsArgument(slot: number): number {
  if (isMissing(slot)) return Math.floor(Date.now() / 1000);
  const seconds = isInt(slot) ? intAt(slot) : toDouble(slot);
  if (seconds !== seconds) raiseValueError('Invalid value NaN (not a number)');
  if (Math.abs(seconds) > MAX_SECONDS) raiseOverflow('timestamp out of range for platform time_t');
  return Math.floor(seconds);
}

/** The fields of a time tuple, checked as C's functions need them; now if it is missing. */
function calendarArgument(slot: number, routine: string): Calendar {
  const calendar = tupleArgument(slot, routine);
  if (calendar.month === 0) calendar.month = 1;
  if (calendar.day === 0) calendar.day = 1;
  if (calendar.yearDay === 0) calendar.yearDay = 1;
  const check = (value: number, low: number, high: number, what: string): void => {
    if (value < low || value > high) raiseValueError(`${what} out of range`);
  };
  check(calendar.month, 1, 12, 'month');
  check(calendar.day, 1, 31, 'day of month');
  check(calendar.hour, 0, 23, 'hour');
  check(calendar.minute, 0, 59, 'minute');
  check(calendar.second, 0, 61, 'seconds');
  check(calendar.yearDay, 1, 366, 'day of year');
  if (calendar.weekday < -1) raiseValueError('day of week out of range');
  calendar.weekday = (calendar.weekday + 7) % 7;
  return calendar;
}
function tupleArgument(slot: number, routine: string): Calendar {
  if (isNull(slot)) return localCalendar(Math.floor(Date.now() / 1000));
  if (kindAt(slot) !== Kind.tuple) raiseTypeError('Tuple or struct_time argument required');
  const tuple = refAt(slot);
  if (tupleSize(tuple) !== 9) raiseTypeError(`${routine}(): illegal time tuple argument`);
  const numbers: number[] = [];
  for (let i = 0; i < 9; i++) {
    const item = tupleItem(tuple, i);
    if (!isInt(item)) raiseTypeError(`'${typeName(item)}' object cannot be interpreted as an integer`);
    const value = intAt(item);
    if (Math.abs(value) > 2147483647) raiseOverflow('Python int too large to convert to C int');
    numbers.push(value);
  }
  const [year, month, day, hour, minute, second, weekday, yearDay, dst] = numbers;
  if (year < -2147483648 + 1900) raiseOverflow('year out of range');
  let zone: string | null = null;
  let offset: number | null = null;
  if (isStructTime(slot)) {
    if (isRef(tupleItem(tuple, 9)) && isStr(tupleItem(tuple, 9))) zone = stringOf(refAt(tupleItem(tuple, 9)));
    if (isInt(tupleItem(tuple, 10))) offset = intAt(tupleItem(tuple, 10));
  }
  return { year, month, day, hour, minute, second, weekday, yearDay, dst, zone, offset };
}
function isStructTime(slot: number): boolean {
  return words[refAt(slot) << 1] === STRUCT_TIME;
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const pad = (value: number, width = 2, fill = '0'): string =>
  value < 0 ? `-${String(-value).padStart(width - 1, fill)}` : String(value).padStart(width, fill);

/** ISO 8601: the year and the week that the day belongs to. */
function isoWeek({ year, yearDay, weekday }: Calendar): [number, number] {
  const week = Math.floor((yearDay - 1 - weekday + 10) / 7);
  const weeksOf = (y: number): number => {
    const first = (new Date(utc(y, 1, 1)).getUTCDay() + 6) % 7;
    const leap = dayOfYear(y, 12, 31) === 366;
    return first === 3 || (first === 2 && leap) ? 53 : 52;
  };
  if (week < 1) return [year - 1, weeksOf(year - 1)];
  if (week > weeksOf(year)) return [year + 1, 1];
  return [year, week];
}
function asctime(c: Calendar): string {
  const time = `${pad(c.hour)}:${pad(c.minute)}:${pad(c.second)}`;
  return `${DAYS[c.weekday].slice(0, 3)} ${MONTHS[c.month - 1].slice(0, 3)} ${pad(c.day, 2, ' ')} ${time} ${c.year}`;
}
function zoneOffset(c: Calendar): number {
  if (c.offset !== null) return c.offset;
  return -new Date(c.year, c.month - 1, c.day, c.hour, c.minute, c.second).getTimezoneOffset() * 60;
}

/** strftime as the C library has it in the C locale. */
export function formatTime(format: string, c: Calendar): string {
  const twelve = c.hour % 12 || 12;
  // weekdays from Sunday
  const sunday = (c.weekday + 1) % 7;
  const directive = (letter: string): string | null => {
    switch (letter) {
      case 'a':
        return DAYS[c.weekday].slice(0, 3);
      case 'A':
        return DAYS[c.weekday];
      case 'b':
      case 'h':
        return MONTHS[c.month - 1].slice(0, 3);
      case 'B':
        return MONTHS[c.month - 1];
      case 'c':
        return asctime(c);
      case 'C':
        return pad(Math.floor(c.year / 100));
      case 'd':
        return pad(c.day);
      case 'D':
      case 'x':
        return `${pad(c.month)}/${pad(c.day)}/${pad(((c.year % 100) + 100) % 100)}`;
      case 'e':
        return pad(c.day, 2, ' ');
      case 'F':
        return `${c.year}-${pad(c.month)}-${pad(c.day)}`;
      case 'g':
        return pad(isoWeek(c)[0] % 100);
      case 'G':
        return String(isoWeek(c)[0]);
      case 'H':
        return pad(c.hour);
      case 'I':
        return pad(twelve);
      case 'j':
        return pad(c.yearDay, 3);
      case 'k':
        return pad(c.hour, 2, ' ');
      case 'l':
        return pad(twelve, 2, ' ');
      case 'm':
        return pad(c.month);
      case 'M':
        return pad(c.minute);
      case 'n':
        return '\n';
      case 'p':
        return c.hour < 12 ? 'AM' : 'PM';
      case 'P':
        return c.hour < 12 ? 'am' : 'pm';
      case 'r':
        return `${pad(twelve)}:${pad(c.minute)}:${pad(c.second)} ${c.hour < 12 ? 'AM' : 'PM'}`;
      case 'R':
        return `${pad(c.hour)}:${pad(c.minute)}`;
      case 's':
        return String(makeTime(c));
      case 'S':
        return pad(c.second);
      case 't':
        return '\t';
      case 'T':
      case 'X':
        return `${pad(c.hour)}:${pad(c.minute)}:${pad(c.second)}`;
      case 'u':
        return String(sunday || 7);
      case 'U':
        return pad(Math.floor((c.yearDay - 1 + 7 - sunday) / 7));
      case 'V':
        return pad(isoWeek(c)[1]);
      case 'w':
        return String(sunday);
      case 'W':
        return pad(Math.floor((c.yearDay - 1 + 7 - c.weekday) / 7));
      case 'y':
        return pad(((c.year % 100) + 100) % 100);
      case 'Y':
        return String(c.year);
      case 'z': {
        const offset = zoneOffset(c);
        const size = Math.floor(Math.abs(offset) / 60);
        return `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${pad(size % 60)}`;
      }
      case 'Z':
        return c.zone ?? (c.dst > 0 ? zoneNames()[1] : zoneNames()[0]);
      case '%':
        return '%';
    }
    return null;
  };
  return format.replace(/%(?:[EO]?)([a-zA-Z%])/gs, (whole, letter: string) => directive(letter) ?? whole);
}

/** mktime: seconds since the epoch of a local time. */
function makeTime(c: Calendar): number {
  const date = new Date(2000, 0, 1);
  date.setFullYear(c.year, c.month - 1, c.day);
  date.setHours(c.hour, c.minute, c.second, 0);
  let seconds = date.getTime() / 1000;
  const isDst = date.getTimezoneOffset() < standardOffset(c.year);
  if (c.dst > 0 && !isDst) seconds -= 3600;
  else if (c.dst === 0 && isDst) seconds += 3600;
  return seconds;
}

/** The names of the zone in standard time and in summer. */
function zoneNames(): [string, string] {
  const year = new Date().getFullYear();
  const [winter, summer] = [new Date(year, 0, 1), new Date(year, 6, 1)];
  if (winter.getTimezoneOffset() === summer.getTimezoneOffset()) return [zoneName(winter), zoneName(winter)];
  return winter.getTimezoneOffset() > summer.getTimezoneOffset()
    ? [zoneName(winter), zoneName(summer)]
    : [zoneName(summer), zoneName(winter)];
}
/** timezone, altzone, daylight, tzname. */
export function setZone(dict: number): void {
  const slots = pushSlots(1);
  const year = new Date().getFullYear();
  const offsets = [new Date(year, 0, 1).getTimezoneOffset(), new Date(year, 6, 1).getTimezoneOffset()];
  const set = (name: string, value: number): void => {
    setSmallInt(slots, value);
    dictSetString(dict, intern(name), slots);
  };
  set('timezone', Math.max(...offsets) * 60);
  set('altzone', Math.min(...offsets) * 60);
  set('daylight', offsets[0] === offsets[1] ? 0 : 1);
  const names = newTuple(2);
  setRef(slots, names);
  setRef(tupleItem(names, 0), Fixed.none);
  setRef(tupleItem(names, 1), Fixed.none);
  zoneNames().forEach((name, i) => {
    setRef(tupleItem(names, i), newString(name));
  });
  dictSetString(dict, intern('tzname'), slots);
  popSlots(1);
}
let moduleDict = 0;
/** tzset changes the module's own namespace. */
export function setTimeDict(dict: number): void {
  moduleDict = dict;
}
export function timeDict(): number {
  return moduleDict;
}

natives('time', {
  'gmtime(seconds=None, /)': (args, result) => setRef(result, newCalendar(utcCalendar(secondsArgument(args)))),
  'localtime(seconds=None, /)': (args, result) => setRef(result, newCalendar(localCalendar(secondsArgument(args)))),
  'mktime(tuple, /)': (args, result) => setFloat(result, makeTime(tupleArgument(args, 'mktime'))),
  'asctime(tuple=..., /)': (args, result) => setRef(result, newString(asctime(calendarArgument(args, 'asctime')))),
  'ctime(seconds=None, /)': (args, result) => {
    setRef(result, newString(asctime(localCalendar(secondsArgument(args)))));
  },
  'strftime(format, tuple=..., /)': (args, result) => {
    if (!isStr(args)) raiseTypeError(`strftime() argument 1 must be str, not ${typeName(args)}`);
    const calendar = calendarArgument(args + 1, 'strftime');
    setRef(result, newString(formatTime(stringOf(refAt(args)), calendar)));
  },
  "strptime(data_string, format='%a %b %d %H:%M:%S %Y', /)": (args, result) => {
    const slots = pushSlots(1);
    importNamed('_strptime', slots);
    callMethod(slots, '_strptime_time', args, 2, result);
    popSlots(1);
  },
  'tzset()': (_args, result) => {
    // Node looks at TZ again when it is assigned
    if (process.env.TZ !== undefined) process.env.TZ = String(process.env.TZ);
    if (moduleDict !== 0) setZone(moduleDict);
    setRef(result, Fixed.none);
  },
  'get_clock_info(name, /)': (args, result) => {
    const name = isStr(args) ? stringOf(refAt(args)) : '';
    const implementations: Readonly<Record<string, [string, boolean, boolean]>> = {
      time: ['clock_gettime(CLOCK_REALTIME)', false, true],
      monotonic: ['clock_gettime(CLOCK_MONOTONIC)', true, false],
      perf_counter: ['clock_gettime(CLOCK_MONOTONIC)', true, false],
      process_time: ['clock_gettime(CLOCK_PROCESS_CPUTIME_ID)', true, false],
      thread_time: ['clock_gettime(CLOCK_THREAD_CPUTIME_ID)', true, false],
    };
    const info = implementations[name];
    if (info === undefined) raiseValueError('unknown clock');
    const slots = pushSlots(2);
    importNamed('types', slots);
    const namespace = pushSlots(1);
    callMethod(slots, 'SimpleNamespace', slots + 1, 0, namespace);
    const set = (attribute: string): void => setAttribute(namespace, intern(attribute), slots + 1);
    setRef(slots + 1, newString(info[0]));
    set('implementation');
    setRef(slots + 1, info[1] ? Fixed.true : Fixed.false);
    set('monotonic');
    setRef(slots + 1, info[2] ? Fixed.true : Fixed.false);
    set('adjustable');
    setFloat(slots + 1, name === 'process_time' || name === 'thread_time' ? 1e-6 : 1e-9);
    set('resolution');
    setRef(result, refAt(namespace));
    popSlots(3);
  },
});
