/**
 * Who wants to know when something changes that compiled traces took for granted. The JIT sets the hooks; the object
 * model calls them only for objects that carry the watched mark (Type.watchers, Dict.watched), so unwatched programs
 * pay one test of a word. Here, below both, because nothing below src/jit may import it.
 */

/** A watched type's lookups may yield something else now. */
export let typeChanged: (type: number) => void = () => {};
/**
 * An int or float in the namespace of a class is about to count as one that changes. True if this is news, so that those
 * who watch the type and its subclasses must be told.
 */
export let typeValueChanging: (type: number, name: number) => boolean = () => false;
/** A watched dict changed at a key (interned str ref; 0: anything may have changed, e.g. clear). */
export let dictChanged: (dict: number, key: number) => void = () => {};
/** A function's code, defaults or keyword defaults were replaced. */
export let functionChanged: (fn: number) => void = () => {};

export function setTypeChanged(hook: (type: number) => void): void {
  typeChanged = hook;
}
export function setTypeValueChanging(hook: (type: number, name: number) => boolean): void {
  typeValueChanging = hook;
}
export function setDictChanged(hook: (dict: number, key: number) => void): void {
  dictChanged = hook;
}
export function setFunctionChanged(hook: (fn: number) => void): void {
  functionChanged = hook;
}
