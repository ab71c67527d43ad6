/** pwd and grp: the databases of users and groups, as /etc/passwd and /etc/group have them. */
import { readFileSync } from 'node:fs';
import { T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef } from '../heap/values.ts';
import { raise, raiseTypeError } from '../objects/errors.ts';
import { intAt, isInt, setInt } from '../objects/integers.ts';
import { listAppend, newList } from '../objects/lists.ts';
import { registerModule } from '../objects/modules.ts';
import { type NativeRoutine, natives } from '../objects/natives.ts';
import { repr } from '../objects/operations.ts';
import { isStr, newString, stringOf } from '../objects/strings.ts';
import { declareStructSequence, newStructSequence } from '../objects/struct-sequences.ts';
import { argumentType, typeName } from '../objects/types.ts';

const PASSWD = declareStructSequence({
  name: 'struct_passwd',
  module: 'pwd',
  fields: ['pw_name', 'pw_passwd', 'pw_uid', 'pw_gid', 'pw_gecos', 'pw_dir', 'pw_shell'],
});
const GROUP = declareStructSequence({
  name: 'struct_group',
  module: 'grp',
  fields: ['gr_name', 'gr_passwd', 'gr_gid', 'gr_mem'],
});

/** The entries of a database, each as its fields. */
function entries(file: string, count: number): string[][] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= count);
}
const users = (): string[][] => entries('/etc/passwd', 7);
const groups = (): string[][] => entries('/etc/group', 4);

function user(fields: readonly string[]): number {
  return newStructSequence(PASSWD, (cell, index) => {
    if (index === 2 || index === 3) setInt(cell, Number(fields[index]));
    else setRef(cell, newString(fields[index]));
  });
}
function group(fields: readonly string[]): number {
  const slots = pushSlots(2);
  const members = newList(0);
  setRef(slots, members);
  for (const name of fields[3].split(',')) {
    if (name === '') continue;
    setRef(slots + 1, newString(name));
    listAppend(members, slots + 1);
  }
  const ref = newStructSequence(GROUP, (cell, index) => {
    if (index === 3) setRef(cell, members);
    else if (index === 2) setInt(cell, Number(fields[2]));
    else setRef(cell, newString(fields[index]));
  });
  popSlots(2);
  return ref;
}

function all(read: () => string[][], make: (fields: readonly string[]) => number): NativeRoutine {
  return (_args, result) => {
    const slots = pushSlots(2);
    const list = newList(0);
    setRef(slots, list);
    for (const fields of read()) {
      setRef(slots + 1, make(fields));
      listAppend(list, slots + 1);
    }
    setRef(result, list);
    popSlots(2);
  };
}
function byName(read: () => string[][], make: (fields: readonly string[]) => number, routine: string): NativeRoutine {
  return (args, result) => {
    if (!isStr(args)) raiseTypeError(`${routine}() argument must be str, not ${argumentType(args)}`);
    const name = stringOf(refAt(args));
    const found = read().find((fields) => fields[0] === name);
    if (found === undefined) {
      raiseKey(`${routine}(): name not found: ${stringOf(repr(args))}`);
    }
    setRef(result, make(found));
  };
}
function byNumber(
  read: () => string[][],
  make: (fields: readonly string[]) => number,
  routine: string,
  kind: string,
): NativeRoutine {
  return (args, result) => {
    if (!isInt(args)) raiseTypeError(`${kind} should be integer, not ${typeName(args)}`);
    const number = intAt(args);
    const found = read().find((fields) => Number(fields[2]) === number);
    if (found === undefined) raiseKey(`${routine}(): ${kind} not found: ${stringOf(repr(args))}`);
    setRef(result, make(found));
  };
}
function raiseKey(message: string): never {
  raise(T.KeyError, message);
}

natives('pwd', {
  'getpwall()': all(users, user),
  'getpwnam(name, /)': byName(users, user, 'getpwnam'),
  'getpwuid(uid, /)': byNumber(users, user, 'getpwuid', 'uid'),
});
natives('grp', {
  'getgrall()': all(groups, group),
  'getgrnam(name)': byName(groups, group, 'getgrnam'),
  'getgrgid(id)': byNumber(groups, group, 'getgrgid', 'gid'),
});
registerModule('pwd');
registerModule('grp');
