/** fast-check's arbitraries for the programs of trace-programs.ts. */
import fc from 'fast-check';
import type { Item, Program, State, Statement, Value } from './trace-programs.ts';

/** More than either processor has registers for. */
export const VARIABLES = 18;

/** Few of the variables most of the time, so that statements meet. */
const variable = fc.oneof({ weight: 3, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.nat(VARIABLES - 1) });
const smallInt = fc.oneof(fc.integer({ min: -3, max: 9 }), fc.integer({ min: -(2 ** 46), max: 2 ** 46 })).map(BigInt);
const float = fc.oneof(
  fc.constantFrom(0, -0, 0.5, 1, 2, -1.5, 1e300),
  fc.integer({ min: -1000, max: 1000 }).map((n) => n / 8),
);

const statement: fc.Arbitrary<Statement> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('add', 'subtract', 'multiply', 'and', 'xor', 'divide', 'remainder', 'less'),
      to: variable,
      left: variable,
      right: variable,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('move', 'negative'), to: variable, from: variable }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('constant'), to: variable, value: fc.oneof(smallInt, float) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('branch'),
      to: variable,
      other: variable,
      left: variable,
      right: variable,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('load'), to: variable, object: variable, field: fc.nat(1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('store'), object: variable, field: fc.nat(1), from: variable }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('make'), to: variable, first: variable, second: variable }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('makeList'), to: variable }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('call'), to: variable, object: variable, from: variable }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('append'), object: variable, from: variable }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('loadItem'), to: variable, object: variable, index: variable }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('storeItem'), object: variable, index: variable, from: variable }),
  },
) as fc.Arbitrary<Statement>;

export const program: fc.Arbitrary<Program> = fc.record({
  body: fc.array(statement, { minLength: 1, maxLength: 24, size: 'max' }),
  iterations: fc.integer({ min: 2, max: 12 }),
});

/** Values of the variables: some share the same objects. */
export const initialState: fc.Arbitrary<State> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: smallInt },
      { weight: 2, arbitrary: float },
      { weight: 1, arbitrary: fc.boolean() },
      { weight: 3, arbitrary: fc.nat(2).map((n) => ({ object: n })) },
    ),
    { minLength: VARIABLES, maxLength: VARIABLES },
  )
  .map((values) => {
    const objects: Item[] = [1n, 2.5, 3n].map((field, i) => ({
      fields: [field, field],
      items: i === 0 ? null : [field, 7n],
    }));
    objects[0].fields[1] = objects[1];
    const variables: Value[] = values.map((value) => (typeof value === 'object' ? objects[value.object] : value));
    return { variables, counter: 0n };
  });
