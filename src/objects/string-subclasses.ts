/** Instances of subclasses of str: the same layout, with room for a dict behind the text where the class has one. */
import { Str, StrFlag } from '../heap/layouts.ts';
import { words } from '../heap/memory.ts';
import { allocateOfType } from './object-dicts.ts';
import { copyBytes, stringData, stringHash, stringLength, stringWidth } from './strings.ts';

/** An instance of a subclass of str with the text of `source`. */
export function newStringOfType(type: number, source: number): number {
  const length = stringLength(source);
  const size = length * stringWidth(source);
  const tail = (size + 7) >>> 3;
  const ref = allocateOfType(type, 2 + tail);
  const word = ref << 1;
  words[word + Str.length] = length;
  words[word + Str.hash] = stringHash(source);
  words[word + Str.info] = words[(source << 1) + Str.info] & (StrFlag.widthMask | StrFlag.ascii);
  // The padding is copied too: it is zero in the source.
  copyBytes(stringData(ref), stringData(source), tail * 8);
  return ref;
}
