// Expressions as targets: which ones can be assigned to or deleted, and what Python calls those that cannot.

import type { Expression, ExpressionContext } from './ast.ts';

/** What a target is for; each accepts a little less or more. */
export type TargetUse = 'assign' | 'delete' | 'for';

/** What Python calls an expression in `cannot assign to ...`. */
export function expressionName(node: Expression): string {
  switch (node.kind) {
    case 'Attribute':
      return 'attribute';
    case 'Subscript':
      return 'subscript';
    case 'Starred':
      return 'starred';
    case 'Name':
      return 'name';
    case 'List':
      return 'list';
    case 'Tuple':
      return 'tuple';
    case 'Lambda':
      return 'lambda';
    case 'Call':
      return 'function call';
    case 'BoolOp':
    case 'BinOp':
    case 'UnaryOp':
      return 'expression';
    case 'GeneratorExp':
      return 'generator expression';
    case 'Yield':
    case 'YieldFrom':
      return 'yield expression';
    case 'Await':
      return 'await expression';
    case 'ListComp':
      return 'list comprehension';
    case 'SetComp':
      return 'set comprehension';
    case 'DictComp':
      return 'dict comprehension';
    case 'Dict':
      return 'dict literal';
    case 'Set':
      return 'set display';
    case 'JoinedStr':
    case 'FormattedValue':
      return 'f-string expression';
    case 'TemplateStr':
    case 'Interpolation':
      return 't-string expression';
    case 'Compare':
      return 'comparison';
    case 'IfExp':
      return 'conditional expression';
    case 'NamedExpr':
      return 'named expression';
    case 'Slice':
      return 'slice';
    case 'Constant':
      switch (node.value.type) {
        case 'None':
          return 'None';
        case 'bool':
          return node.value.value ? 'True' : 'False';
        case 'Ellipsis':
          return 'ellipsis';
        default:
          return 'literal';
      }
  }
}

/** The first part of an expression that cannot be a target, or `null` when all of it can. */
export function invalidTarget(node: Expression, use: TargetUse): Expression | null {
  switch (node.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      return null;
    case 'List':
    case 'Tuple':
      for (const element of node.elts) {
        const invalid = invalidTarget(element, use);
        if (invalid !== null) {
          return invalid;
        }
      }
      return null;
    case 'Starred':
      return use === 'delete' ? node : invalidTarget(node.value, use);
    case 'Compare':
      // `for x in y` up to its colon reads as a comparison.
      return use === 'for' && node.ops[0] === 'In' ? invalidTarget(node.left, use) : node;
    default:
      return node;
  }
}

/** Makes a target of an expression that `invalidTarget` has let pass: sets the context of it and of its elements. */
export function setContext(node: Expression, context: ExpressionContext): void {
  switch (node.kind) {
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      node.ctx = context;
      break;
    case 'Starred':
      node.ctx = context;
      setContext(node.value, context);
      break;
    case 'List':
    case 'Tuple':
      node.ctx = context;
      for (const element of node.elts) {
        setContext(element, context);
      }
      break;
  }
}
