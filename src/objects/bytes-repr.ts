/** repr of byte strings. Apart from bytes.ts because messages of several types show bytes. */

/** b'...' with Python's choice of quotes and escapes. */
export function bytesRepr(view: Uint8Array): string {
  let single = false;
  let double = false;
  for (const byte of view) {
    if (byte === 39) single = true;
    else if (byte === 34) double = true;
  }
  const mark = single && !double ? 34 : 39;
  let text = '';
  for (const byte of view) {
    if (byte === mark || byte === 92) text += `\\${String.fromCharCode(byte)}`;
    else if (byte === 9) text += '\\t';
    else if (byte === 10) text += '\\n';
    else if (byte === 13) text += '\\r';
    else if (byte < 32 || byte > 126) text += `\\x${byte.toString(16).padStart(2, '0')}`;
    else text += String.fromCharCode(byte);
  }
  const quote = String.fromCharCode(mark);
  return `b${quote}${text}${quote}`;
}
