/**
 * Makes src/modules/multibyte-tables.br, what the multibyte codecs of Python (GBK, Big5, Shift_JIS, EUC, ...) make of bytes
 * and characters. Run by hand when Python's tables change:
 *
 *     node --import tsx scripts/make-multibyte-tables.ts
 *
 * The tables are facts of the standards; the oracle tells them, by decoding all sequences and encoding all characters. The
 * file is a brotli stream of lines, the first field of which says what they are:
 *
 *     c NAME             a codec begins
 *     s HEX ...          for each single byte: its code point, - if it is illegal, ? if more bytes must follow
 *     n PREFIX LENGTH    sequences that begin so have that length (others have 2 bytes)
 *     d PREFIX HEX TEXT  characters of the sequences PREFIX + HEX and those after it
 *     m BYTES TEXT       a sequence that stands for several characters
 *     r BYTES COUNT HEX  GB18030's four bytes: COUNT sequences from BYTES on, code points from HEX on
 *     e HEX BYTES        how a character is encoded that no sequence above stands for, or not first
 *     x HEX ...          characters that are decoded, but not encoded
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { closeOracle, oracle } from '../test/oracle.ts';

const PROGRAM = `
names = ('gb2312 gbk gb18030 big5 big5hkscs cp950 cp932 shift_jis shift_jis_2004 shift_jisx0213 euc_jp euc_jis_2004 '
         'euc_jisx0213 cp949 euc_kr johab').split()
out = []

def rows(table):
    # table: bytes -> one character; runs of sequences that differ in the last byte
    last = None
    for key in sorted(table):
        if last is not None and key[:-1] == last[:-1] and key[-1] == last[-1] + 1:
            out[-1] += table[key]
        else:
            out.append(f'd {key[:-1].hex()} {key[-1]:02x} {table[key]}')
        last = key

for name in names:
    out.append('c ' + name)
    single = []
    leads = []
    for a in range(256):
        try:
            single.append(f'{ord(bytes([a]).decode(name)):x}')
        except UnicodeDecodeError as e:
            single.append('?' if 'incomplete' in e.reason else '-')
            leads.append(a)
    out.append('s ' + ' '.join(single))
    prefixes = [bytes([a]) for a in leads]
    if name.startswith('euc_j'):
        out.append('n 8f 3')
        prefixes += [bytes([0x8f, b]) for b in range(256)]
    if name == 'euc_kr':
        out.append('n a4d4 8')
        prefixes += [bytes([0xa4, 0xd4, 0xa4, b, 0xa4, c, 0xa4]) for b in range(256) for c in range(0xbf, 0xd4)]
    plain = {}
    many = {}
    for prefix in prefixes:
        for b in range(256):
            key = prefix + bytes([b])
            try:
                text = key.decode(name)
            except UnicodeDecodeError:
                continue
            if len(key) > 2 and len(key.decode(name)) > 1 and name not in ('euc_jis_2004', 'euc_jisx0213'):
                continue
            if len(text) == 1:
                plain[key] = text
            else:
                many[key] = text
    rows(plain)
    for key in sorted(many):
        out.append(f'm {key.hex()} {many[key]}')
    encoded = {}
    for code in list(range(0xd800)) + list(range(0xe000, 0x110000 if name == 'gb18030' else 0x30000)):
        try:
            encoded[code] = chr(code).encode(name)
        except UnicodeEncodeError:
            pass
    def index(b):
        return (((b[0] - 0x81) * 10 + b[1] - 0x30) * 126 + b[2] - 0x81) * 10 + b[3] - 0x30
    four = [(code, b) for code, b in encoded.items() if len(b) == 4]
    start = None
    runs = []
    for code, b in four:
        at = index(b)
        if runs and runs[-1][1] + runs[-1][3] == code and runs[-1][2] + runs[-1][3] == at:
            runs[-1][3] += 1
        else:
            runs.append([b, code, at, 1])
    for b, code, at, count in runs:
        out.append(f'r {b.hex()} {count} {code:x}')
    inverse = {}
    for a in range(256):
        if single[a] not in '-?':
            inverse.setdefault(chr(int(single[a], 16)), bytes([a]))
    for key in sorted(plain):
        inverse.setdefault(plain[key], key)
    for code, b in encoded.items():
        if len(b) != 4 and inverse.get(chr(code)) != b:
            out.append(f'e {code:x} {b.hex()}')
    missing = [f'{ord(text):x}' for text in inverse if ord(text) not in encoded]
    if missing:
        out.append('x ' + ' '.join(missing))
print('\\n'.join(out))
`;

const answer = await oracle({ code: PROGRAM });
closeOracle();
if (answer.status !== 0) throw new Error(answer.stderr);
const text = Buffer.from(answer.stdout.trimEnd());
const packed = brotliCompressSync(text, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
writeFileSync(join(import.meta.dirname, '..', 'src', 'modules', 'multibyte-tables.br'), packed);
process.stdout.write(`${text.length} bytes of tables, ${packed.length} packed\n`);
