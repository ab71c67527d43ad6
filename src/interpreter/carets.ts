/**
 * The lines of source under a traceback entry, with markers below the part that was running: `~~^~~` around the operator
 * of a binary operation, the brackets of a subscript, the parentheses of a call; `^^^^` otherwise; none where they would
 * cover the whole statement anyway.
 */
import type { Expression, Module } from '../parser/ast.ts';
import { parseModule } from '../parser/parse.ts';
import { sourceLine } from './source-lines.ts';

interface Anchors {
  readonly leftLine: number;
  readonly leftOffset: number;
  readonly rightLine: number;
  readonly rightOffset: number;
}

/** A position of code: lines from 1, columns in UTF-8 bytes; column -1 unknown. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** UTF-8 byte offset to an index in a JavaScript string. */
function characterOffset(line: string, bytes: number): number {
  let at = 0;
  for (let count = 0; count < bytes && at < line.length; ) {
    const code = line.codePointAt(at) as number;
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\ud83c-\ud83e][\udc00-\udfff]/;
/** Columns that the first `offset` characters take on a terminal. */
function displayWidth(text: string, offset: number = text.length): number {
  if (/^[\x20-\x7e]*$/.test(text)) return offset;
  let width = 0;
  for (const character of text.slice(0, offset)) width += WIDE.test(character) ? 2 : 1;
  return width;
}

function dedent(lines: readonly string[]): string[] {
  let margin: string | null = null;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (margin === null) margin = indent;
    else {
      let same = 0;
      while (same < margin.length && margin[same] === indent[same]) same++;
      margin = margin.slice(0, same);
    }
  }
  const cut = margin?.length ?? 0;
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(cut)));
}

function parse(text: string): Module | null {
  try {
    return parseModule(text, '<traceback>', 'exec');
  } catch {
    return null;
  }
}

/** Where the markers of a segment change from `~` to `^` and back; null for plain carets. */
function anchorsOf(segment: string): Anchors | null {
  // In parentheses, so that a segment of several lines is one expression.
  const tree = parse(`(\n${segment}\n)`);
  if (tree === null || tree.body.length !== 1) return null;
  const statement = tree.body[0];
  if (statement.kind !== 'Expr') return null;
  const lines = segment.split('\n');
  const expression: Expression = statement.value;
  const lineOf = (line: number): number => line - 2;
  const offset = (line: number, column: number): number => characterOffset(lines[lineOf(line)], column);
  switch (expression.kind) {
    case 'BinOp': {
      let line = lineOf(expression.left.end_lineno);
      let at = offset(expression.left.end_lineno, expression.left.end_col_offset);
      // the operator lies after blanks, comments, closing parentheses, backslashes and line ends
      for (;;) {
        const text = lines[line];
        if (at >= text.length || text[at] === '#' || text[at] === '\\') {
          line++;
          at = 0;
          if (line >= lines.length) return null;
        } else if (/\s|\)/.test(text[at])) at++;
        else break;
      }
      let right = at + 1;
      const text = lines[line];
      if (
        right < text.length &&
        !/\s|[#\\]/.test(text[right]) &&
        '*/<>@'.includes(text[at]) &&
        text[right] === text[at]
      ) {
        right++;
      }
      return { leftLine: line, leftOffset: at, rightLine: line, rightOffset: right };
    }
    case 'Subscript': {
      let line = lineOf(expression.value.end_lineno);
      let at = offset(expression.value.end_lineno, expression.value.end_col_offset);
      while (line < lines.length && lines[line][at] !== '[') {
        if (++at >= lines[line].length) {
          line++;
          at = 0;
        }
      }
      if (line >= lines.length) return null;
      return {
        leftLine: line,
        leftOffset: at,
        rightLine: lineOf(expression.end_lineno),
        rightOffset: offset(expression.end_lineno, expression.end_col_offset),
      };
    }
    case 'Call': {
      let line = lineOf(expression.func.end_lineno);
      let at = offset(expression.func.end_lineno, expression.func.end_col_offset);
      while (line < lines.length && lines[line][at] !== '(') {
        if (++at >= lines[line].length) {
          line++;
          at = 0;
        }
      }
      if (line >= lines.length) return null;
      return {
        leftLine: line,
        leftOffset: at,
        rightLine: lineOf(expression.end_lineno),
        rightOffset: offset(expression.end_lineno, expression.end_col_offset),
      };
    }
    default:
      return null;
  }
}

