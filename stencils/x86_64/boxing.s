# x86-64: between 64-bit values and what they hold. Tags: src/heap/values.ts.

# The top 16 bits of an immediate int are 0xfffe, -2 as a signed number.
stencil unbox_int(result = a) result_after_exit
  mov rax, {a}
  sar rax, 48
  cmp eax, {TAG_INT >> 16}
  jne {exit}
  shl {result}, 16
  sar {result}, 16

# All tags have their top 15 bits set, no double that a processor computes has.
stencil unbox_float(result, a) result_after_exit
  mov rax, {a}
  sar rax, 49
  cmp eax, -1
  je {exit}
  movq {result}, {a}

stencil unbox_ref(result, a) result_after_exit
  mov rax, {a}
  sar rax, 32
  cmp eax, {TAG_REF}
  jne {exit}
  mov {result:32}, {a:32}

# The distance to True is 0 for True and 2 for False.
stencil unbox_bool(result, a) result_after_exit
  movabs rax, {-((TAG_REF << 32) + Fixed.true)}
  add rax, {a}
  test rax, -3
  jne {exit}
  shr eax, 1
  xor eax, 1
  mov {result:32}, eax

# Shifted up by 16, the tag goes to the low bits and is rotated to the top.
stencil box_int(result, a) early_clobber
  mov {result}, {a}
  shl {result}, 16
  mov rax, {result}
  sar rax, 16
  cmp rax, {a}
  jne {exit}
  or {result}, {(TAG_INT >> 16) & 0xffff}
  ror {result}, 16

stencil box_int_unchecked(result = a)
  shl {result}, 16
  or {result}, {(TAG_INT >> 16) & 0xffff}
  ror {result}, 16

stencil box_float(result, a)
  movq {result}, {a}

stencil box_ref(result, a) early_clobber
  movabs {result}, {TAG_REF << 32}
  or {result}, {a}

stencil box_bool(result, a) early_clobber
  movabs {result}, {(TAG_REF << 32) + Fixed.false}
  sub {result}, {a}
  sub {result}, {a}

stencil ref_to_int, int_to_ref, bool_to_int(result = a)

# xorps: the conversion would otherwise wait for whoever wrote the register last.
stencil int_to_float(result, a)
  xorps {result}, {result}
  cvtsi2sd {result}, {a}

# What cannot be converted gives -2**63, the only number from which 1 cannot be subtracted.
stencil float_to_int(result, a)
  cvttsd2si {result}, {a}
  cmp {result}, 1
  jo {exit}
