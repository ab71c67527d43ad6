/** The _types module: names for the types that are no builtins. */
import { T } from '../heap/fixed.ts';
import { popSlots, pushSlots } from '../heap/slots.ts';
import { setRef } from '../heap/values.ts';
import { declareType, materializeType } from '../objects/declared-types.ts';
import { dictSetString } from '../objects/dicts.ts';
import { GENERIC_ALIAS } from '../objects/generic-aliases.ts';
import { registerModule } from '../objects/modules.ts';
import { SIMPLE_NAMESPACE } from '../objects/simple-namespaces.ts';
import { intern } from '../objects/strings.ts';
import { UNION } from '../objects/unions.ts';

/** Never instantiated: there are no pointers of C to carry. */
const CAPSULE = declareType({ name: 'PyCapsule', module: 'builtins', native: '_types', hidden: true, final: true });

const names: Readonly<Record<string, T>> = {
  AsyncGeneratorType: T.async_generator,
  BuiltinFunctionType: T.builtin_function_or_method,
  BuiltinMethodType: T.builtin_function_or_method,
  CapsuleType: CAPSULE,
  CellType: T.cell,
  ClassMethodDescriptorType: T.classmethod_descriptor,
  CodeType: T.code,
  CoroutineType: T.coroutine,
  EllipsisType: T.ellipsis,
  FrameType: T.frame,
  FunctionType: T.function,
  GeneratorType: T.generator,
  GenericAlias: GENERIC_ALIAS,
  GetSetDescriptorType: T.getset_descriptor,
  LambdaType: T.function,
  MappingProxyType: T.mappingproxy,
  MemberDescriptorType: T.member_descriptor,
  MethodDescriptorType: T.method_descriptor,
  MethodType: T.method,
  MethodWrapperType: T.method_wrapper,
  ModuleType: T.module,
  NoneType: T.NoneType,
  NotImplementedType: T.NotImplementedType,
  SimpleNamespace: SIMPLE_NAMESPACE,
  TracebackType: T.traceback,
  UnionType: UNION,
  WrapperDescriptorType: T.wrapper_descriptor,
};

registerModule('_types', (dict) => {
  const slot = pushSlots(1);
  for (const [name, type] of Object.entries(names)) {
    setRef(slot, materializeType(type));
    dictSetString(dict, intern(name), slot);
  }
  popSlots(1);
});
