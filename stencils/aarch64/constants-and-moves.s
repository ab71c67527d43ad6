# aarch64: constants, moves between registers, spilling. How these files are read: scripts/stencils/source.ts.

stencil const_int, const_value(result, imm0 as 0x000000000000????)
  movz {result}, #{imm0[15:0]}

stencil const_int, const_value(result, imm0 as 0xffffffffffff????)
  movn {result}, #{~imm0[15:0]}

stencil const_int, const_value(result, imm0 as 0x00000000????????)
  movz {result}, #{imm0[15:0]}
  movk {result}, #{imm0[31:16]}, lsl #16

stencil const_int, const_value(result, imm0 as 0xffffffff????????)
  movn {result}, #{~imm0[15:0]}
  movk {result}, #{imm0[31:16]}, lsl #16

# A reference to one of the fixed objects: None, True, False, ...
stencil const_int, const_value(result, imm0 as 0xffff00000000????)
  movz {result}, #{imm0[15:0]}
  movk {result}, #0xffff, lsl #48

stencil const_int, const_value(result, imm0 as 0xffff0000????????)
  movz {result}, #{imm0[15:0]}
  movk {result}, #{imm0[31:16]}, lsl #16
  movk {result}, #0xffff, lsl #48

stencil const_int, const_value(result, imm0)
  movz {result}, #{imm0[15:0]}
  movk {result}, #{imm0[31:16]}, lsl #16
  movk {result}, #{imm0[47:32]}, lsl #32
  movk {result}, #{imm0[63:48]}, lsl #48

stencil const_float(result, imm0 as 0x0000000000000000)
  fmov {result}, xzr

# Most constants that programs write have few significant digits.
stencil const_float(result, imm0 as 0x????000000000000)
  movz x15, #{imm0[63:48]}, lsl #48
  fmov {result}, x15

stencil const_float(result, imm0)
  movz x15, #{imm0[15:0]}
  movk x15, #{imm0[31:16]}, lsl #16
  movk x15, #{imm0[47:32]}, lsl #32
  movk x15, #{imm0[63:48]}, lsl #48
  fmov {result}, x15

stencil const_ref(result, imm0 in 0..65535)
  movz {result:32}, #{imm0[15:0]}

stencil const_ref(result, imm0)
  movz {result:32}, #{imm0[15:0]}
  movk {result:32}, #{imm0[31:16]}, lsl #16

stencil move_general(result, a)
  mov {result}, {a}

stencil move_float(result, a)
  fmov {result}, {a}

# imm0 is the number of a spill slot.
stencil spill_general(a, imm0 in 0..255)
  str {a}, [x28, #{imm0 * 8 + StateCell.spill}]

stencil spill_float(a, imm0 in 0..255)
  str {a}, [x28, #{imm0 * 8 + StateCell.spill}]

stencil reload_general(result, imm0 in 0..255)
  ldr {result}, [x28, #{imm0 * 8 + StateCell.spill}]

stencil reload_float(result, imm0 in 0..255)
  ldr {result}, [x28, #{imm0 * 8 + StateCell.spill}]
