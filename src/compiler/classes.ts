/** Class definitions: the body is a function without arguments whose locals become the namespace. */
import type { ClassDef, Located } from '../parser/ast.ts';
import { beginAnnotations, deferredAnnotations } from './annotations.ts';
import { checkKeywords, finishCall, isUnpacked, unpackedCall } from './calls.ts';
import type { CodeDescription } from './code.ts';
import { intConstant, stringConstant, tupleConstant } from './constants.ts';
import { into } from './expressions.ts';
import { cleanDocstring, decorated, docstringOf, firstLineOf, functionObject } from './functions.ts';
import { CommonObject, Op, TypeIntrinsic } from './instructions.ts';
import { bindingOf, loadBinding, storeBinding, storeName } from './names.ts';
import { statements } from './statements.ts';
import { genericUnit, typeParametersInto } from './type-parameters.ts';
import { CodeUnit, NOWHERE } from './unit.ts';

export function classDefinition(unit: CodeUnit, node: ClassDef): void {
  checkKeywords(unit, node.keywords);
  decorated(unit, node, node.decorator_list, node.name, (target) => {
    const mark = unit.next;
    if (node.type_params.length === 0) {
      makeClass(unit, node, target);
    } else {
      const generic = genericUnit(unit, node.type_params, firstLineOf(node));
      const types = generic.allocate();
      typeParametersInto(generic, node, node.type_params, types);
      storeName(generic, '.type_params', node, types);
      const made = generic.allocate();
      makeClass(generic, node, made);
      generic.return(node, made);
      const start = unit.allocate(2);
      functionObject(unit, node, generic.finish(), generic.host, start, null, null, null);
      unit.emit(node, Op.CLEAR, start + 1);
      unit.emit(node, Op.CALL, target, start, 0);
    }
    unit.next = mark;
  });
}

/** `__build_class__(body, name, *bases, **keywords)` */
function makeClass(unit: CodeUnit, node: ClassDef, target: number): void {
  const scope = unit.compilation.scopes.get(node)!;
  const generic = node.type_params.length > 0;
  const { bases, keywords } = node;
  const mark = unit.next;
  const start = unit.allocate(4);
  unit.emit(node, Op.LOAD_COMMON, start, CommonObject.buildClass);
  unit.emit(node, Op.CLEAR, start + 1);
  const body = classBody(unit, node);
  functionObject(unit, node, body, scope, start + 2, null, null, null);
  unit.move(node, start + 3, unit.constant(stringConstant(node.name)));
  if (isUnpacked(bases, keywords)) {
    const base = generic ? genericBase(unit, node) : -1;
    unpackedCall(unit, node, start, [start + 2, start + 3], bases, keywords, target, base);
  } else if (generic) {
    for (const base of bases) {
      const register = unit.allocate();
      into(unit, base, register);
      unit.next = register + 1;
    }
    genericBase(unit, node);
    finishCall(unit, node, start, 3 + bases.length, [], keywords, target);
  } else {
    finishCall(unit, node, start, 2, bases, keywords, target);
  }
  unit.next = mark;
}

/** `Generic[*type_params]`, the implicit last base, in a fresh temporary. */
function genericBase(unit: CodeUnit, node: ClassDef): number {
  const base = unit.allocate();
  loadBinding(unit, bindingOf(unit, '.type_params'), node, base);
  unit.emit(node, Op.TYPE_INTRINSIC, base, TypeIntrinsic.subscriptGeneric, base, base);
  storeName(unit, '.generic_base', node, base);
  return base;
}

function classBody(outer: CodeUnit, node: ClassDef): CodeDescription {
  const { compilation } = outer;
  const scope = compilation.scopes.get(node)!;
  const firstLine = firstLineOf(node);
  const unit = new CodeUnit(compilation, outer, scope, node.name, firstLine, null);
  const at: Located = { lineno: firstLine, col_offset: 0, end_lineno: firstLine, end_col_offset: 0 };
  const store = (name: string, source: number): void => storeBinding(unit, bindingOf(unit, name), at, source);
  const temporary = unit.allocate();
  loadBinding(unit, bindingOf(unit, '__name__'), at, temporary);
  store('__module__', temporary);
  store('__qualname__', unit.constant(stringConstant(unit.qualname)));
  store('__firstlineno__', unit.constant(intConstant(firstLine)));
  if (node.type_params.length > 0) {
    loadBinding(unit, bindingOf(unit, '.type_params'), at, temporary);
    store('__type_params__', temporary);
  }
  if (scope.classDictCell !== null) {
    unit.emit(at, Op.LOAD_LOCALS, temporary);
    storeBinding(unit, scope.classDictCell, at, temporary);
  }
  unit.next = temporary;
  beginAnnotations(unit, at);
  const docstring = docstringOf(node.body);
  if (docstring !== null && compilation.optimize < 2) {
    storeBinding(
      unit,
      bindingOf(unit, '__doc__'),
      node.body[0],
      unit.constant(stringConstant(cleanDocstring(docstring))),
    );
  }
  statements(unit, node.body, docstring === null ? 0 : 1);
  deferredAnnotations(unit, '__annotate_func__', at);
  const end = (name: string, source: number): void => storeBinding(unit, bindingOf(unit, name), NOWHERE, source);
  const attributes = [...scope.staticAttributes!].sort();
  end('__static_attributes__', unit.constant(tupleConstant(attributes.map(stringConstant))));
  if (scope.classDictCell !== null) end('__classdictcell__', scope.classDictCell.register);
  if (scope.classCell !== null) {
    end('__classcell__', scope.classCell.register);
    unit.return(NOWHERE, scope.classCell.register);
  } else {
    unit.return(NOWHERE, unit.none());
  }
  return unit.finish();
}
