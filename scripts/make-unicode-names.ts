/**
 * Makes src/modules/unicode-names.br, the names of Unicode's characters, of the version that Python has. Run by hand when
 * Python comes with another Unicode:
 *
 *     node --import tsx scripts/make-unicode-names.ts
 *
 * The names are facts of Unicode; the oracle tells them. Names that a rule makes (Hangul, ideographs) are left out. The
 * file is a brotli stream of lines: `NAME` belongs to the code point after the last, `+N` skips N code points, and
 * behind an empty line aliases stand as `HEX ALIAS`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { closeOracle, oracle } from '../test/oracle.ts';

/** Names by which Python finds characters, but which it does not tell; the oracle says which of them it knows. */
const ALIASES =
  'NULL|NUL|START OF HEADING|SOH|START OF TEXT|STX|END OF TEXT|ETX|END OF TRANSMISSION|EOT|ENQUIRY|ENQ|ACKNOWLEDGE|ACK|' +
  'ALERT|BEL|BACKSPACE|BS|CHARACTER TABULATION|HORIZONTAL TABULATION|HT|TAB|LINE FEED|NEW LINE|END OF LINE|LF|NL|EOL|' +
  'LINE TABULATION|VERTICAL TABULATION|VT|FORM FEED|FF|CARRIAGE RETURN|CR|SHIFT OUT|LOCKING-SHIFT ONE|SO|SHIFT IN|' +
  'LOCKING-SHIFT ZERO|SI|DATA LINK ESCAPE|DLE|DEVICE CONTROL ONE|DC1|DEVICE CONTROL TWO|DC2|DEVICE CONTROL THREE|DC3|' +
  'DEVICE CONTROL FOUR|DC4|NEGATIVE ACKNOWLEDGE|NAK|SYNCHRONOUS IDLE|SYN|END OF TRANSMISSION BLOCK|ETB|CANCEL|CAN|' +
  'END OF MEDIUM|EOM|EM|SUBSTITUTE|SUB|ESCAPE|ESC|INFORMATION SEPARATOR FOUR|FILE SEPARATOR|FS|' +
  'INFORMATION SEPARATOR THREE|GROUP SEPARATOR|GS|INFORMATION SEPARATOR TWO|RECORD SEPARATOR|RS|' +
  'INFORMATION SEPARATOR ONE|UNIT SEPARATOR|US|SP|DELETE|DEL|PADDING CHARACTER|PAD|HIGH OCTET PRESET|HOP|' +
  'BREAK PERMITTED HERE|BPH|NO BREAK HERE|NBH|INDEX|IND|NEXT LINE|NEL|START OF SELECTED AREA|SSA|' +
  'END OF SELECTED AREA|ESA|CHARACTER TABULATION SET|HORIZONTAL TABULATION SET|HTS|' +
  'CHARACTER TABULATION WITH JUSTIFICATION|HORIZONTAL TABULATION WITH JUSTIFICATION|HTJ|LINE TABULATION SET|' +
  'VERTICAL TABULATION SET|VTS|PARTIAL LINE FORWARD|PARTIAL LINE DOWN|PLD|PARTIAL LINE BACKWARD|PARTIAL LINE UP|PLU|' +
  'REVERSE LINE FEED|REVERSE INDEX|RI|SINGLE SHIFT TWO|SINGLE-SHIFT-2|SS2|SINGLE SHIFT THREE|SINGLE-SHIFT-3|SS3|' +
  'DEVICE CONTROL STRING|DCS|PRIVATE USE ONE|PRIVATE USE-1|PU1|PRIVATE USE TWO|PRIVATE USE-2|PU2|SET TRANSMIT STATE|' +
  'STS|CANCEL CHARACTER|CCH|MESSAGE WAITING|MW|START OF GUARDED AREA|START OF PROTECTED AREA|SPA|END OF GUARDED AREA|' +
  'END OF PROTECTED AREA|EPA|START OF STRING|SOS|SINGLE GRAPHIC CHARACTER INTRODUCER|SGC|' +
  'SINGLE CHARACTER INTRODUCER|SCI|CONTROL SEQUENCE INTRODUCER|CSI|STRING TERMINATOR|ST|OPERATING SYSTEM COMMAND|OSC|' +
  'PRIVACY MESSAGE|PM|APPLICATION PROGRAM COMMAND|APC|NBSP|SHY|CGJ|ALM|FVS1|FVS2|FVS3|FVS4|MVS|ZWSP|ZWNJ|ZWJ|LRM|RLM|' +
  'LRE|RLE|PDF|LRO|RLO|NNBSP|MMSP|WJ|LRI|RLI|FSI|PDI|BYTE ORDER MARK|BOM|ZWNBSP|LATIN CAPITAL LETTER GHA|' +
  'LATIN SMALL LETTER GHA|GREEK CAPITAL LETTER LAMBDA|LATIN SMALL LETTER CALIGRAPHY P|WEIERSTRASS ELLIPTIC FUNCTION|' +
  'MICR ON US SYMBOL|MICR DASH SYMBOL|VARIATION SELECTOR-1|' +
  Array.from({ length: 256 }, (_, i) => `VS${i + 1}`).join('|');

const PROGRAM = `
import unicodedata
made = ('CJK UNIFIED IDEOGRAPH-', 'HANGUL SYLLABLE ')
lines = []
skipped = 0
for code in range(0x110000):
    name = unicodedata.name(chr(code), None)
    if name is None or name.startswith(made):
        skipped += 1
        continue
    if skipped:
        lines.append(f'+{skipped}')
        skipped = 0
    lines.append(name)
lines.append('')
for alias in ${JSON.stringify(ALIASES)}.split('|'):
    try:
        found = unicodedata.lookup(alias)
    except KeyError:
        continue
    if unicodedata.name(found, None) != alias:
        lines.append(f'{ord(found):X} {alias}')
print('\\n'.join(lines))
`;

const answer = await oracle({ code: PROGRAM });
closeOracle();
if (answer.status !== 0) throw new Error(answer.stderr);
const text = Buffer.from(answer.stdout.trimEnd());
const packed = brotliCompressSync(text, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
writeFileSync(join(import.meta.dirname, '..', 'src', 'modules', 'unicode-names.br'), packed);
process.stdout.write(`${text.length} bytes of names, ${packed.length} packed\n`);
