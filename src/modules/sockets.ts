/**
 * The _socket module as far as Node allows without its event loop: connected pairs (socketpair), each of two pipes, which is
 * what asyncio's event loop and threads' wake-up calls need; and constants and conversions. A socket of a network cannot
 * be made: OSError, as where the system has no such family.
 */
import { hostname } from 'node:os';
import { Fixed, T } from '../heap/fixed.ts';
import { RecordObject } from '../heap/layouts.ts';
import { bytes, words } from '../heap/memory.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isRef, refAt, setFloat, setRef, setSmallInt } from '../heap/values.ts';
import { BufferFlag, bufferData, bufferLength, readBuffer, withBuffer } from '../objects/buffers.ts';
import { bytesData, newBytes, newBytesFrom, newBytesFromHeap } from '../objects/bytes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { raise, raiseValueError } from '../objects/errors.ts';
import { toDouble } from '../objects/floats.ts';
import { indexOf, setBool, setInt } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { getset, type NativeRoutine, natives, staticNatives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { intern, isStr, newString, stringOf } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { defineOperators } from '../objects/type-operators.ts';
import { monotonicMilliseconds } from './clock.ts';
import { closeDescriptor, isReadable, readDescriptor, writeDescriptor } from './descriptors.ts';
import { raiseErrno, system } from './os-errors.ts';
import { makePipe } from './pipes.ts';

enum SocketValue {
  family,
  type,
  protocol,
  /** None or seconds */
  timeout,
  count,
}
/** aux: the descriptor, -1 closed */
const SOCKET = declareType({ name: 'socket', module: '_socket', values: SocketValue.count });
const TIMEOUT = T.TimeoutError;
const HERROR = declareType({ name: 'herror', module: 'socket', native: '_socket', bases: [T.OSError] });
const GAIERROR = declareType({ name: 'gaierror', module: 'socket', native: '_socket', bases: [T.OSError] });

/** A pair's other pipe: reading descriptor -> writing descriptor. */
const writers = new Map<number, number>();

const EAFNOSUPPORT = 97;
const descriptorOf = (slot: number): number => words[(refAt(slot) << 1) + RecordObject.aux];
function setDescriptor(ref: number, descriptor: number): void {
  words[(ref << 1) + RecordObject.aux] = descriptor;
}
function openDescriptorOf(slot: number): number {
  const descriptor = descriptorOf(slot);
  if (descriptor < 0) raiseErrno(9);
  return descriptor;
}
function initialize(ref: number, family: number, type: number, protocol: number, descriptor: number): void {
  setDescriptor(ref, descriptor);
  setSmallInt(recordValue(ref, SocketValue.family), family);
  setSmallInt(recordValue(ref, SocketValue.type), type);
  setSmallInt(recordValue(ref, SocketValue.protocol), protocol);
  setRef(recordValue(ref, SocketValue.timeout), Fixed.none);
}
const timeoutCell = (slot: number): number => recordValue(refAt(slot), SocketValue.timeout);
const isNone = (slot: number): boolean => isRef(slot) && refAt(slot) === Fixed.none;

/** Waits as the timeout says until there is something to read. */
function awaitReadable(slot: number, descriptor: number): void {
  const cell = timeoutCell(slot);
  if (isNone(cell)) return;
  const end = monotonicMilliseconds() + toDouble(cell) * 1000;
  while (!system(() => isReadable(descriptor))) {
    if (toDouble(cell) === 0) raiseErrno(11);
    if (monotonicMilliseconds() >= end) raise(TIMEOUT, 'timed out');
    Atomics.wait(sleeper, 0, 0, 1);
  }
}
const sleeper = new Int32Array(new SharedArrayBuffer(4));

function close(slot: number): void {
  const descriptor = descriptorOf(slot);
  if (descriptor < 0) return;
  setDescriptor(refAt(slot), -1);
  const writer = writers.get(descriptor);
  writers.delete(descriptor);
  system(() => {
    closeDescriptor(descriptor);
    if (writer !== undefined) closeDescriptor(writer);
  });
}
function send(slot: number, data: number, length: number): number {
  const descriptor = openDescriptorOf(slot);
  const writer = writers.get(descriptor);
  if (writer === undefined) raiseErrno(32);
  return system(() => writeDescriptor(writer, data, length));
}
const unavailable: NativeRoutine = () => raiseErrno(EAFNOSUPPORT);
const nothing: NativeRoutine = (_args, result) => setRef(result, Fixed.none);

staticNatives(SOCKET, {
  '__new__(cls, /, *args, **kwargs)': (args, result) => {
    const ref = newRecord(refAt(args));
    initialize(ref, -1, -1, -1, -1);
    setRef(result, ref);
  },
});
natives(SOCKET, {
  '__init__(self, family=-1, type=-1, proto=-1, fileno=None)': (args, result) => {
    if (isNone(args + 4)) raiseErrno(EAFNOSUPPORT);
    const descriptor = indexOf(args + 4);
    if (descriptor < 0) raiseValueError('negative file descriptor');
    if (!writers.has(descriptor)) raiseErrno(88);
    const [family, type, protocol] = [1, 2, 3].map((i) => indexOf(args + i));
    initialize(refAt(args), family < 0 ? 1 : family, type < 0 ? 1 : type, Math.max(protocol, 0), descriptor);
    setRef(result, Fixed.none);
  },
  'fileno(self, /)': (args, result) => setSmallInt(result, descriptorOf(args)),
  'detach(self, /)': (args, result) => {
    setSmallInt(result, descriptorOf(args));
    setDescriptor(refAt(args), -1);
  },
  'close(self, /)': (args, result) => {
    close(args);
    setRef(result, Fixed.none);
  },
  'setblocking(self, flag, /)': (args, result) => {
    if (truth(args + 1)) setRef(timeoutCell(args), Fixed.none);
    else setFloat(timeoutCell(args), 0);
    setRef(result, Fixed.none);
  },
  'getblocking(self, /)': (args, result) => {
    setBool(result, isNone(timeoutCell(args)) || toDouble(timeoutCell(args)) !== 0);
  },
  'settimeout(self, timeout, /)': (args, result) => {
    if (isNone(args + 1)) setRef(timeoutCell(args), Fixed.none);
    else {
      const seconds = toDouble(args + 1);
      if (seconds < 0) raiseValueError('Timeout value out of range');
      setFloat(timeoutCell(args), seconds);
    }
    setRef(result, Fixed.none);
  },
  'gettimeout(self, /)': (args, result) => copyValue(result, timeoutCell(args)),
  'recv(self, bufsize, flags=0, /)': (args, result) => {
    const descriptor = openDescriptorOf(args);
    const size = indexOf(args + 1);
    if (size < 0) raiseValueError('negative buffersize in recv');
    awaitReadable(args, descriptor);
    const slot = pushSlots(1);
    setRef(slot, newBytes(size));
    const data = bytesData(refAt(slot));
    const count = system(() => readDescriptor(descriptor, data, size));
    setRef(result, newBytesFromHeap(data, count));
    popSlots(1);
  },
  'recv_into(self, buffer, nbytes=0, flags=0)': (args, result) => {
    const descriptor = openDescriptorOf(args);
    awaitReadable(args, descriptor);
    const limit = indexOf(args + 2);
    withBuffer(args + 1, BufferFlag.writable, ({ data, length }) => {
      const size = limit > 0 ? Math.min(limit, length) : length;
      setInt(
        result,
        system(() => readDescriptor(descriptor, data, size)),
      );
    });
  },
  'send(self, data, flags=0, /)': (args, result) => {
    readBuffer(args + 1);
    setInt(result, send(args, bufferData, bufferLength));
  },
  'sendall(self, data, flags=0, /)': (args, result) => {
    readBuffer(args + 1);
    const [data, length] = [bufferData, bufferLength];
    for (let done = 0; done < length; ) done += send(args, data + done, length - done);
    setRef(result, Fixed.none);
  },
  'shutdown(self, how, /)': (args, result) => {
    const descriptor = openDescriptorOf(args);
    const writer = writers.get(descriptor);
    if (indexOf(args + 1) !== 0 && writer !== undefined) {
      writers.delete(descriptor);
      system(() => closeDescriptor(writer));
    }
    setRef(result, Fixed.none);
  },
  'setsockopt(self, level, optname, value, /)': nothing,
  'getsockopt(self, level, optname, buflen=0, /)': (_args, result) => setSmallInt(result, 0),
  'getsockname(self, /)': (_args, result) => setRef(result, Fixed.emptyString),
  'getpeername(self, /)': (_args, result) => setRef(result, Fixed.emptyString),
  '_accept(self, /)': unavailable,
  'bind(self, address, /)': unavailable,
  'connect(self, address, /)': unavailable,
  'connect_ex(self, address, /)': (_args, result) => setSmallInt(result, EAFNOSUPPORT),
  'listen(self, backlog=128, /)': unavailable,
});
getset(SOCKET, 'family', (object, result) => copyValue(result, recordValue(refAt(object), SocketValue.family)));
getset(SOCKET, 'type', (object, result) => copyValue(result, recordValue(refAt(object), SocketValue.type)));
getset(SOCKET, 'proto', (object, result) => copyValue(result, recordValue(refAt(object), SocketValue.protocol)));
getset(SOCKET, 'timeout', (object, result) => copyValue(result, timeoutCell(object)));
defineOperators(SOCKET, {
  repr: (slot) => {
    const [family, type, protocol] = [0, 1, 2].map((i) => indexOf(recordValue(refAt(slot), i)));
    return newString(`<socket object, fd=${descriptorOf(slot)}, family=${family}, type=${type}, proto=${protocol}>`);
  },
});

/** Bytes of an IPv4 address, or null. */
function parseAddress(text: string): number[] | null {
  const parts = text.split('.');
  const numbers = parts.map(Number);
  const good = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part)) && numbers.every((n) => n < 256);
  return good ? numbers : null;
}
let defaultTimeout: number | null = null;
const swap16 = (value: number): number => ((value & 255) << 8) | ((value >> 8) & 255);
const swap32 = (value: number): number =>
  ((value & 255) * 2 ** 24 + ((value & 0xff00) << 8) + ((value >>> 8) & 0xff00) + (value >>> 24)) >>> 0;

natives('_socket', {
  'socketpair(family=1, type=1, proto=0, /)': (args, result) => {
    const [family, type, protocol] = [0, 1, 2].map((i) => indexOf(args + i));
    if (family !== 1) raiseErrno(EAFNOSUPPORT);
    const [readFirst, writeSecond] = makePipe();
    const [readSecond, writeFirst] = makePipe();
    writers.set(readFirst, writeFirst);
    writers.set(readSecond, writeSecond);
    const tuple = newTuple(2);
    const slot = pushSlots(1);
    setRef(slot, tuple);
    for (let i = 0; i < 2; i++) setRef(tupleItem(tuple, i), Fixed.none);
    [readFirst, readSecond].forEach((descriptor, i) => {
      const ref = newRecord(SOCKET);
      setRef(tupleItem(tuple, i), ref);
      initialize(ref, family, type, protocol, descriptor);
    });
    setRef(result, tuple);
    popSlots(1);
  },
  'close(fd, /)': (args, result) => {
    const descriptor = indexOf(args);
    const writer = writers.get(descriptor);
    writers.delete(descriptor);
    system(() => {
      closeDescriptor(descriptor);
      if (writer !== undefined) closeDescriptor(writer);
    });
    setRef(result, Fixed.none);
  },
  'gethostname()': (_args, result) => setRef(result, newString(hostname())),
  'getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)': () => {
    raise(GAIERROR, '[Errno -3] Temporary failure in name resolution');
  },
  'gethostbyname(hostname, /)': () => raise(GAIERROR, '[Errno -3] Temporary failure in name resolution'),
  'gethostbyaddr(hostname, /)': () => raise(HERROR, '[Errno 1] Unknown host'),
  'getdefaulttimeout()': (_args, result) => {
    if (defaultTimeout === null) setRef(result, Fixed.none);
    else setFloat(result, defaultTimeout);
  },
  'setdefaulttimeout(timeout, /)': (args, result) => {
    defaultTimeout = isNone(args) ? null : toDouble(args);
    setRef(result, Fixed.none);
  },
  'htons(integer, /)': (args, result) => setInt(result, swap16(indexOf(args))),
  'ntohs(integer, /)': (args, result) => setInt(result, swap16(indexOf(args))),
  'htonl(integer, /)': (args, result) => setInt(result, swap32(indexOf(args))),
  'ntohl(integer, /)': (args, result) => setInt(result, swap32(indexOf(args))),
  'inet_aton(ip_addr, /)': (args, result) => {
    const address = isStr(args) ? parseAddress(stringOf(refAt(args))) : null;
    if (address === null) raise(T.OSError, 'illegal IP address string passed to inet_aton');
    setRef(result, newBytesFrom(address));
  },
  'inet_ntoa(packed_ip, /)': (args, result) => {
    readBuffer(args);
    if (bufferLength !== 4) raise(T.OSError, 'packed IP wrong length');
    setRef(result, newString([...bytes.subarray(bufferData, bufferData + 4)].join('.')));
  },
});

