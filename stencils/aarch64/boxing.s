# aarch64: between 64-bit values and what they hold. Tags: src/heap/values.ts.

# The top 16 bits of an immediate int are 0xfffe, -2 as a signed number.
stencil unbox_int(result, a) result_after_exit
  asr x16, {a}, #48
  cmn x16, #{-(TAG_INT >> 16)}
  b.ne {exit}
  sbfx {result}, {a}, #0, #48

# All tags have their top 15 bits set, no double that a processor computes has.
stencil unbox_float(result, a) result_after_exit
  asr x16, {a}, #49
  cmn x16, #1
  b.eq {exit}
  fmov {result}, {a}

stencil unbox_ref(result, a) result_after_exit
  asr x16, {a}, #32
  cmn x16, #{-TAG_REF >> 12}, lsl #12
  b.ne {exit}
  mov {result:32}, {a:32}

# The distance to True is 0 for True and 2 for False.
stencil unbox_bool(result, a) result_after_exit
  movz x15, #{Fixed.true}
  movk x15, #{(TAG_REF >> 16) & 0xffff}, lsl #48
  sub x15, {a}, x15
  tst x15, #0xfffffffffffffffd
  b.ne {exit}
  lsr x15, x15, #1
  eor {result}, x15, #1

stencil box_int(result = a) result_after_exit
  sbfx x16, {a}, #0, #48
  cmp x16, {a}
  b.ne {exit}
  movk {result}, #{(TAG_INT >> 16) & 0xffff}, lsl #48

stencil box_int_unchecked(result = a)
  movk {result}, #{(TAG_INT >> 16) & 0xffff}, lsl #48

stencil box_float(result, a)
  fmov {result}, {a}

stencil box_ref(result = a)
  movk {result}, #{(TAG_REF >> 16) & 0xffff}, lsl #48

stencil box_bool(result, a)
  movz x15, #{Fixed.false}
  movk x15, #{(TAG_REF >> 16) & 0xffff}, lsl #48
  sub {result}, x15, {a}, lsl #1

stencil ref_to_int, int_to_ref, bool_to_int(result = a)

stencil int_to_float(result, a)
  scvtf {result}, {a}

# The conversion saturates, so compare with 2**63 first; NaN is not less either.
stencil float_to_int(result, a) result_after_exit
  movz x15, #0x43e0, lsl #48
  fmov d31, x15
  fabs d30, {a}
  fcmp d30, d31
  b.pl {exit}
  fcvtzs {result}, {a}
