/**
 * The numbers of Python's binary and comparison operators, as every layer passes them. The order is that of the
 * instructions ADD ... XOR and LESS ... GREATER_EQUAL, so that an opcode becomes an operator by one subtraction.
 */
export enum BinaryOperator {
  add,
  subtract,
  multiply,
  trueDivide,
  floorDivide,
  remainder,
  power,
  matrixMultiply,
  leftShift,
  rightShift,
  and,
  or,
  xor,
}

export enum CompareOperator {
  less,
  lessEqual,
  equal,
  notEqual,
  greater,
  greaterEqual,
}

/** As written in Python source, for messages. */
export const binarySymbols: readonly string[] = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '** or pow()',
  '@',
  '<<',
  '>>',
  '&',
  '|',
  '^',
];
export const compareSymbols: readonly string[] = ['<', '<=', '==', '!=', '>', '>='];

/** The truth of `ordering <operator> 0`, where `ordering` is negative, zero or positive. */
export function orderingMatches(operator: CompareOperator, ordering: number): boolean {
  switch (operator) {
    case CompareOperator.less:
      return ordering < 0;
    case CompareOperator.lessEqual:
      return ordering <= 0;
    case CompareOperator.equal:
      return ordering === 0;
    case CompareOperator.notEqual:
      return ordering !== 0;
    case CompareOperator.greater:
      return ordering > 0;
    case CompareOperator.greaterEqual:
      return ordering >= 0;
  }
}
