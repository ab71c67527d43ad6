# aarch64: objects. A reference is a cell index: its memory is [x28 + reference * 8]. Loads take an offset or an index,
# not both: x16 gets the object's address.

stencil load_field(result, a, imm0 in 0..32760 step 8)
  add x16, x28, {a}, lsl #3
  ldr {result}, [x16, #{imm0}]

stencil store_field(a, b, imm0 in 0..32760 step 8)
  add x16, x28, {a}, lsl #3
  str {b}, [x16, #{imm0}]

stencil store_field_float(a, b, imm0 in 0..32760 step 8)
  add x16, x28, {a}, lsl #3
  str {b}, [x16, #{imm0}]

stencil load_word(result, a, imm0 in 0..16380 step 4)
  add x16, x28, {a}, lsl #3
  ldr {result:32}, [x16, #{imm0}]

stencil load_word_int(result, a, imm0 in 0..16380 step 4)
  add x16, x28, {a}, lsl #3
  ldrsw {result}, [x16, #{imm0}]

stencil store_word(a, b, imm0 in 0..16380 step 4)
  add x16, x28, {a}, lsl #3
  str {b:32}, [x16, #{imm0}]

stencil store_word(a, #b in 0..0, imm0 in 0..16380 step 4)
  add x16, x28, {a}, lsl #3
  str wzr, [x16, #{imm0}]

stencil store_word(a, #b in 0..65535, imm0 in 0..16380 step 4)
  add x16, x28, {a}, lsl #3
  movz w15, #{b[15:0]}
  str w15, [x16, #{imm0}]

stencil store_word(a, #b, imm0 in 0..16380 step 4)
  add x16, x28, {a}, lsl #3
  movz w15, #{b[15:0]}
  movk w15, #{b[31:16]}, lsl #16
  str w15, [x16, #{imm0}]

# The array's and the tuple's first item lie one cell behind the object's start.
stencil load_item, load_tuple_item(result, a, b)
  add x16, {a}, {b}
  add x16, x28, x16, lsl #3
  ldr {result}, [x16, #{ArrayObject.data}]

stencil store_item(a, b, c)
  add x16, {a}, {b}
  add x16, x28, x16, lsl #3
  str {c}, [x16, #{ArrayObject.data}]

stencil store_item_float(a, b, c)
  add x16, {a}, {b}
  add x16, x28, x16, lsl #3
  str {c}, [x16, #{ArrayObject.data}]

stencil load_byte(result, a, b, imm0 in 0..4095)
  add x16, x28, {a}, lsl #3
  add x16, x16, {b}
  ldrb {result:32}, [x16, #{imm0}]

stencil load_half(result, a, b, imm0 in 0..8190 step 2)
  add x16, x28, {a}, lsl #3
  add x16, x16, {b}, lsl #1
  ldrh {result:32}, [x16, #{imm0}]

stencil load_unit(result, a, b, imm0 in 0..16380 step 4)
  add x16, x28, {a}, lsl #3
  add x16, x16, {b}, lsl #2
  ldr {result:32}, [x16, #{imm0}]

stencil store_byte(a, b, c, imm0 in 0..4095)
  add x16, x28, {a}, lsl #3
  add x16, x16, {b}
  strb {c:32}, [x16, #{imm0}]

stencil load_state(result, imm0 in 0..16380 step 4)
  ldr {result:32}, [x28, #{imm0}]

stencil store_state(a, imm0 in 0..16380 step 4)
  str {a:32}, [x28, #{imm0}]

stencil store_state(#a in 0..0, imm0 in 0..16380 step 4)
  str wzr, [x28, #{imm0}]

stencil store_state(#a in 0..65535, imm0 in 0..16380 step 4)
  movz w15, #{a[15:0]}
  str w15, [x28, #{imm0}]

stencil store_state(#a, imm0 in 0..16380 step 4)
  movz w15, #{a[15:0]}
  movk w15, #{a[31:16]}, lsl #16
  str w15, [x28, #{imm0}]

# From the last item to the first; an array without items is left alone.
stencil copy_items(a, b, c)
  add x16, {b}, {c}
  add x16, x28, x16, lsl #3
  add x17, x28, {a}, lsl #3
  ldr w15, [x17, #{ArrayObject.length}]
more:
  cbz w15, done
  ldr d30, [x16, x15, lsl #3]
  str d30, [x17, x15, lsl #3]
  sub w15, w15, #1
  b more
done:
