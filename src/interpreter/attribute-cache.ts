/**
 * What attribute instructions ask when their own inline cache misses: one table each for loads, stores and methods,
 * keyed by (type version, shape, name), so that an instruction that meets several classes costs a probe instead of a
 * walk along the mro. Versions are unique and shapes live as long as their type, so entries never turn false; the tables
 * lie outside the heap because they hold nothing that could not be found again.
 */
const ENTRIES = 1024;
const FIELDS = 5;

export class AttributeCache {
  private readonly table = new Int32Array(ENTRIES * FIELDS);

  /** Index of the entry's first value word, or -1. */
  find(version: number, shape: number, name: number): number {
    const at = ((Math.imul(shape, 0x9e3779b1) ^ (name >> 1) ^ version) & (ENTRIES - 1)) * FIELDS;
    const { table } = this;
    return table[at] === version && table[at + 1] === shape && table[at + 2] === name ? at + 3 : -1;
  }
  value(entry: number): number {
    return this.table[entry];
  }
  /** Stores two value words. */
  set(version: number, shape: number, name: number, value: number, second: number): void {
    const at = ((Math.imul(shape, 0x9e3779b1) ^ (name >> 1) ^ version) & (ENTRIES - 1)) * FIELDS;
    const { table } = this;
    table[at] = version;
    table[at + 1] = shape;
    table[at + 2] = name;
    table[at + 3] = value;
    table[at + 4] = second;
  }
}