/** Markers say nothing if they cover the whole statement; a call that is all of it needs none either. */
function shouldShow(start: number, end: number, lines: readonly string[], anchors: Anchors | null): boolean {
  const tree = parse(lines.join('\n'));
  if (tree !== null) {
    if (tree.body.length === 0) return false;
    const statement = tree.body[0];
    let value: Expression | null = null;
    if (statement.kind === 'Return' && statement.value?.kind === 'Call' && statement.value.func.kind === 'Name') {
      value = statement.value;
    } else if (statement.kind === 'Assign' && statement.value.kind === 'Call') value = statement.value;
    if (
      value !== null &&
      value.lineno === 1 &&
      value.end_lineno === lines.length &&
      value.col_offset === start &&
      value.end_col_offset === end
    ) {
      return false;
    }
  }
  if (anchors !== null) return true;
  return lines[0].slice(0, start).trim() !== '' || lines[lines.length - 1].slice(end).trim() !== '';
}

/** The lines of source for a traceback entry, markers included, each with its indentation of four and a newline. */
export function sourceExcerpt(filename: string, position: Position): string {
  const original: string[] = [];
  for (let line = position.line; line <= Math.max(position.line, position.endLine); line++) {
    original.push(sourceLine(filename, line).trimEnd());
  }
  if (original.every((line) => line.trim() === '')) return '';
  if (position.column < 0 || position.endColumn < 0) return `    ${original[0].trim()}\n`;
  const lines = dedent(original);
  const last = lines.length - 1;
  const cut = original[0].length - lines[0].length;
  const start = Math.max(0, characterOffset(original[0], position.column) - cut);
  const end = Math.max(0, characterOffset(original[last], position.endColumn) - cut);
  const joined = lines.join('\n');
  const segment = joined.slice(start, joined.length - (lines[last].length - end));
  const anchors = anchorsOf(segment);
  const show = shouldShow(start, end, lines, anchors);

  const significant = new Set([0, last]);
  let left = 0;
  let right = 0;
  if (anchors !== null) {
    left = anchors.leftOffset + (anchors.leftLine === 0 ? start : 0);
    right = anchors.rightOffset + (anchors.rightLine === 0 ? start : 0);
    left = displayWidth(lines[anchors.leftLine], left);
    right = displayWidth(lines[anchors.rightLine], right);
    for (const line of [anchors.leftLine, anchors.rightLine]) {
      for (let near = line - 1; near <= line + 1; near++) if (near >= 0 && near <= last) significant.add(near);
    }
  }
  const startColumn = displayWidth(lines[0], start);
  const endColumn = displayWidth(lines[last], end);
  const output: string[] = [];
  const emit = (line: number): void => {
    output.push(lines[line]);
    if (!show) return;
    const blanks = lines[line].length - lines[line].trimStart().length;
    const count = line === last ? endColumn : displayWidth(lines[line]);
    let markers = '';
    for (let column = 0; column < count; column++) {
      if (column < blanks || (line === 0 && column < startColumn)) markers += ' ';
      else if (anchors === null) markers += '^';
      else {
        const afterLeft = line > anchors.leftLine || (line === anchors.leftLine && column >= left);
        const beforeRight = line < anchors.rightLine || (line === anchors.rightLine && column < right);
        markers += afterLeft && beforeRight ? '^' : '~';
      }
    }
    output.push(markers);
  };
  const shown = [...significant].sort((a, b) => a - b);
  shown.forEach((line, i) => {
    if (i > 0) {
      const between = line - shown[i - 1];
      if (between === 2) emit(line - 1);
      else if (between > 2) output.push(`...<${between - 1} lines>...`);
    }
    emit(line);
  });
  return dedent(output)
    .map((line) => `    ${line}\n`)
    .join('');
}
