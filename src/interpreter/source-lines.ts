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

/** Line number `line` (from 1) of a file without its newline, or '' if it cannot be read. */
export function sourceLine(filename: string, line: number): string {
  let lines = files.get(filename);
  if (lines === undefined) {
    lines = [];
    if (!(filename.startsWith('<') && filename.endsWith('>'))) {
      try {
        lines = splitLines(
          Buffer.from(readFileAnywhere(filename))
            .toString('utf8')
            .replace(/^\uFEFF/, ''),
        );
      } catch {
        // no such file: a traceback then has no source lines
      }
    }
    files.set(filename, lines);
  }
  return lines[line - 1] ?? '';
}
