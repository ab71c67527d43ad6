/** Lines of source files for tracebacks, read once. Source that has no file (-c, exec) can be registered. */
import { readFileAnywhere } from './archives.ts';

const files = new Map<string, string[]>();

/** Remembers the text of a program that is in no file, under the name its code objects carry. */
export function registerSource(filename: string, text: string): void {
  files.set(filename, splitLines(text));
}

function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** The text of a source file, by the encoding that a comment in its first two lines names. */
function decoded(bytes: Buffer): string {
  const head = bytes.subarray(0, 500).toString('latin1').split('\n', 2).join('\n');
  const encoding = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/m.exec(head)?.[1].toLowerCase() ?? 'utf-8';
  // not TextDecoder, for which this is windows-1252
  if (/^(latin-?1|iso-?8859-1)$/.test(encoding)) return bytes.toString('latin1');
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

/** Line number `line` (from 1) of a file without its newline, or '' if it cannot be read. */
export function sourceLine(filename: string, line: number): string {
  let lines = files.get(filename);
  if (lines === undefined) {
    lines = [];
    if (!(filename.startsWith('<') && filename.endsWith('>'))) {
      try {
        lines = splitLines(decoded(Buffer.from(readFileAnywhere(filename))).replace(/^\uFEFF/, ''));
      } catch {
        // no such file: a traceback then has no source lines
      }
    }
    files.set(filename, lines);
  }
  return lines[line - 1] ?? '';
}
