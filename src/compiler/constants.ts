/**
 * The constants of one code object, each once. Equal is not enough to be the same: 1, 1.0 and True are three constants,
 * and so are 0.0 and -0.0; tuples and frozensets compare item by item.
 */
import type { ConstantValue } from '../parser/ast.ts';
import type { Constant } from './code.ts';

export const NONE: Constant = { type: 'None' };
export const NULL: Constant = { type: 'null' };
export const TRUE: Constant = { type: 'bool', value: true };
export const FALSE: Constant = { type: 'bool', value: false };

export function intConstant(value: number | bigint): Constant {
  return { type: 'int', value: BigInt(value) };
}

export function stringConstant(value: string): Constant {
  return { type: 'str', value };
}

export function tupleConstant(items: readonly Constant[]): Constant {
  return { type: 'tuple', items };
}

export class ConstantPool {
  readonly list: Constant[] = [];
  private readonly strings = new Map<string, number>();
  private readonly others = new Map<string, number>();

  /** The index of a constant, which is added when it is not there. Code objects are always added. */
  add(constant: Constant): number {
    if (constant.type === 'code') return this.list.push(constant) - 1;
    const map = constant.type === 'str' ? this.strings : this.others;
    const key = constant.type === 'str' ? constant.value : constantKey(constant);
    const known = map.get(key);
    if (known !== undefined) return known;
    const index = this.list.push(constant) - 1;
    map.set(key, index);
    return index;
  }
}

/** A string that is the same for two constants exactly if they are the same constant. */
export function constantKey(constant: Constant): string {
  switch (constant.type) {
    case 'int':
      return `i${constant.value}`;
    case 'float':
      return `f${floatKey(constant.value)}`;
    case 'complex':
      return `c${floatKey(constant.real ?? 0)},${floatKey(constant.imag)}`;
    case 'str':
      return `s${constant.value.length}:${constant.value}`;
    case 'bytes':
      return `y${constant.value.length}:${constant.value.join(',')}`;
    case 'bool':
      return constant.value ? 'T' : 'F';
    case 'None':
      return 'N';
    case 'Ellipsis':
      return 'E';
    case 'null':
      return '0';
    case 'tuple':
      return `(${constant.items.map(constantKey).join(',')})`;
    case 'frozenset':
      return `{${constant.items.map(constantKey).join(',')}}`;
    case 'code':
      throw new Error('code objects have no key');
  }
}

function floatKey(value: number): string {
  return Object.is(value, -0) ? '-0' : `${value}`;
}

/** What `bool(constant)` is. */
export function constantTruth(constant: Constant): boolean {
  switch (constant.type) {
    case 'int':
      return constant.value !== 0n;
    case 'float':
      return constant.value !== 0;
    case 'complex':
      return constant.imag !== 0 || (constant.real ?? 0) !== 0;
    case 'str':
    case 'bytes':
      return constant.value.length > 0;
    case 'bool':
      return constant.value;
    case 'None':
    case 'null':
      return false;
    case 'tuple':
    case 'frozenset':
      return constant.items.length > 0;
    case 'Ellipsis':
    case 'code':
      return true;
  }
}

/** The name of a constant's Python type, for messages. */
export function constantTypeName(constant: Constant | ConstantValue): string {
  return constant.type === 'None' ? 'NoneType' : constant.type === 'Ellipsis' ? 'ellipsis' : constant.type;
}
