# aarch64: 64-bit integers.

stencil add_int(result, a, b)
  adds {result}, {a}, {b}
  b.vs {exit}

stencil add_int(result, a, #b in 0..4095)
  adds {result}, {a}, #{b}
  b.vs {exit}

stencil add_int(result, a, #b in -4095..-1)
  subs {result}, {a}, #{-b}
  b.vs {exit}

stencil add_int(result, a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  adds {result}, {a}, w15, sxtw
  b.vs {exit}

stencil subtract_int(result, a, b)
  subs {result}, {a}, {b}
  b.vs {exit}

stencil subtract_int(result, a, #b in 0..4095)
  subs {result}, {a}, #{b}
  b.vs {exit}

stencil subtract_int(result, a, #b in -4095..-1)
  adds {result}, {a}, #{-b}
  b.vs {exit}

stencil subtract_int(result, a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  subs {result}, {a}, w15, sxtw
  b.vs {exit}

# The high half of the product must be the sign of the low half.
stencil multiply_int(result, a, b)
  smulh x15, {a}, {b}
  mul {result}, {a}, {b}
  cmp x15, {result}, asr #63
  b.ne {exit}

stencil add_int_unchecked(result, a, b)
  add {result}, {a}, {b}

stencil add_int_unchecked(result, a, #b in 0..4095)
  add {result}, {a}, #{b}

stencil add_int_unchecked(result, a, #b in -4095..-1)
  sub {result}, {a}, #{-b}

stencil add_int_unchecked(result, a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  add {result}, {a}, w15, sxtw

stencil subtract_int_unchecked(result, a, b)
  sub {result}, {a}, {b}

stencil subtract_int_unchecked(result, a, #b in 0..4095)
  sub {result}, {a}, #{b}

stencil subtract_int_unchecked(result, a, #b in -4095..-1)
  add {result}, {a}, #{-b}

stencil subtract_int_unchecked(result, a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  sub {result}, {a}, w15, sxtw

stencil multiply_int_unchecked(result, a, b)
  mul {result}, {a}, {b}

# Rounds towards negative infinity: one less where the remainder is not 0 and its sign is not the divisor's. The processor
# gives -2**63 for -2**63 / -1; the comparison of 0 with the dividend overflows for just that dividend.
stencil floor_divide_int(result, a, b) result_after_exit
  cbz {b}, {exit}
  cmn {b}, #1
  ccmp xzr, {a}, #0, eq
  b.vs {exit}
  sdiv x15, {a}, {b}
  msub x16, x15, {b}, {a}
  eor x17, x16, {b}
  cmp x16, #0
  ccmp x17, #0, #0, ne
  cset x16, lt
  sub {result}, x15, x16

# The result has the sign of the divisor.
stencil remainder_int(result, a, b) result_after_exit
  cbz {b}, {exit}
  sdiv x15, {a}, {b}
  msub x16, x15, {b}, {a}
  eor x17, x16, {b}
  cmp x16, #0
  ccmp x17, #0, #0, ne
  csel x17, {b}, xzr, lt
  add {result}, x16, x17

stencil negative_int(result, a)
  negs {result}, {a}
  b.vs {exit}

stencil invert_int(result, a)
  mvn {result}, {a}

stencil and_int(result, a, b)
  and {result}, {a}, {b}

stencil and_int(result, a, #b in 0..0)
  and {result}, {a}, xzr

stencil and_int(result, a, #b in 1..1)
  and {result}, {a}, #1

stencil and_int(result, a, #b in 255..255)
  and {result}, {a}, #255

stencil and_int(result, a, #b in 65535..65535)
  and {result}, {a}, #65535

stencil and_int(result, a, #b in 0..65535)
  movz x15, #{b[15:0]}
  and {result}, {a}, x15

stencil and_int(result, a, #b in 0..2147483647)
  movz x15, #{b[15:0]}
  movk x15, #{b[31:16]}, lsl #16
  and {result}, {a}, x15

stencil and_int(result, a, #b in -65536..-1)
  movn x15, #{~b[15:0]}
  and {result}, {a}, x15

stencil and_int(result, a, #b)
  movn x15, #{~b[15:0]}
  movk x15, #{b[31:16]}, lsl #16
  and {result}, {a}, x15

stencil or_int(result, a, b)
  orr {result}, {a}, {b}

stencil or_int(result, a, #b in 0..0)
  orr {result}, {a}, xzr

stencil or_int(result, a, #b in 1..1)
  orr {result}, {a}, #1

stencil or_int(result, a, #b in 255..255)
  orr {result}, {a}, #255

stencil or_int(result, a, #b in 65535..65535)
  orr {result}, {a}, #65535

stencil or_int(result, a, #b in 0..65535)
  movz x15, #{b[15:0]}
  orr {result}, {a}, x15

stencil or_int(result, a, #b in 0..2147483647)
  movz x15, #{b[15:0]}
  movk x15, #{b[31:16]}, lsl #16
  orr {result}, {a}, x15

stencil or_int(result, a, #b in -65536..-1)
  movn x15, #{~b[15:0]}
  orr {result}, {a}, x15

stencil or_int(result, a, #b)
  movn x15, #{~b[15:0]}
  movk x15, #{b[31:16]}, lsl #16
  orr {result}, {a}, x15

stencil xor_int(result, a, b)
  eor {result}, {a}, {b}

stencil xor_int(result, a, #b in 0..0)
  eor {result}, {a}, xzr

stencil xor_int(result, a, #b in 1..1)
  eor {result}, {a}, #1

stencil xor_int(result, a, #b in 255..255)
  eor {result}, {a}, #255

stencil xor_int(result, a, #b in 65535..65535)
  eor {result}, {a}, #65535

stencil xor_int(result, a, #b in 0..65535)
  movz x15, #{b[15:0]}
  eor {result}, {a}, x15

stencil xor_int(result, a, #b in 0..2147483647)
  movz x15, #{b[15:0]}
  movk x15, #{b[31:16]}, lsl #16
  eor {result}, {a}, x15

stencil xor_int(result, a, #b in -65536..-1)
  movn x15, #{~b[15:0]}
  eor {result}, {a}, x15

stencil xor_int(result, a, #b)
  movn x15, #{~b[15:0]}
  movk x15, #{b[31:16]}, lsl #16
  eor {result}, {a}, x15

# Shifting back must give the operand again, or bits were lost.
stencil left_shift_int(result, a, b) early_clobber
  cmp {b}, #63
  b.hi {exit}
  lsl {result}, {a}, {b}
  asr x16, {result}, {b}
  cmp x16, {a}
  b.ne {exit}

# lsl by an immediate is ubfm, whose fields are 64 - shift and 63 - shift.
stencil left_shift_int(result, a, #b in 0..63) early_clobber
  ubfm {result}, {a}, #{(64 - b)[5:0]}, #{~b[5:0]}
  cmp {a}, {result}, asr #{b}
  b.ne {exit}

stencil left_shift_int(result, a, #b) early_clobber
  b {exit}

stencil right_shift_int(result, a, b) result_after_exit
  cmp {b}, #0
  b.lt {exit}
  mov x15, #63
  cmp {b}, x15
  csel x15, {b}, x15, lt
  asr {result}, {a}, x15

stencil right_shift_int(result, a, #b in 0..63)
  asr {result}, {a}, #{b}

stencil right_shift_int(result, a, #b in 64..2147483647)
  asr {result}, {a}, #63

stencil right_shift_int(result, a, #b)
  b {exit}

stencil less_int(result, a, b)
  cmp {a}, {b}
  cset {result:32}, lt

stencil less_int(result, a, #b in 0..4095)
  cmp {a}, #{b}
  cset {result:32}, lt

stencil less_int(result, a, #b in -4095..-1)
  cmn {a}, #{-b}
  cset {result:32}, lt

stencil less_int(result, a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  cset {result:32}, lt

stencil less_equal_int(result, a, b)
  cmp {a}, {b}
  cset {result:32}, le

stencil less_equal_int(result, a, #b in 0..4095)
  cmp {a}, #{b}
  cset {result:32}, le

stencil less_equal_int(result, a, #b in -4095..-1)
  cmn {a}, #{-b}
  cset {result:32}, le

stencil less_equal_int(result, a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  cset {result:32}, le

stencil equal_int, same_value(result, a, b)
  cmp {a}, {b}
  cset {result:32}, eq

stencil equal_int(result, a, #b in 0..4095)
  cmp {a}, #{b}
  cset {result:32}, eq

stencil equal_int(result, a, #b in -4095..-1)
  cmn {a}, #{-b}
  cset {result:32}, eq

stencil equal_int(result, a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  cset {result:32}, eq

stencil not_equal_int(result, a, b)
  cmp {a}, {b}
  cset {result:32}, ne

stencil not_equal_int(result, a, #b in 0..4095)
  cmp {a}, #{b}
  cset {result:32}, ne

stencil not_equal_int(result, a, #b in -4095..-1)
  cmn {a}, #{-b}
  cset {result:32}, ne

stencil not_equal_int(result, a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  cset {result:32}, ne

stencil not_bool(result, a)
  eor {result:32}, {a:32}, #1

stencil same_ref(result, a, b)
  cmp {a:32}, {b:32}
  cset {result:32}, eq
