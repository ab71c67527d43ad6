# aarch64: strings and dicts. The layouts and the order of probing are those of src/heap/layouts.ts and objects/dicts.ts.

# Pointers first, then length and type in one comparison, the width, and the characters, a cell at a time (strings are
# padded with zeros to a whole cell).
stencil equal_str(result, a, b) early_clobber
  mov {result}, #1
  cmp {a}, {b}
  b.eq done
  mov {result}, #0
  add x15, x28, {a}, lsl #3
  add x16, x28, {b}, lsl #3
  ldr d30, [x15]
  ldr d31, [x16]
  eor v31.8b, v31.8b, v30.8b
  fmov x17, d31
  cbnz x17, done
  ldr w17, [x15, #{Str.info}]
  fmov d30, x17
  ldr w17, [x16, #{Str.info}]
  fmov d31, x17
  eor v31.8b, v31.8b, v30.8b
  fmov x17, d31
  tst w17, #7
  b.ne done
  ldr w17, [x15, #{Str.info}]
  and w17, w17, #7
  ldr {result:32}, [x15, #4]
  mul w17, w17, {result:32}
  add w17, w17, #7
  lsr w17, w17, #3
  mov {result}, #0
more:
  cbz w17, equal
  sub w17, w17, #1
  add x15, x15, #8
  add x16, x16, #8
  ldr d30, [x15, #8]
  ldr d31, [x16, #8]
  eor v31.8b, v31.8b, v30.8b
  fmov {result}, d31
  cbz {result}, more
  mov {result}, #0
  b done
equal:
  mov {result}, #1
done:

# Murmur3, as hashWords in objects/strings.ts has it, of a string that has no hash yet. d30 holds the end of the data.
stencil hash_str(result, a) early_clobber
  add x16, x28, {a}, lsl #3
  ldr w15, [x16, #{Str.hash}]
  cbnz w15, known
  ldr w15, [x16, #{Str.length}]
  ldr w17, [x16, #{Str.info}]
  and w17, w17, #7
  mul w17, w17, w15
  add w17, w17, #3
  lsr w17, w17, #2
  add x16, x16, #{Str.data}
  add x17, x16, x17, lsl #2
  fmov d30, x17
word:
  fmov x17, d30
  cmp x16, x17
  b.eq last
  ldr {result:32}, [x16], #4
  movz w17, #0x2d51
  movk w17, #0xcc9e, lsl #16
  mul {result:32}, {result:32}, w17
  ror {result:32}, {result:32}, #17
  movz w17, #0x3593
  movk w17, #0x1b87, lsl #16
  mul {result:32}, {result:32}, w17
  eor w15, w15, {result:32}
  ror w15, w15, #19
  add w15, w15, w15, lsl #2
  movz w17, #0x6b64
  movk w17, #0xe654, lsl #16
  add w15, w15, w17
  b word
last:
  eor w15, w15, w15, lsr #16
  movz w17, #0xca6b
  movk w17, #0x85eb, lsl #16
  mul w15, w15, w17
  eor w15, w15, w15, lsr #13
  movz w17, #0xae35
  movk w17, #0xc2b2, lsl #16
  mul w15, w15, w17
  eor w15, w15, w15, lsr #16
  cbnz w15, store
  mov w15, #1
store:
  add x16, x28, {a}, lsl #3
  str w15, [x16, #{Str.hash}]
known:
  sxtw {result}, w15

# x15 is the perturbation, x16 the probe, x17 the address of the entry. They are put away while a key with the same hash
# is compared, as equal_str does it. Leaves if the string has no hash yet, or meets a key with the same hash that is no
# string; restoring them leaves the flags alone.
stencil find_str_key(result, a, b) early_clobber
  add x15, x28, {b}, lsl #3
  ldr w15, [x15, #{Str.hash}]
  cbz w15, {exit}
  mov w16, w15
probe:
  add x17, x28, {a}, lsl #3
  ldr {result:32}, [x17, #{Dict.mask}]
  and w16, w16, {result:32}
  ldr {result:32}, [x17, #{Dict.index}]
  add {result}, x28, {result}, lsl #3
  add {result}, {result}, x16, lsl #2
  ldrsw {result}, [{result}, #{ArrayObject.data}]
  cmn {result}, #1
  b.eq missing
  b.lt next
  add {result}, {result}, {result}, lsl #1
  ldr w17, [x17, #{Dict.entries}]
  add x17, x17, {result}
  add x17, x28, x17, lsl #3
  ldr {result:32}, [x17, #12]
  cmn {result:32}, #16, lsl #12
  b.ne other
  ldr {result:32}, [x17, #8]
  cmp {result}, {b}
  b.eq found
other:
  sub sp, sp, #32
  stp x15, x16, [sp]
  str x17, [sp, #16]
  add x15, x28, {b}, lsl #3
  ldr w16, [x15, #{Str.hash}]
  ldr {result:32}, [x17, #24]
  cmp {result:32}, w16
  b.ne differ
  ldr {result:32}, [x17, #12]
  cmn {result:32}, #16, lsl #12
  b.ne foreign
  ldr {result:32}, [x17, #8]
  add {result}, x28, {result}, lsl #3
  ldr w16, [{result}]
  cmp w16, #{T.str}
  b.ne foreign
  ldr x16, [{result}]
  ldr x17, [x15]
  cmp x16, x17
  b.ne differ
  ldr w16, [{result}, #{Str.info}]
  ldr w17, [x15, #{Str.info}]
  eor w16, w16, w17
  tst w16, #7
  b.ne differ
  and w17, w17, #7
  ldr w16, [x15, #4]
  mul w16, w16, w17
  add w16, w16, #7
  lsr w16, w16, #3
more:
  cbz w16, equal
  sub w16, w16, #1
  add x15, x15, #8
  add {result}, {result}, #8
  ldr d30, [x15, #8]
  ldr d31, [{result}, #8]
  eor v31.8b, v31.8b, v30.8b
  fmov x17, d31
  cbz x17, more
differ:
  ldp x15, x16, [sp]
  add sp, sp, #32
next:
  lsr w15, w15, #5
  add w16, w16, w16, lsl #2
  add w16, w16, w15
  add w16, w16, #1
  b probe
foreign:
  ldp x15, x16, [sp]
  add sp, sp, #32
  b {exit}
missing:
  mov {result}, #0
  b done
equal:
  ldr x17, [sp, #16]
  add sp, sp, #32
found:
  sub {result}, x17, x28
  lsr {result}, {result}, #3
  add {result}, {result}, #2
done:

# The hash of an int of 32 bits is the int itself, but for -1. Leaves for larger ones, and for keys with the same hash
# that are no small ints.
stencil find_int_key(result, a, b) early_clobber
  sxtw x15, {b:32}
  cmp x15, {b}
  b.ne {exit}
  cmn w15, #1
  b.ne hashed
  sub w15, w15, #1
hashed:
  mov w15, w15
  mov w16, w15
probe:
  add x17, x28, {a}, lsl #3
  ldr {result:32}, [x17, #{Dict.mask}]
  and w16, w16, {result:32}
  ldr {result:32}, [x17, #{Dict.index}]
  add {result}, x28, {result}, lsl #3
  add {result}, {result}, x16, lsl #2
  ldrsw {result}, [{result}, #{ArrayObject.data}]
  cmn {result}, #1
  b.eq missing
  b.lt next
  add {result}, {result}, {result}, lsl #1
  ldr w17, [x17, #{Dict.entries}]
  add x17, x17, {result}
  add x17, x28, x17, lsl #3
  ldr {result}, [x17, #8]
  asr {result}, {result}, #48
  cmn {result}, #2
  b.ne other
  ldr {result}, [x17, #8]
  lsl {result}, {result}, #16
  asr {result}, {result}, #16
  cmp {result}, {b}
  b.eq found
next:
  lsr w15, w15, #5
  add w16, w16, w16, lsl #2
  add w16, w16, w15
  add w16, w16, #1
  b probe
other:
  ldrsw {result}, [x17, #24]
  cmn {b}, #1
  b.eq minus_one
  cmp {result}, {b}
  b.ne next
  b {exit}
minus_one:
  cmn {result}, #2
  b.ne next
  b {exit}
missing:
  mov {result}, #0
  b done
found:
  sub {result}, x17, x28
  lsr {result}, {result}, #3
  add {result}, {result}, #2
done:
