/** BufferedRWPair: a reader and a writer over two raw streams. */
import { Fixed } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { copyValue, isNull, refAt, setRef } from '../heap/values.ts';
import { getAttribute } from '../objects/attributes.ts';
import { declareType, newRecord, recordValue } from '../objects/declared-types.ts';
import { raiseValueError } from '../objects/errors.ts';
import { callMethod } from '../objects/invoke.ts';
import { getset, type NativeRoutine, natives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { intern } from '../objects/strings.ts';
import {
  asks,
  BUFFERED_IO_BASE,
  closeStack,
  DEFAULT_BUFFER_SIZE,
  raiseUnsupported,
  streamConstructor,
} from './io-base.ts';
import { BUFFERED_READER, BUFFERED_WRITER } from './io-buffered.ts';

enum PairValue {
  reader,
  writer,
  count,
}
const BUFFERED_PAIR = declareType({
  name: 'BufferedRWPair',
  module: '_io',
  bases: [BUFFERED_IO_BASE],
  values: PairValue.count,
});
streamConstructor(BUFFERED_PAIR);

function part(self: number, which: PairValue): number {
  const cell = recordValue(refAt(self), which);
  if (isNull(cell)) raiseValueError('I/O operation on uninitialized object');
  return cell;
}
/** The method of that name of one of the two, with the arguments as they are. */
function delegate(which: PairValue, name: string, count: number): NativeRoutine {
  return (args, result) => callMethod(part(args, which), name, args + 1, count, result);
}

natives(BUFFERED_PAIR, {
  [`__init__(self, reader, writer, buffer_size=${DEFAULT_BUFFER_SIZE}, /)`]: (args, result) => {
    if (!asks(args + 1, 'readable')) raiseUnsupported('File or stream is not readable.');
    if (!asks(args + 2, 'writable')) raiseUnsupported('File or stream is not writable.');
    const slots = pushSlots(3);
    const make = (type: number, raw: number, which: PairValue): void => {
      setRef(slots, newRecord(type));
      copyValue(slots + 1, raw);
      copyValue(slots + 2, args + 3);
      const record = refAt(slots);
      callMethod(slots, '__init__', slots + 1, 2, slots + 1);
      setRef(recordValue(refAt(args), which), record);
    };
    make(BUFFERED_READER, args + 1, PairValue.reader);
    make(BUFFERED_WRITER, args + 2, PairValue.writer);
    popSlots(3);
    setRef(result, Fixed.none);
  },
  'read(self, size=-1, /)': delegate(PairValue.reader, 'read', 1),
  'read1(self, size=-1, /)': delegate(PairValue.reader, 'read1', 1),
  'peek(self, size=0, /)': delegate(PairValue.reader, 'peek', 1),
  'readinto(self, buffer, /)': delegate(PairValue.reader, 'readinto', 1),
  'readinto1(self, buffer, /)': delegate(PairValue.reader, 'readinto1', 1),
  'readable(self, /)': delegate(PairValue.reader, 'readable', 0),
  'write(self, buffer, /)': delegate(PairValue.writer, 'write', 1),
  'flush(self, /)': delegate(PairValue.writer, 'flush', 0),
  'writable(self, /)': delegate(PairValue.writer, 'writable', 0),
  'isatty(self, /)': (args, result) => {
    const slot = pushSlots(1);
    callMethod(part(args, PairValue.writer), 'isatty', slot, 0, slot);
    if (!truth(slot)) callMethod(part(args, PairValue.reader), 'isatty', slot, 0, slot);
    copyValue(result, slot);
    popSlots(1);
  },
  'close(self, /)': (args, result) => {
    const slot = pushSlots(1);
    // the reader is closed even if closing the writer fails
    const writer = part(args, PairValue.writer);
    closeWriter(writer, () => callMethod(part(args, PairValue.reader), 'close', slot, 0, slot));
    popSlots(1);
    setRef(result, Fixed.none);
  },
});
function closeWriter(writer: number, closeReader: () => void): void {
  closeStack(writer, closeReader, 'close');
}
getset(BUFFERED_PAIR, 'closed', (object, result) =>
  getAttribute(part(object, PairValue.writer), intern('closed'), result),
);
