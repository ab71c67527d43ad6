# x86-64: the running frame, at r12.

stencil load_frame(result, imm0)
  mov {result}, qword ptr [r12 + {imm0}]

stencil store_frame(a, imm0)
  mov qword ptr [r12 + {imm0}], {a}

stencil store_frame_float(a, imm0)
  movsd qword ptr [r12 + {imm0}], {a}

stencil store_frame_word(a, imm0)
  mov dword ptr [r12 + {imm0}], {a:32}

stencil store_frame_word(#a, imm0)
  mov dword ptr [r12 + {imm0}], {a}

stencil load_frame_word(result, imm0)
  mov {result:32}, dword ptr [r12 + {imm0}]

stencil move_frame(imm0)
  add r12, {imm0}

stencil set_frame(a)
  lea r12, [r13 + {a} * 8]

stencil frame_cell(result)
  mov {result}, r12
  sub {result}, r13
  shr {result}, 3
