# aarch64: checks that leave the trace. Exits are b.cond and cbz (1 MiB away at most), never tbz (32 KiB).

# One load brings both header words; the type is the low one.
stencil guard_type(a, imm0 in 0..4095)
  ldr x16, [x28, {a}, lsl #3]
  cmp w16, #{imm0}
  b.ne {exit}

stencil guard_type(a, imm0)
  ldr x16, [x28, {a}, lsl #3]
  movz w15, #{imm0[15:0]}
  movk w15, #{imm0[31:16]}, lsl #16
  cmp w16, w15
  b.ne {exit}

stencil guard_header(a, imm0 as 0x00000000????????)
  ldr x16, [x28, {a}, lsl #3]
  movz w15, #{imm0[15:0]}
  movk w15, #{imm0[31:16]}, lsl #16
  cmp x16, x15
  b.ne {exit}

stencil guard_header(a, imm0)
  ldr x16, [x28, {a}, lsl #3]
  movz x15, #{imm0[15:0]}
  movk x15, #{imm0[31:16]}, lsl #16
  movk x15, #{imm0[47:32]}, lsl #32
  movk x15, #{imm0[63:48]}, lsl #48
  cmp x16, x15
  b.ne {exit}

stencil guard_word(a, imm0 in 0..16380 step 4, imm1 in 0..4095)
  add x16, x28, {a}, lsl #3
  ldr w16, [x16, #{imm0}]
  cmp w16, #{imm1}
  b.ne {exit}

stencil guard_word(a, imm0 in 0..16380 step 4, imm1)
  add x16, x28, {a}, lsl #3
  ldr w16, [x16, #{imm0}]
  movz w15, #{imm1[15:0]}
  movk w15, #{imm1[31:16]}, lsl #16
  cmp w16, w15
  b.ne {exit}

stencil guard_value(a, imm0 as 0xffff00000000????)
  movz x15, #{imm0[15:0]}
  movk x15, #0xffff, lsl #48
  cmp {a}, x15
  b.ne {exit}

stencil guard_value(a, imm0 as 0xffff0000????????)
  movz x15, #{imm0[15:0]}
  movk x15, #{imm0[31:16]}, lsl #16
  movk x15, #0xffff, lsl #48
  cmp {a}, x15
  b.ne {exit}

stencil guard_value(a, imm0)
  movz x15, #{imm0[15:0]}
  movk x15, #{imm0[31:16]}, lsl #16
  movk x15, #{imm0[47:32]}, lsl #32
  movk x15, #{imm0[63:48]}, lsl #48
  cmp {a}, x15
  b.ne {exit}

stencil guard_not_value(a, imm0 as 0xffff00000000????)
  movz x15, #{imm0[15:0]}
  movk x15, #0xffff, lsl #48
  cmp {a}, x15
  b.eq {exit}

stencil guard_not_value(a, imm0 as 0xffff0000????????)
  movz x15, #{imm0[15:0]}
  movk x15, #{imm0[31:16]}, lsl #16
  movk x15, #0xffff, lsl #48
  cmp {a}, x15
  b.eq {exit}

stencil guard_not_value(a, imm0)
  movz x15, #{imm0[15:0]}
  movk x15, #{imm0[31:16]}, lsl #16
  movk x15, #{imm0[47:32]}, lsl #32
  movk x15, #{imm0[63:48]}, lsl #48
  cmp {a}, x15
  b.eq {exit}

stencil guard_ref(a, imm0 in 0..4095)
  cmp {a:32}, #{imm0}
  b.ne {exit}

stencil guard_ref(a, imm0)
  movz w15, #{imm0[15:0]}
  movk w15, #{imm0[31:16]}, lsl #16
  cmp {a:32}, w15
  b.ne {exit}

stencil guard_not_ref(a, imm0 in 0..0)
  cbz {a:32}, {exit}

stencil guard_not_ref(a, imm0 in 0..4095)
  cmp {a:32}, #{imm0}
  b.eq {exit}

stencil guard_not_ref(a, imm0)
  movz w15, #{imm0[15:0]}
  movk w15, #{imm0[31:16]}, lsl #16
  cmp {a:32}, w15
  b.eq {exit}

# 0 float, 1 immediate int, 2 reference
stencil guard_tag(a, imm0 in 0..0)
  asr x16, {a}, #49
  cmn x16, #1
  b.eq {exit}

stencil guard_tag(a, imm0 in 1..1)
  asr x16, {a}, #48
  cmn x16, #{-(TAG_INT >> 16)}
  b.ne {exit}

stencil guard_tag(a, imm0 in 2..2)
  asr x16, {a}, #32
  cmn x16, #{-TAG_REF >> 12}, lsl #12
  b.ne {exit}

stencil guard_true(a)
  cbz {a:32}, {exit}

stencil guard_false(a)
  cbnz {a:32}, {exit}

stencil guard_less_int(a, b)
  cmp {a}, {b}
  b.ge {exit}

stencil guard_less_int(a, #b in 0..4095)
  cmp {a}, #{b}
  b.ge {exit}

stencil guard_less_int(a, #b in -4095..-1)
  cmn {a}, #{-b}
  b.ge {exit}

stencil guard_less_int(a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  b.ge {exit}

stencil guard_less_equal_int(a, b)
  cmp {a}, {b}
  b.gt {exit}

stencil guard_less_equal_int(a, #b in 0..4095)
  cmp {a}, #{b}
  b.gt {exit}

stencil guard_less_equal_int(a, #b in -4095..-1)
  cmn {a}, #{-b}
  b.gt {exit}

stencil guard_less_equal_int(a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  b.gt {exit}

stencil guard_equal_int(a, b)
  cmp {a}, {b}
  b.ne {exit}

stencil guard_equal_int(a, #b in 0..4095)
  cmp {a}, #{b}
  b.ne {exit}

stencil guard_equal_int(a, #b in -4095..-1)
  cmn {a}, #{-b}
  b.ne {exit}

stencil guard_equal_int(a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  b.ne {exit}

stencil guard_not_equal_int(a, b)
  cmp {a}, {b}
  b.eq {exit}

stencil guard_not_equal_int(a, #b in 0..4095)
  cmp {a}, #{b}
  b.eq {exit}

stencil guard_not_equal_int(a, #b in -4095..-1)
  cmn {a}, #{-b}
  b.eq {exit}

stencil guard_not_equal_int(a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  b.eq {exit}

stencil guard_greater_int(a, b)
  cmp {a}, {b}
  b.le {exit}

stencil guard_greater_int(a, #b in 0..4095)
  cmp {a}, #{b}
  b.le {exit}

stencil guard_greater_int(a, #b in -4095..-1)
  cmn {a}, #{-b}
  b.le {exit}

stencil guard_greater_int(a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  b.le {exit}

stencil guard_greater_equal_int(a, b)
  cmp {a}, {b}
  b.lt {exit}

stencil guard_greater_equal_int(a, #b in 0..4095)
  cmp {a}, #{b}
  b.lt {exit}

stencil guard_greater_equal_int(a, #b in -4095..-1)
  cmn {a}, #{-b}
  b.lt {exit}

stencil guard_greater_equal_int(a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  b.lt {exit}

# fcmp of a NaN sets C and V: "mi" and "ls" are false, "pl" and "hi" true.
stencil guard_less_float(a, b)
  fcmp {a}, {b}
  b.pl {exit}

stencil guard_not_less_float(a, b)
  fcmp {a}, {b}
  b.mi {exit}

stencil guard_less_equal_float(a, b)
  fcmp {a}, {b}
  b.hi {exit}

stencil guard_not_less_equal_float(a, b)
  fcmp {a}, {b}
  b.ls {exit}

stencil guard_equal_float(a, b)
  fcmp {a}, {b}
  b.ne {exit}

stencil guard_not_equal_float(a, b)
  fcmp {a}, {b}
  b.eq {exit}

stencil guard_same_ref(a, b)
  cmp {a:32}, {b:32}
  b.ne {exit}

stencil guard_not_same_ref(a, b)
  cmp {a:32}, {b:32}
  b.eq {exit}

# Unsigned: a negative index is a huge one.
stencil guard_index(a, b)
  cmp {a}, {b}
  b.hs {exit}

stencil guard_index(a, #b in 0..4095)
  cmp {a}, #{b}
  b.hs {exit}

stencil guard_index(a, #b)
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  cmp {a}, w15, sxtw
  b.hs {exit}

stencil guard_no_interrupt()
  ldr w16, [x28, #{State.interrupt}]
  cbnz w16, {exit}

stencil exit()
  b {exit}
