// Where tree-sitter's word is not taken: the shapes of its tree for which Python's own grammar has to be asked.
//
// tree-sitter-python is written for editors: it accepts more than Python does, lest it show errors in what somebody is
// about to type, and for some programs it makes another tree than Python. The converter (tree-*.ts) takes from the tree
// only what is a derivation in Python's grammar as well; since that grammar gives one tree to a row of tokens, such a
// tree is Python's. For the rest it throws a Doubt, and the predictive parser (compound-parser.ts) reads the program.

/** Every reason to doubt a tree, and why it is one. */
export const DOUBTS = {
  error: 'The tree has an error or a missing node: only the other parser knows what Python says to that.',
  unknown: 'A kind of node that the converter does not know: another version of the grammar.',
  shape:
    'The children of a node are not those that it has in Python: `raise from x`, `{,}`, `import a,`; `type(x).y = 3` is taken for a type alias.',
  python2:
    '`print x`, `exec x` and `a <> b` are statements and operators of Python 2 (and the last of whoever asks the future for it).',
  token: 'A token that Python reads differently: `0777`, `1if`, `ur""`, `a:=` where Python sees `:` and `=`.',
  keyword: 'A keyword as a name: `async = 1`.',
  space:
    'White space that counts in Python and not in the tree: tabs together with spaces in indentation, form feeds, a continuation at the start of a line.',
  line: 'A newline outside of brackets within a statement, or two statements on a line: the grammar skips newlines where none is valid.',
  indentation:
    'A statement that does not stand in the column of its block: the grammar takes any smaller column for a dedent.',
  block:
    'A block without statements, or a compound statement after `;` or on the line of another: the grammar allows both.',
  precedence:
    'An operand that binds less tightly than Python lets it: `await x ** 2` is taken for `await (x ** 2)`, `a & b ^ c` for `a & (b ^ c)`, `a or lambda: b` for an expression.',
  star: 'A starred expression outside of a list: the grammar takes `*f(), 1` for a call of `*f`.',
  target:
    'A target that Python refuses, or a lone starred one: the grammar allows any expression after `as` and `del`.',
  as: '`x as y` outside of `with`, `except`, `import` and patterns: the grammar has it as an expression.',
  named: '`x := y` where Python wants parentheses: the grammar has it as an expression.',
  parameters: 'Parameters in an order that Python refuses, tuples among them, and annotations in a lambda.',
  arguments: 'Arguments in an order that Python refuses.',
  types:
    'An annotation or type parameter in a form of its own, such as `a[b: c]` and `*T`, where Python has an expression.',
  with: '`with (a, b):` taken for one tuple: Python takes it for two items.',
  handlers: '`try` without handlers, or with `except` and `except*` together.',
  pattern: 'A pattern that Python refuses: a star outside of a sequence, positional patterns after those with a name.',
  string: 'A string that Python refuses, or one whose escapes or fields need an error.',
  depth: 'Nesting so deep that one of the limits of Python might be reached.',
} as const;

export type DoubtName = keyof typeof DOUBTS;

/** Thrown by the converter where it will not take the tree's word. */
export class Doubt extends Error {
  readonly doubt: DoubtName;

  constructor(doubt: DoubtName) {
    super(DOUBTS[doubt]);
    this.doubt = doubt;
  }
}
