/**
 * Type parameters (PEP 695 and 696) and `type` statements. Bounds, defaults and the values of aliases are evaluated
 * lazily, by functions of one parameter, the format.
 */
import type { Expression, Located, TypeAlias, TypeParameter } from '../parser/ast.ts';
import { annotationUnit, annotationValue } from './annotations.ts';
import { intConstant, stringConstant, tupleConstant } from './constants.ts';
import { functionObject } from './functions.ts';
import { Op, TypeIntrinsic } from './instructions.ts';
import { storeName, storeProduced } from './names.ts';
import { defaultKey } from './scope-builder.ts';
import { ScopeKind } from './scopes.ts';
import { CodeUnit } from './unit.ts';

/** The code object `<generic parameters of x>` for a list of type parameters. */
export function genericUnit(unit: CodeUnit, parameters: TypeParameter[], firstLine: number): CodeUnit {
  const scope = unit.compilation.scopes.get(parameters)!;
  return new CodeUnit(unit.compilation, unit, scope, scope.name, firstLine, null);
}

/** Makes the type parameters, binds their names, and leaves the tuple of them in `target`. */
export function typeParametersInto(unit: CodeUnit, at: Located, parameters: TypeParameter[], target: number): void {
  const mark = unit.next;
  const start = unit.next;
  let defaulted = false;
  for (const parameter of parameters) {
    const register = unit.allocate();
    typeParameterInto(unit, parameter, register);
    if (parameter.default_value !== null) {
      defaulted = true;
      const evaluator = unit.allocate();
      evaluatorInto(unit, parameter, parameter.name, parameter.default_value, defaultKey(parameter), evaluator);
      unit.emit(parameter, Op.TYPE_INTRINSIC, register, TypeIntrinsic.setDefault, register, evaluator);
    } else if (defaulted) {
      unit.compilation.problems.error(
        parameter,
        `non-default type parameter '${parameter.name}' follows default type parameter`,
      );
    }
    unit.next = register + 1;
    storeName(unit, parameter.name, parameter, register);
  }
  unit.emit(at, Op.BUILD_TUPLE, target, start, parameters.length);
  unit.next = mark;
}

function typeParameterInto(unit: CodeUnit, node: TypeParameter, target: number): void {
  const name = unit.constant(stringConstant(node.name));
  if (node.kind === 'TypeVar' && node.bound !== null) {
    const evaluator = unit.allocate();
    evaluatorInto(unit, node, node.name, node.bound, node, evaluator);
    const kind =
      node.bound.kind === 'Tuple' ? TypeIntrinsic.typeVariableWithConstraints : TypeIntrinsic.typeVariableWithBound;
    unit.emit(node, Op.TYPE_INTRINSIC, target, kind, name, evaluator);
    return;
  }
  const kind = {
    TypeVar: TypeIntrinsic.typeVariable,
    ParamSpec: TypeIntrinsic.parameterSpecification,
    TypeVarTuple: TypeIntrinsic.typeVariableTuple,
  }[node.kind];
  unit.emit(node, Op.TYPE_INTRINSIC, target, kind, name, name);
}

/** The function that evaluates an expression when it is asked for. */
function evaluatorInto(
  unit: CodeUnit,
  at: Located,
  name: string,
  expression: Expression,
  key: object,
  target: number,
): void {
  const scope = unit.compilation.scopes.get(key)!;
  const inner = annotationUnit(unit, scope, name, scope.kind === ScopeKind.typeAlias ? at : expression);
  const value = inner.allocate();
  annotationValue(inner, expression, value);
  inner.return(expression, value);
  const defaults = unit.constant(tupleConstant([intConstant(1)]));
  functionObject(unit, at, inner.finish(), scope, target, defaults, null, null);
}

export function typeAliasStatement(unit: CodeUnit, node: TypeAlias): void {
  storeProduced(unit, node.name.id, node, (target) => {
    const mark = unit.next;
    if (node.type_params.length === 0) {
      aliasInto(unit, node, -1, target);
    } else {
      const generic = genericUnit(unit, node.type_params, node.lineno);
      const types = generic.allocate();
      typeParametersInto(generic, node, node.type_params, types);
      const alias = generic.allocate();
      aliasInto(generic, node, types, alias);
      generic.return(node, alias);
      const start = unit.allocate(2);
      functionObject(unit, node, generic.finish(), generic.host, start, null, null, null);
      unit.emit(node, Op.CLEAR, start + 1);
      unit.emit(node, Op.CALL, target, start, 0);
    }
    unit.next = mark;
  });
}

function aliasInto(unit: CodeUnit, node: TypeAlias, types: number, target: number): void {
  const mark = unit.next;
  const start = unit.allocate(3);
  unit.move(node, start, unit.constant(stringConstant(node.name.id)));
  unit.move(node, start + 1, types < 0 ? unit.none() : types);
  evaluatorInto(unit, node, node.name.id, node.value, node, start + 2);
  unit.emit(node, Op.BUILD_TUPLE, start, start, 3);
  unit.emit(node, Op.TYPE_INTRINSIC, target, TypeIntrinsic.typeAlias, start, start);
  unit.next = mark;
}
