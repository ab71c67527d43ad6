/** Programs as trees of lines: what random programs are made of, and what is dropped one by one when one is shrunk. */

/** A line of Python and what is indented below it. */
export interface Line {
  text: string;
  body?: Line[];
}

/** Indented text as lines with bodies. */
export function parseLines(source: string): Line[] {
  const root: Line = { text: '', body: [] };
  const stack: { indent: number; line: Line }[] = [{ indent: -1, line: root }];
  for (const raw of source.split('\n')) {
    if (raw.trim() === '') continue;
    const indent = raw.length - raw.trimStart().length;
    while (stack[stack.length - 1].indent >= indent) stack.pop();
    const line: Line = { text: raw.trim() };
    const parent = stack[stack.length - 1].line;
    parent.body = [...(parent.body ?? []), line];
    stack.push({ indent, line });
  }
  return root.body!;
}

/** A program as text. */
export function render(lines: readonly Line[], indent = ''): string {
  let text = '';
  for (const line of lines) {
    text += `${indent}${line.text}\n`;
    if (line.body) text += line.body.length === 0 ? `${indent}    pass\n` : render(line.body, `${indent}    `);
  }
  return text;
}
