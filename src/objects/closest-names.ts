/**
 * "Did you mean ...?": the closest of some names by edit distance, with CPython's costs (a change of case counts less)
 * and its limit on how far a suggestion may be off.
 */

const MOVE_COST = 2;
const CASE_COST = 1;
const MAX_CANDIDATES = 750;
const MAX_LENGTH = 40;

function substitutionCost(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE_COST : MOVE_COST;
}

/** Edit distance, or more than `limit` if it exceeds it. */
function distance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const left = a.slice(start, endA);
  const right = b.slice(start, endB);
  if (left === '' || right === '') return (left.length + right.length) * MOVE_COST;
  if (left.length > MAX_LENGTH || right.length > MAX_LENGTH) return limit + 1;
  if (Math.abs(left.length - right.length) * MOVE_COST > limit) return limit + 1;
  let row = Array.from({ length: left.length + 1 }, (_, i) => i * MOVE_COST);
  for (let j = 1; j <= right.length; j++) {
    const next = [j * MOVE_COST];
    for (let i = 1; i <= left.length; i++) {
      next.push(
        Math.min(row[i] + MOVE_COST, next[i - 1] + MOVE_COST, row[i - 1] + substitutionCost(left[i - 1], right[j - 1])),
      );
    }
    row = next;
  }
  return row[left.length];
}

/** The candidate that `name` was probably meant to be, or null. */
export function closestMatch(name: string, candidates: readonly string[]): string | null {
  if (candidates.length >= MAX_CANDIDATES) return null;
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    // no more than about a third of the characters may need to change
    let limit = Math.floor(((name.length + candidate.length + 3) * MOVE_COST) / 6);
    limit = Math.min(limit, bestDistance - 1);
    const d = distance(name, candidate, limit);
    if (d > limit) continue;
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  }
  return best;
}
