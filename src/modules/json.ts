/** _json: the native half of the library's json. Reading is in json-decoder.ts, writing in json-encoder.ts. */
import { popSlots, pushSlots } from '../heap/slots.ts';
import { refAt, setRef } from '../heap/values.ts';
import { dictSetString } from '../objects/dicts.ts';
import { setInt, sizeOf } from '../objects/integers.ts';
import { registerModule } from '../objects/modules.ts';
import { natives } from '../objects/natives.ts';
import { truth } from '../objects/operations.ts';
import { intern, newString } from '../objects/strings.ts';
import { newTuple, tupleItem } from '../objects/tuples.ts';
import { SCANNER } from './json-decoder.ts';
import { ENCODER } from './json-encoder.ts';
import { quote, scanArgument, scanString, stringEnd, textArgument } from './json-strings.ts';

natives('_json', {
  'scanstring(string, end, strict=True, /)': (args, result) => {
    const start = sizeOf(args + 1);
    scanArgument(args, start);
    const text = scanString(refAt(args), start, truth(args + 2));
    const pair = newTuple(2);
    setRef(tupleItem(pair, 0), text);
    setInt(tupleItem(pair, 1), stringEnd);
    setRef(result, pair);
  },
  'encode_basestring_ascii(string, /)': (args, result) => setRef(result, newString(quote(textArgument(args), true))),
  'encode_basestring(string, /)': (args, result) => setRef(result, newString(quote(textArgument(args), false))),
});

registerModule('_json', (dict) => {
  const slot = pushSlots(1);
  setRef(slot, SCANNER);
  dictSetString(dict, intern('make_scanner'), slot);
  setRef(slot, ENCODER);
  dictSetString(dict, intern('make_encoder'), slot);
  popSlots(1);
});
