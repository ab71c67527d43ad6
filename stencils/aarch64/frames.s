# aarch64: the running frame, at x27. Offsets are those of a frame's own cells, or of a callee's above it.

stencil load_frame(result, imm0 in 0..32760 step 8)
  ldr {result}, [x27, #{imm0}]

stencil store_frame(a, imm0 in 0..32760 step 8)
  str {a}, [x27, #{imm0}]

stencil store_frame_float(a, imm0 in 0..32760 step 8)
  str {a}, [x27, #{imm0}]

stencil store_frame_word(a, imm0 in 0..16380 step 4)
  str {a:32}, [x27, #{imm0}]

stencil store_frame_word(#a in 0..0, imm0 in 0..16380 step 4)
  str wzr, [x27, #{imm0}]

stencil store_frame_word(#a in 0..65535, imm0 in 0..16380 step 4)
  movz w15, #{a[15:0]}
  str w15, [x27, #{imm0}]

stencil store_frame_word(#a, imm0 in 0..16380 step 4)
  movz w15, #{a[15:0]}
  movk w15, #{a[31:16]}, lsl #16
  str w15, [x27, #{imm0}]

stencil load_frame_word(result, imm0 in 0..16380 step 4)
  ldr {result:32}, [x27, #{imm0}]

stencil move_frame(imm0 in 0..4095)
  add x27, x27, #{imm0}

stencil move_frame(imm0 in -4095..-1)
  sub x27, x27, #{-imm0}

stencil move_frame(imm0)
  movz w15, #{imm0[15:0]}
  movk w15, #{imm0[31:16]}, lsl #16
  add x27, x27, w15, sxtw

stencil set_frame(a)
  add x27, x28, {a}, lsl #3

stencil frame_cell(result)
  sub {result}, x27, x28
  lsr {result}, {result}, #3
