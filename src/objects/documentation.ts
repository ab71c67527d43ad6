/**
 * What `__doc__` says of built-in functions, types, their methods and modules: a sentence each, in words of our own. One
 * text, which is taken apart when somebody first asks; a program that asks for no documentation pays nothing. A line that
 * begins in the first column names an owner (a type, a module, or `special` for the methods that syntax calls) and says
 * what it is; the indented lines below are its functions or methods.
 */

const text = (): string => `
builtins: The functions, types and exceptions that every program sees without importing anything.
  abs: How far a number is from zero.
  aiter: An asynchronous iterator over the items of an asynchronous iterable.
  all: True unless some item counts as false; of no items, True.
  anext: An awaitable for the next item of an asynchronous iterator.
  any: True if at least one item counts as true; of no items, False.
  ascii: Like repr(), with escapes for everything beyond ASCII.
  bin: An integer in binary, behind the prefix 0b.
  breakpoint: Stops here, in the debugger that sys.breakpointhook() starts.
  callable: Can the object be called?
  chr: The character that has the given code point.
  compile: Turns source text or a syntax tree into a code object that exec() or eval() runs.
  delattr: Deletes the named attribute, as \`del object.name\` does.
  dir: The names of an object's attributes, sorted; without an argument, the names defined here.
  divmod: Quotient and remainder of a division rounded down, as a pair.
  eval: Computes an expression, given as text or code, and returns its value.
  exec: Runs statements, given as text or code, with the given names.
  exit: Ends the program.
  format: The text of a value in the format that a specification describes.
  getattr: The named attribute; where there is none, the default if one is given.
  globals: The dictionary of the names of the running module.
  hasattr: Does the object have an attribute of that name?
  hash: The number by which dictionaries and sets file an object; equal objects have the same.
  help: Shows documentation of an object, or of what a text names.
  hex: An integer in hexadecimal, behind the prefix 0x.
  id: A number that no other living object has.
  input: Reads a line from standard input, after showing a prompt.
  isinstance: Is the object an instance of the class, or of one of several?
  issubclass: Is the class derived from another one, or from one of several?
  iter: An iterator over an iterable; with two arguments, one that calls a function until it returns a sentinel.
  len: How many items a container holds.
  locals: The names of the running function or class and their values.
  max: The largest of several values, or of the items of an iterable.
  min: The smallest of several values, or of the items of an iterable.
  next: The next item of an iterator; at its end, the default if one is given.
  oct: An integer in octal, behind the prefix 0o.
  open: Opens a file and returns a stream for it.
  ord: The code point of a character.
  pow: base to the power of exp, if asked for modulo a third number.
  print: Writes values to a stream, as text.
  quit: Ends the program.
  repr: The text by which an object shows itself to programmers.
  round: A number rounded to so many decimal places, ties to even.
  setattr: Sets the named attribute, as \`object.name = value\` does.
  sorted: A new list of the items, in ascending order.
  sum: Adds up numbers, beginning with start.
  vars: The attributes of an object as a dictionary; without an argument, like locals().
  __build_class__: What a class statement calls to make the class.
  __import__: What an import statement calls to find and load a module.
object: The base of all classes. Its instances have identity and nothing else.
  __dir__: The names that dir() shows.
  __format__: The text of the object in a format.
  __getstate__: What copy and pickle keep of the object.
  __init_subclass__: Called when a class is derived from this one.
  __reduce__: How pickle takes the object apart.
  __reduce_ex__: How pickle takes the object apart, for a version of its protocol.
  __sizeof__: Bytes that the object occupies.
  __subclasshook__: Lets an abstract class say who counts as derived from it.
type: The class of classes. With one argument, the class of an object; with three, a new class.
  mro: The order in which base classes are searched for attributes.
  __instancecheck__: What isinstance() asks a class.
  __subclasscheck__: What issubclass() asks a class.
  __subclasses__: The classes derived from this one directly.
  __prepare__: The namespace for the body of a new class.
  __dir__: The names that dir() shows of a class.
  __sizeof__: Bytes that the class occupies.
int: Whole numbers of any size. int(x) converts numbers and text; a base says how text is to be read.
  as_integer_ratio: The number as a pair of numerator and denominator.
  bit_count: How many ones its binary form has.
  bit_length: How many binary digits it takes to write the number.
  conjugate: The number itself.
  denominator: One, as integers go.
  from_bytes: The number whose digits are the given bytes.
  imag: Zero, as integers go.
  is_integer: True.
  numerator: The number itself.
  real: The number itself.
  to_bytes: The number as so many bytes.
bool: The two truth values, which are numbers as well. bool(x) says whether x counts as true.
float: Floating-point numbers of 64 bits. float(x) converts numbers and text.
  as_integer_ratio: The exact value as a pair of numerator and denominator.
  conjugate: The number itself.
  from_number: Converts a number, but no text.
  fromhex: Reads the hexadecimal form that hex() writes.
  hex: The exact value in hexadecimal.
  imag: Zero, as real numbers go.
  is_integer: Has it no fraction?
  real: The number itself.
complex: Numbers with a real and an imaginary part.
  conjugate: The number with its imaginary part negated.
  from_number: Converts a number, but no text.
  imag: The imaginary part.
  real: The real part.
str: Text: sequences of characters that never change. str(x) is the text of any object, str(data, encoding) decodes bytes.
  capitalize: A copy that begins with a capital and goes on in lower case.
  casefold: A copy made for comparisons that ignore case.
  center: The text in the middle of a field of the given width.
  count: How often a text occurs, without overlaps.
  encode: The text as bytes of an encoding.
  endswith: Is this the end of the text?
  expandtabs: A copy with spaces instead of tabs.
  find: Where a text first occurs; -1 if it does not.
  format: A copy with the fields in braces replaced by arguments.
  format_map: Like format(), with the fields' values from a mapping.
  index: Where a text first occurs; ValueError if it does not.
  isalnum: Only letters and digits, and at least one?
  isalpha: Only letters, and at least one?
  isascii: Nothing beyond ASCII?
  isdecimal: Only decimal digits, and at least one?
  isdigit: Only digits, and at least one?
  isidentifier: Could it be a name in Python?
  islower: Are all letters small, and is there one?
  isnumeric: Only characters that mean numbers, and at least one?
  isprintable: Would repr() show it without escapes?
  isspace: Only white space, and at least one character?
  istitle: Does every word, and nothing else, begin with a capital?
  isupper: Are all letters capitals, and is there one?
  join: The texts of an iterable in one, with this text in between.
  ljust: The text at the left of a field of the given width.
  lower: A copy in small letters.
  lstrip: A copy without white space, or the given characters, at its beginning.
  maketrans: A table for translate().
  partition: Three parts: what is before the separator, it, and what is behind.
  removeprefix: A copy without this beginning, if it has it.
  removesuffix: A copy without this end, if it has it.
  replace: A copy with one text in place of another, everywhere or so many times.
  rfind: Where a text last occurs; -1 if it does not.
  rindex: Where a text last occurs; ValueError if it does not.
  rjust: The text at the right of a field of the given width.
  rpartition: Like partition(), at the last separator.
  rsplit: Like split(), counted from the end.
  rstrip: A copy without white space, or the given characters, at its end.
  split: The parts between separators; without one, the words.
  splitlines: The lines, with their ends if asked for.
  startswith: Is this the beginning of the text?
  strip: A copy without white space, or the given characters, at both ends.
  swapcase: A copy with small letters for capitals and the other way round.
  title: A copy in which every word begins with a capital.
  translate: A copy with each character replaced as a table says.
  upper: A copy in capitals.
  zfill: The number, as text, with zeros in front up to the given width.
bytes: Sequences of bytes that never change.
  decode: The text that the bytes are in an encoding.
  fromhex: Reads pairs of hexadecimal digits.
  hex: The bytes as pairs of hexadecimal digits.
bytearray: Sequences of bytes that can be changed.
  append: Adds a byte at the end.
  clear: Removes all bytes.
  copy: A copy.
  decode: The text that the bytes are in an encoding.
  extend: Adds bytes at the end.
  fromhex: Reads pairs of hexadecimal digits.
  hex: The bytes as pairs of hexadecimal digits.
  insert: Adds a byte before the given place.
  pop: Removes a byte, the last one unless told otherwise, and returns it.
  remove: Removes the first byte of this value.
  resize: Makes it longer or shorter.
  reverse: Turns the order round, in place.
list: Sequences that can be changed. list(iterable) has the items of an iterable.
  append: Adds an item at the end.
  clear: Removes all items.
  copy: A new list of the same items.
  count: How many items are equal to a value.
  extend: Adds the items of an iterable at the end.
  index: Where a value first occurs; ValueError if it does not.
  insert: Adds an item before the given place.
  pop: Removes an item, the last one unless told otherwise, and returns it.
  remove: Removes the first item that is equal to a value; ValueError if there is none.
  reverse: Turns the order round, in place.
  sort: Puts the items in ascending order, in place; equal ones keep theirs.
tuple: Sequences that never change. tuple(iterable) has the items of an iterable.
  count: How many items are equal to a value.
  index: Where a value first occurs; ValueError if it does not.
dict: Mappings from keys to values, in the order in which keys came in.
  clear: Removes all items.
  copy: A new dict of the same items.
  fromkeys: A dict of the given keys, all with one value.
  get: The value of a key; where there is none, the default.
  items: A view of the pairs of key and value.
  keys: A view of the keys.
  pop: Removes a key and returns its value; where there is none, the default if one is given.
  popitem: Removes the pair that came in last and returns it.
  setdefault: The value of a key, which is first set to the default if there is none.
  update: Takes over items of a mapping, pairs, and keyword arguments.
  values: A view of the values.
set: Collections of different objects in no order, which can be changed.
  add: Puts an element in.
  clear: Removes all elements.
  copy: A new set of the same elements.
  difference: The elements that are in none of the others.
  difference_update: Removes what is in one of the others.
  discard: Removes an element if it is there.
  intersection: The elements that are in all of the others too.
  intersection_update: Keeps only what is in all of the others.
  isdisjoint: Have the two nothing in common?
  issubset: Is everything in the other one as well?
  issuperset: Is everything of the other one here as well?
  pop: Removes some element and returns it.
  remove: Removes an element; KeyError if it is not there.
  symmetric_difference: The elements that are in one of the two only.
  symmetric_difference_update: Keeps what is here only, and adds what is in the other one only.
  union: The elements of all of them.
  update: Adds the elements of the others.
frozenset: Collections of different objects in no order, which never change.
  copy: The same set.
  difference: The elements that are in none of the others.
  intersection: The elements that are in all of the others too.
  isdisjoint: Have the two nothing in common?
  issubset: Is everything in the other one as well?
  issuperset: Is everything of the other one here as well?
  symmetric_difference: The elements that are in one of the two only.
  union: The elements of all of them.
range: The integers from start up to, but without, stop, in equal steps.
  count: How often a number occurs.
  index: Where a number is; ValueError if it is not there.
  start: Where it begins.
  step: How far it is from one number to the next.
  stop: What it ends before.
slice: What an index with colons stands for: start, stop and step.
  indices: Start, stop and step as they come out for a sequence of the given length.
  start: Where it begins, or None.
  step: The step, or None.
  stop: What it ends before, or None.
memoryview: The memory of another object, without a copy of it.
  cast: A view of the same memory in another format or shape.
  count: How many items are equal to a value.
  hex: The bytes as pairs of hexadecimal digits.
  index: Where a value first occurs; ValueError if it does not.
  release: Lets go of the memory.
  tobytes: A copy of the memory as bytes.
  tolist: The items in a list.
  toreadonly: A view that cannot change the memory.
property: An attribute whose value is computed by functions.
  deleter: A copy of the property with another function that deletes.
  getter: A copy of the property with another function that gets.
  setter: A copy of the property with another function that sets.
classmethod: Makes of a function a method that gets the class.
staticmethod: Makes of a function in a class a method that gets neither instance nor class.
super: The attributes of a class's bases, as an instance of it sees them.
enumerate: Pairs of a running number and an item.
zip: Tuples of the first items of all iterables, the second ones, and so on.
map: The results of a function for each item.
filter: The items for which a function says true; without a function, those that count as true.
reversed: The items from last to first.
generator: Iterators that a function with yield makes.
  close: Ends the generator by raising GeneratorExit at its yield.
  send: Goes on with a value for its yield; returns what it yields next.
  throw: Raises an exception at its yield; returns what it yields next.
coroutine: What calling an async function makes; await runs it.
  close: Ends the coroutine by raising GeneratorExit where it waits.
  send: Goes on with a value for what it waits for.
  throw: Raises an exception where it waits.
function: Functions that were made by def or lambda.
method: Functions together with the object that they are called for.
code: What source text was compiled to.
  co_lines: Ranges of the code and the lines that they belong to.
  co_positions: Where in the source each unit of code stands.
  replace: A copy with other values for some of its parts.
frame: A call that is under way, or was.
  clear: Forgets the variables.
traceback: Where an exception came by.
module: What import makes.
Union: Types of which any will do, as in int | str.
GenericAlias: A generic type with type arguments, as in list[int].
cell: What a variable is kept in that inner functions use.
mappingproxy: A view of a mapping that cannot be changed through it.
NoneType: The type of None.
ellipsis: The type of Ellipsis.
NotImplementedType: The type of NotImplemented.
BaseException: The base of all exceptions.
  add_note: Adds a line that is shown below the exception.
  with_traceback: The exception itself, with another traceback.
Exception: The base of all exceptions that programs are meant to catch.
ArithmeticError: The base of errors in arithmetic.
AssertionError: An assertion does not hold.
AttributeError: There is no such attribute, or it cannot be set.
BufferError: Something cannot be done with a buffer.
EOFError: There was nothing more to read.
FloatingPointError: A computation with floats failed.
GeneratorExit: A generator is to end.
ImportError: Something cannot be imported.
ModuleNotFoundError: There is no module of that name.
IndexError: An index is outside of a sequence.
KeyError: A mapping has no such key.
KeyboardInterrupt: Somebody pressed Ctrl-C.
LookupError: The base of errors of keys and indexes.
MemoryError: There is no memory left.
NameError: Nothing is known by that name.
NotImplementedError: This is left to a derived class, or still to be written.
OSError: The operating system reported an error.
OverflowError: A result is too large.
RecursionError: Calls are nested too deeply.
ReferenceError: What a weak proxy stood for is gone.
RuntimeError: An error that is of no other kind.
StopIteration: An iterator is at its end.
StopAsyncIteration: An asynchronous iterator is at its end.
SyntaxError: This is not Python.
IndentationError: The indentation is wrong.
TabError: Tabs and spaces contradict each other.
SystemError: The interpreter itself is wrong.
SystemExit: The program is to end.
TypeError: An operation does not go with objects of this type.
UnboundLocalError: A local variable has no value yet.
UnicodeError: Text cannot be encoded or decoded.
UnicodeDecodeError: Bytes cannot be decoded.
UnicodeEncodeError: Text cannot be encoded.
UnicodeTranslateError: Text cannot be translated.
ValueError: A value of the right type is wrong all the same.
ZeroDivisionError: Something was divided by zero.
BlockingIOError: Input or output would have to wait.
BrokenPipeError: Nobody reads from the pipe any more.
ChildProcessError: Something is wrong with a child process.
ConnectionError: The base of errors of connections.
ConnectionAbortedError: A connection was given up by this side.
ConnectionRefusedError: The other side refuses a connection.
ConnectionResetError: The other side broke a connection.
FileExistsError: The file is there already.
FileNotFoundError: There is no such file.
InterruptedError: A signal interrupted the operating system.
IsADirectoryError: A file was asked for, but it is a directory.
NotADirectoryError: A directory was asked for, but it is none.
PermissionError: This is not allowed.
ProcessLookupError: There is no such process.
TimeoutError: The operating system waited too long.
BaseExceptionGroup: Several exceptions in one.
ExceptionGroup: Several exceptions in one, all of them Exceptions.
Warning: The base of all warnings.
BytesWarning: Bytes are used as if they were text.
DeprecationWarning: Something will go away; for programmers.
EncodingWarning: The encoding of a file depends on the machine.
FutureWarning: Something will change its meaning; for users.
ImportWarning: An import may be a mistake.
PendingDeprecationWarning: Something may go away later.
ResourceWarning: Something was not closed.
RuntimeWarning: Something looks wrong while it runs.
SyntaxWarning: Source text looks wrong.
UnicodeWarning: Text looks wrong.
UserWarning: A warning of a program's own.
special: Methods that syntax and built-in functions call.
  __abs__: What abs() gives.
  __add__: self + value.
  __and__: self & value.
  __bool__: Does it count as true?
  __buffer__: A view of its memory.
  __bytes__: What bytes() gives.
  __call__: Calls it.
  __ceil__: The smallest integer that is not below it.
  __class_getitem__: The type with type arguments, for annotations.
  __complex__: What complex() gives.
  __contains__: Is the key or item in it?
  __delattr__: Deletes an attribute.
  __dict__: The attributes that the instance has of its own.
  __weakref__: What weak references to the instance there are.
  __delete__: Deletes the attribute of an instance.
  __delitem__: Deletes an item.
  __divmod__: What divmod() gives.
  __eq__: self == value.
  __float__: What float() gives.
  __floor__: The largest integer that is not above it.
  __floordiv__: self // value.
  __format__: The text in a format.
  __ge__: self >= value.
  __get__: The attribute's value for an instance.
  __getattribute__: Looks an attribute up.
  __getitem__: self[key].
  __getnewargs__: What pickle calls the class with.
  __gt__: self > value.
  __hash__: What hash() gives.
  __iadd__: self += value.
  __iand__: self &= value.
  __imul__: self *= value.
  __index__: The number as an index.
  __init__: Makes a new instance ready; see the class for its arguments.
  __int__: What int() gives.
  __invert__: ~self.
  __ior__: self |= value.
  __isub__: self -= value.
  __iter__: What iter() gives.
  __ixor__: self ^= value.
  __le__: self <= value.
  __len__: What len() gives.
  __length_hint__: About how many items are to come.
  __lshift__: self << value.
  __lt__: self < value.
  __mod__: self % value.
  __mul__: self * value.
  __ne__: self != value.
  __neg__: -self.
  __new__: Makes a new instance; see the class for its arguments.
  __next__: What next() gives.
  __or__: self | value.
  __pos__: +self.
  __pow__: What pow() gives.
  __radd__: value + self.
  __rand__: value & self.
  __rdivmod__: divmod(value, self).
  __reduce__: How pickle takes it apart.
  __repr__: What repr() gives.
  __reversed__: What reversed() gives.
  __rfloordiv__: value // self.
  __rlshift__: value << self.
  __rmod__: value % self.
  __rmul__: value * self.
  __ror__: value | self.
  __round__: What round() gives.
  __rpow__: pow(value, self).
  __rrshift__: value >> self.
  __rshift__: self >> value.
  __rsub__: value - self.
  __rtruediv__: value / self.
  __rxor__: value ^ self.
  __set__: Sets the attribute of an instance.
  __setattr__: Sets an attribute.
  __setitem__: Sets an item.
  __setstate__: Takes over what __reduce__ kept.
  __sizeof__: Bytes that it occupies.
  __str__: What str() gives.
  __sub__: self - value.
  __truediv__: self / value.
  __trunc__: The number without its fraction.
  __xor__: self ^ value.
sys: The module sys.
  audit: Tells the audit hooks of an event.
  exc_info: Type, exception and traceback of what is being handled.
  exception: The exception that is being handled, or None.
  exit: Ends the program with a status or a message.
  getdefaultencoding: The encoding that str.encode() takes unless told otherwise.
  getrecursionlimit: How deeply calls may be nested.
  getsizeof: Bytes that an object occupies.
  gettrace: The function that settrace() was given.
  getprofile: The function that setprofile() was given.
  intern: The one string of this content that names are compared with.
  setrecursionlimit: Sets how deeply calls may be nested.
  settrace: Has a function told of calls, lines, returns and exceptions.
  setprofile: Has a function told of calls and returns.
`;