registerModule('_socket', (dict) => {
  const slot = pushSlots(1);
  const set = (name: string, ref: number): void => {
    setRef(slot, ref);
    dictSetString(dict, intern(name), slot);
  };
  set('error', T.OSError);
  set('timeout', TIMEOUT);
  set('SocketType', SOCKET);
  set('has_ipv6', Fixed.false);
  const numbers: Readonly<Record<string, number>> = {
    AF_UNSPEC: 0,
    AF_UNIX: 1,
    AF_INET: 2,
    AF_INET6: 10,
    SOCK_STREAM: 1,
    SOCK_DGRAM: 2,
    SOCK_RAW: 3,
    SOCK_NONBLOCK: 2048,
    SOCK_CLOEXEC: 524288,
    SOL_SOCKET: 1,
    SO_REUSEADDR: 2,
    SO_ERROR: 4,
    SO_BROADCAST: 6,
    SO_KEEPALIVE: 9,
    SO_TYPE: 3,
    SOMAXCONN: 4096,
    IPPROTO_IP: 0,
    IPPROTO_TCP: 6,
    IPPROTO_UDP: 17,
    IPPROTO_IPV6: 41,
    IPV6_V6ONLY: 26,
    TCP_NODELAY: 1,
    SHUT_RD: 0,
    SHUT_WR: 1,
    SHUT_RDWR: 2,
    MSG_OOB: 1,
    MSG_PEEK: 2,
    MSG_DONTWAIT: 64,
    AI_PASSIVE: 1,
    AI_CANONNAME: 2,
    AI_NUMERICHOST: 4,
    EAI_NONAME: -2,
    NI_NUMERICHOST: 1,
    NI_NUMERICSERV: 2,
    INADDR_ANY: 0,
  };
  for (const [name, value] of Object.entries(numbers)) {
    setSmallInt(slot, value);
    dictSetString(dict, intern(name), slot);
  }
  popSlots(1);
});
