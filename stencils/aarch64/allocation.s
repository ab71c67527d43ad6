# aarch64: fresh objects, by bumping the pointer of the allocator's present span (src/heap/memory.ts).

stencil allocate(result, imm0 in 0..4095)
  ldr {result:32}, [x28, #{State.allocPointer}]
  ldr w16, [x28, #{State.allocLimit}]
  add w15, {result:32}, #{imm0}
  cmp w15, w16
  b.hi {exit}
  str w15, [x28, #{State.allocPointer}]

stencil allocate_array(result, a, imm0 in 0..4095) result_after_exit
  cmp {a}, #1, lsl #12
  b.hi {exit}
  ldr w17, [x28, #{State.allocPointer}]
  ldr w16, [x28, #{State.allocLimit}]
  add w15, w17, {a:32}
  add w15, w15, #{imm0}
  cmp w15, w16
  b.hi {exit}
  str w15, [x28, #{State.allocPointer}]
  mov {result:32}, w17

stencil store_header(a, imm0 as 0x000000000000????)
  movz w15, #{imm0[15:0]}
  str x15, [x28, {a}, lsl #3]

stencil store_header(a, imm0 as 0x0000????0000????)
  movz x15, #{imm0[15:0]}
  movk x15, #{imm0[47:32]}, lsl #32
  str x15, [x28, {a}, lsl #3]

stencil store_header(a, imm0)
  movz x15, #{imm0[15:0]}
  movk x15, #{imm0[31:16]}, lsl #16
  movk x15, #{imm0[47:32]}, lsl #32
  movk x15, #{imm0[63:48]}, lsl #48
  str x15, [x28, {a}, lsl #3]
