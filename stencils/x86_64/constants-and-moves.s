# x86-64: constants, moves between registers, spilling. How these files are read: scripts/stencils/source.ts.

stencil const_int, const_value(result, imm0 as 0x0000000000000000)
  xor {result:32}, {result:32}

stencil const_int, const_value(result, imm0 as 0x00000000????????)
  mov {result:32}, {imm0}

stencil const_int, const_value(result, imm0 in -2147483648..-1)
  mov {result}, {imm0}

stencil const_int, const_value(result, imm0)
  movabs {result}, {imm0}

stencil const_float(result, imm0 as 0x0000000000000000)
  xorps {result}, {result}

stencil const_float(result, imm0)
  movabs rax, {imm0}
  movq {result}, rax

stencil const_ref(result, imm0)
  mov {result:32}, {imm0}

stencil move_general(result, a)
  mov {result}, {a}

stencil move_float(result, a)
  movaps {result}, {a}

# imm0 is the number of a spill slot.
stencil spill_general(a, imm0 in 0..255)
  mov qword ptr [r13 + {imm0 * 8 + StateCell.spill}], {a}

stencil spill_float(a, imm0 in 0..255)
  movsd qword ptr [r13 + {imm0 * 8 + StateCell.spill}], {a}

stencil reload_general(result, imm0 in 0..255)
  mov {result}, qword ptr [r13 + {imm0 * 8 + StateCell.spill}]

stencil reload_float(result, imm0 in 0..255)
  movsd {result}, qword ptr [r13 + {imm0 * 8 + StateCell.spill}]