/** Apart from the rest, since modules are made with theirs. */
const modules: Readonly<Record<string, string>> = {
  sys: 'What the program and the interpreter know of each other: arguments, streams, modules, limits.',
  time: 'Clocks and dates.',
  itertools: 'Iterators made of iterators.',
  functools: 'Functions that work on functions.',
  operator: 'The operators as functions.',
  gc: 'The garbage collector.',
  posix: 'The operating system.',
  errno: 'The errors of the operating system by number.',
  marshal: 'Code and simple values as bytes.',
  atexit: 'Functions to be called when the program ends.',
  array: 'Sequences of numbers of one kind.',
  zlib: 'Compressed data.',
  binascii: 'Bytes as text and back.',
  struct: 'Values packed into bytes.',
  _thread: 'Locks.',
  _io: 'Streams.',
  _signal: 'Signals.',
  _weakref: 'References that keep nothing alive.',
  builtins: 'The functions, types and exceptions that every program sees without importing anything.',
};

let table: Map<string, string> | null = null;

function parse(): Map<string, string> {
  const parsed = new Map<string, string>();
  let owner = '';
  for (const line of text().split('\n')) {
    const colon = line.indexOf(': ');
    if (colon < 0) continue;
    const sentence = line.slice(colon + 2);
    if (line.startsWith(' ')) parsed.set(`${owner}.${line.slice(2, colon)}`, sentence);
    else {
      parsed.set(line.slice(0, colon), sentence);
      owner = line.slice(0, colon);
    }
  }
  // bytes and bytearray share what text can do too
  for (const [key, sentence] of [...parsed]) {
    if (!key.startsWith('str.')) continue;
    for (const type of ['bytes', 'bytearray']) {
      const same = `${type}.${key.slice(4)}`;
      if (!parsed.has(same))
        parsed.set(same, sentence.replaceAll('text', 'sequence').replaceAll('characters', 'bytes'));
    }
  }
  return parsed;
}

/** What is known of a function or method, '' if nothing. */
export function functionDocumentation(owner: string, name: string): string {
  table ??= parse();
  return table.get(`${owner}.${name}`) ?? table.get(`special.${name}`) ?? '';
}
/** What is known of a built-in type. */
export function typeDocumentation(name: string): string {
  table ??= parse();
  return table.get(name) ?? '';
}
/** What is known of a module. */
export function moduleDocumentation(name: string): string {
  return modules[name] ?? '';
}
