# x86-64: 64-bit integers.

stencil add_int(result = a, b)
  add {result}, {b}
  jo {exit}

stencil add_int(result = a, #b)
  add {result}, {b}
  jo {exit}

stencil subtract_int(result = a, b)
  sub {result}, {b}
  jo {exit}

stencil subtract_int(result = a, #b)
  sub {result}, {b}
  jo {exit}

stencil multiply_int(result = a, b)
  imul {result}, {b}
  jo {exit}

# rbp (5) as a base would need a displacement; as an index it does not.
stencil add_int_unchecked(result, a in 5..5, b in 5..5)
  lea {result}, [rbp + rbp]

stencil add_int_unchecked(result, a in 5..5, b)
  lea {result}, [{b} + rbp]

stencil add_int_unchecked(result, a, b)
  lea {result}, [{a} + {b}]

stencil add_int_unchecked(result, a, #b in 0..0)
  mov {result}, {a}

stencil add_int_unchecked(result, a, #b)
  lea {result}, [{a} + {b}]

stencil subtract_int_unchecked(result = a, b)
  sub {result}, {b}

stencil subtract_int_unchecked(result, a, #b in 0..0)
  mov {result}, {a}

stencil subtract_int_unchecked(result, a, #b in -2147483647..2147483647)
  lea {result}, [{a} + {-b}]

stencil subtract_int_unchecked(result, a, #b)
  mov {result}, {a}
  sub {result}, {b}

stencil multiply_int_unchecked(result = a, b)
  imul {result}, {b}

# Rounds towards negative infinity. Both operands below 2**32 is the everyday case, and a 32-bit division takes a
# fraction of the time of a 64-bit one.
stencil floor_divide_int(result, a, b) result_after_exit
  test {b}, {b}
  je {exit}
  mov rax, {a}
  or rax, {b}
  shr rax, 32
  jne wide
  mov rax, {a}
  xor edx, edx
  mov rcx, {b}
  div ecx
  jmp done
wide:
  mov rax, {a}
  cmp {b}, -1
  je minus_one
  cqo
  idiv {b}
  mov rcx, rdx
  xor rcx, {b}
  sar rcx, 63
  test rdx, rdx
  cmove rcx, rdx
  add rax, rcx
  jmp done
minus_one:
  neg rax
  jo {exit}
done:
  mov {result}, rax

# The result has the sign of the divisor.
stencil remainder_int(result, a, b) result_after_exit
  test {b}, {b}
  je {exit}
  mov rax, {a}
  or rax, {b}
  shr rax, 32
  jne wide
  mov rax, {a}
  xor edx, edx
  mov rcx, {b}
  div ecx
  jmp done
wide:
  mov rax, {a}
  xor edx, edx
  cmp {b}, -1
  je done
  cqo
  idiv {b}
  mov rcx, rdx
  xor rcx, {b}
  sar rcx, 63
  and rcx, {b}
  test rdx, rdx
  cmove rcx, rdx
  add rdx, rcx
done:
  mov {result}, rdx

stencil negative_int(result = a)
  neg {result}
  jo {exit}

stencil invert_int(result = a)
  not {result}

stencil and_int(result = a, b)
  and {result}, {b}

stencil and_int(result = a, #b)
  and {result}, {b}

stencil or_int(result = a, b)
  or {result}, {b}

stencil or_int(result = a, #b)
  or {result}, {b}

stencil xor_int(result = a, b)
  xor {result}, {b}

stencil xor_int(result = a, #b)
  xor {result}, {b}

# Shifting back must give the operand again, or bits were lost.
stencil left_shift_int(result, a, b) result_after_exit
  mov rcx, {b}
  cmp rcx, 63
  ja {exit}
  mov rax, {a}
  shl rax, cl
  mov rdx, rax
  sar rdx, cl
  cmp rdx, {a}
  jne {exit}
  mov {result}, rax

stencil left_shift_int(result, a, #b in 1..1) early_clobber
  mov {result}, {a}
  add {result}, {result}
  jo {exit}

stencil left_shift_int(result, a, #b in 0..63) early_clobber
  mov {result}, {a}
  shl {result}, {b}
  mov rax, {result}
  sar rax, {b}
  cmp rax, {a}
  jne {exit}

stencil left_shift_int(result, a, #b) early_clobber
  jmp {exit}

stencil right_shift_int(result, a, b) result_after_exit
  mov rcx, {b}
  test rcx, rcx
  js {exit}
  mov edx, 63
  cmp rcx, rdx
  cmova rcx, rdx
  mov rax, {a}
  sar rax, cl
  mov {result}, rax

stencil right_shift_int(result = a, #b in 1..1)
  sar {result}, 1

stencil right_shift_int(result = a, #b in 0..63)
  sar {result}, {b}

stencil right_shift_int(result = a, #b in 64..2147483647)
  sar {result}, 63

stencil right_shift_int(result = a, #b)
  jmp {exit}

stencil less_int(result, a, b)
  cmp {a}, {b}
  setl al
  movzx {result:32}, al

stencil less_int(result, a, #b)
  cmp {a}, {b}
  setl al
  movzx {result:32}, al

stencil less_equal_int(result, a, b)
  cmp {a}, {b}
  setle al
  movzx {result:32}, al

stencil less_equal_int(result, a, #b)
  cmp {a}, {b}
  setle al
  movzx {result:32}, al

stencil equal_int, same_value(result, a, b)
  cmp {a}, {b}
  sete al
  movzx {result:32}, al

stencil equal_int(result, a, #b)
  cmp {a}, {b}
  sete al
  movzx {result:32}, al

stencil not_equal_int(result, a, b)
  cmp {a}, {b}
  setne al
  movzx {result:32}, al

stencil not_equal_int(result, a, #b)
  cmp {a}, {b}
  setne al
  movzx {result:32}, al

stencil not_bool(result = a)
  xor {result:32}, 1

stencil same_ref(result, a, b)
  cmp {a:32}, {b:32}
  sete al
  movzx {result:32}, al
