# x86-64: checks that leave the trace.

stencil guard_type(a, imm0)
  cmp dword ptr [r13 + {a} * 8 + {Header.type}], {imm0}
  jne {exit}

stencil guard_header(a, imm0 in 0..2147483647)
  cmp qword ptr [r13 + {a} * 8 + {Header.type}], {imm0}
  jne {exit}

stencil guard_header(a, imm0)
  movabs rax, {imm0}
  cmp qword ptr [r13 + {a} * 8 + {Header.type}], rax
  jne {exit}

stencil guard_word(a, imm0, imm1)
  cmp dword ptr [r13 + {a} * 8 + {imm0}], {imm1}
  jne {exit}

stencil guard_value(a, imm0 in -2147483648..2147483647)
  cmp {a}, {imm0}
  jne {exit}

stencil guard_value(a, imm0)
  movabs rax, {imm0}
  cmp {a}, rax
  jne {exit}

stencil guard_not_value(a, imm0 in -2147483648..2147483647)
  cmp {a}, {imm0}
  je {exit}

stencil guard_not_value(a, imm0)
  movabs rax, {imm0}
  cmp {a}, rax
  je {exit}

stencil guard_ref(a, imm0)
  cmp {a:32}, {imm0}
  jne {exit}

stencil guard_not_ref(a, imm0 in 0..0)
  test {a:32}, {a:32}
  je {exit}

stencil guard_not_ref(a, imm0)
  cmp {a:32}, {imm0}
  je {exit}

# 0 float, 1 immediate int, 2 reference
stencil guard_tag(a, imm0 in 0..0)
  mov rax, {a}
  sar rax, 49
  cmp eax, -1
  je {exit}

stencil guard_tag(a, imm0 in 1..1)
  mov rax, {a}
  sar rax, 48
  cmp eax, {TAG_INT >> 16}
  jne {exit}

stencil guard_tag(a, imm0 in 2..2)
  mov rax, {a}
  sar rax, 32
  cmp eax, {TAG_REF}
  jne {exit}

stencil guard_true(a)
  test {a:32}, {a:32}
  je {exit}

stencil guard_false(a)
  test {a:32}, {a:32}
  jne {exit}

stencil guard_less_int(a, b)
  cmp {a}, {b}
  jge {exit}

stencil guard_less_int(a, #b)
  cmp {a}, {b}
  jge {exit}

stencil guard_less_equal_int(a, b)
  cmp {a}, {b}
  jg {exit}

stencil guard_less_equal_int(a, #b)
  cmp {a}, {b}
  jg {exit}

stencil guard_equal_int(a, b)
  cmp {a}, {b}
  jne {exit}

stencil guard_equal_int(a, #b in 0..0)
  test {a}, {a}
  jne {exit}

stencil guard_equal_int(a, #b)
  cmp {a}, {b}
  jne {exit}

stencil guard_not_equal_int(a, b)
  cmp {a}, {b}
  je {exit}

stencil guard_not_equal_int(a, #b in 0..0)
  test {a}, {a}
  je {exit}

stencil guard_not_equal_int(a, #b)
  cmp {a}, {b}
  je {exit}

stencil guard_greater_int(a, b)
  cmp {a}, {b}
  jle {exit}

stencil guard_greater_int(a, #b)
  cmp {a}, {b}
  jle {exit}

stencil guard_greater_equal_int(a, b)
  cmp {a}, {b}
  jl {exit}

stencil guard_greater_equal_int(a, #b in 0..0)
  test {a}, {a}
  js {exit}

stencil guard_greater_equal_int(a, #b)
  cmp {a}, {b}
  jl {exit}

# ucomisd reports "below" for NaN: the operands are turned so that NaN counts as not less.
stencil guard_less_float(a, b)
  ucomisd {b}, {a}
  jbe {exit}

stencil guard_not_less_float(a, b)
  ucomisd {b}, {a}
  ja {exit}

stencil guard_less_equal_float(a, b)
  ucomisd {b}, {a}
  jb {exit}

stencil guard_not_less_equal_float(a, b)
  ucomisd {b}, {a}
  jae {exit}

stencil guard_equal_float(a, b)
  ucomisd {a}, {b}
  jne {exit}
  jp {exit}

stencil guard_not_equal_float(a, b)
  ucomisd {a}, {b}
  jp differ
  je {exit}
differ:

stencil guard_same_ref(a, b)
  cmp {a:32}, {b:32}
  jne {exit}

stencil guard_not_same_ref(a, b)
  cmp {a:32}, {b:32}
  je {exit}

# Unsigned: a negative index is a huge one.
stencil guard_index(a, b)
  cmp {a}, {b}
  jae {exit}

stencil guard_index(a, #b)
  cmp {a}, {b}
  jae {exit}

stencil guard_no_interrupt()
  cmp dword ptr [r13 + {State.interrupt}], 0
  jne {exit}

stencil exit()
  jmp {exit}
