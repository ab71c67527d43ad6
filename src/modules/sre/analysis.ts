/** What can be said of a part of a pattern without running it: widths, first characters, the groups it sets. */
import { ANYTHING, COLUMNS, END, type First, firstOfSet, intersection, union } from './charsets.ts';
import { At } from './opcodes.ts';
import type { Node, Repeat, Sequence } from './tree.ts';

/** The fewest code points that a match takes. */
export function minWidth(sequence: Sequence): number {
  let width = 0;
  for (const node of sequence) width += nodeWidth(node);
  return width;
}
function nodeWidth(node: Node): number {
  switch (node.kind) {
    case 'character':
      return 1;
    case 'branch':
      return Math.min(...node.alternatives.map(minWidth));
    case 'repeat':
      return node.min === 0 ? 0 : node.min * minWidth(node.body);
    case 'conditional':
      return Math.min(minWidth(node.yes), minWidth(node.no));
    case 'atomic':
      return minWidth(node.body);
    default:
      return 0;
  }
}

const NOTHING: First = new Uint8Array(COLUMNS);
const AT_END: First = NOTHING.slice();
AT_END[END] = 1;
const AT_LINE_END: First = AT_END.slice();
AT_LINE_END[10] = 1;

/** What follows when all of the text must be matched. */
export { AT_END };

/** With what `sequence` may begin if `follow` comes after it. */
export function firstOf(sequence: Sequence, follow: First): First {
  let first = follow;
  for (let i = sequence.length - 1; i >= 0; i--) first = firstOfNode(sequence[i], first);
  return first;
}

/** For each node of the sequence: with what the part behind it may begin. */
export function followsOf(sequence: Sequence, follow: First): First[] {
  const follows: First[] = new Array(sequence.length);
  let first = follow;
  for (let i = sequence.length - 1; i >= 0; i--) {
    follows[i] = first;
    first = firstOfNode(sequence[i], first);
  }
  return follows;
}

/** With what an iteration may begin. */
export function firstOfBody(repeat: Repeat, follow: First): First {
  return firstOf(repeat.body, minWidth(repeat.body) === 0 ? ANYTHING : follow);
}

function firstOfNode(node: Node, follow: First): First {
  switch (node.kind) {
    case 'character':
      return firstOfSet(node.set);
    case 'mark':
      return follow;
    case 'position':
      switch (node.at) {
        case At.end:
        case At.endLine:
          return intersection(follow, AT_LINE_END);
        case At.endString:
          return intersection(follow, AT_END);
      }
      return follow;
    case 'branch':
      return node.alternatives.map((alternative) => firstOf(alternative, follow)).reduce(union);
    case 'repeat': {
      const body = firstOfBody(node, follow);
      return node.min === 0 ? union(body, follow) : body;
    }
    case 'reference':
      return ANYTHING;
    case 'conditional':
      return union(firstOf(node.yes, follow), firstOf(node.no, follow));
    case 'assertion':
      return node.negative || node.back !== 0 ? follow : intersection(firstOf(node.body, ANYTHING), follow);
    case 'atomic':
      return firstOf(node.body, follow);
    case 'failure':
      return NOTHING;
  }
}

/** Calls `visit` for every node of the tree, with whether it may run more than once in an attempt. */
export function visitNodes(sequence: Sequence, visit: (node: Node, repeated: boolean) => void, repeated = false): void {
  for (const node of sequence) {
    visit(node, repeated);
    switch (node.kind) {
      case 'branch':
        for (const alternative of node.alternatives) visitNodes(alternative, visit, repeated);
        break;
      case 'repeat':
        visitNodes(node.body, visit, repeated || node.max > 1 || node.greed === 'possessive');
        break;
      case 'conditional':
        visitNodes(node.yes, visit, repeated);
        visitNodes(node.no, visit, repeated);
        break;
      case 'assertion':
      case 'atomic':
        visitNodes(node.body, visit, repeated);
    }
  }
}

/** The indices of all marks in the sequence. */
export function marksIn(sequence: Sequence): number[] {
  const marks: number[] = [];
  visitNodes(sequence, (node) => {
    if (node.kind === 'mark') marks.push(node.index);
  });
  return marks;
}

/**
 * True if a mark may be set twice in an attempt, or asked for before it is set: then its old value must be kept for the
 * way back. Else it is enough to clear the marks of a branch that was left.
 */
export function needsTrail(tree: Sequence): boolean {
  let needed = false;
  const ended = new Set<number>();
  visitNodes(tree, (node, repeated) => {
    if (node.kind === 'mark') {
      if (repeated || ended.has(node.index)) needed = true;
      ended.add(node.index);
    } else if (node.kind === 'conditional' && !ended.has(node.group * 2 + 1)) needed = true;
    else if (node.kind === 'reference' && !ended.has(node.group * 2 + 1)) needed = true;
  });
  return needed;
}
