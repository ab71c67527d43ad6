# x86-64: objects. A reference is a cell index: its memory is [r13 + reference * 8].

stencil load_field(result, a, imm0)
  mov {result}, qword ptr [r13 + {a} * 8 + {imm0}]

stencil store_field(a, b, imm0)
  mov qword ptr [r13 + {a} * 8 + {imm0}], {b}

stencil store_field_float(a, b, imm0)
  movsd qword ptr [r13 + {a} * 8 + {imm0}], {b}

stencil load_word(result, a, imm0)
  mov {result:32}, dword ptr [r13 + {a} * 8 + {imm0}]

stencil load_word_int(result, a, imm0)
  movsxd {result}, dword ptr [r13 + {a} * 8 + {imm0}]

stencil store_word(a, b, imm0)
  mov dword ptr [r13 + {a} * 8 + {imm0}], {b:32}

stencil store_word(a, #b, imm0)
  mov dword ptr [r13 + {a} * 8 + {imm0}], {b}

# The array's and the tuple's first item lie one cell behind the object's start.
stencil load_item, load_tuple_item(result, a, b)
  lea rax, [{a} + {b} + {ArrayObject.data / 8}]
  mov {result}, qword ptr [r13 + rax * 8]

stencil store_item(a, b, c)
  lea rax, [{a} + {b} + {ArrayObject.data / 8}]
  mov qword ptr [r13 + rax * 8], {c}

stencil store_item_float(a, b, c)
  lea rax, [{a} + {b} + {ArrayObject.data / 8}]
  movsd qword ptr [r13 + rax * 8], {c}

stencil load_byte(result, a, b, imm0)
  lea rax, [r13 + {a} * 8 + {imm0}]
  movzx {result:32}, byte ptr [rax + {b}]

stencil load_half(result, a, b, imm0)
  lea rax, [r13 + {a} * 8 + {imm0}]
  movzx {result:32}, word ptr [rax + {b} * 2]

stencil load_unit(result, a, b, imm0)
  lea rax, [r13 + {a} * 8 + {imm0}]
  mov {result:32}, dword ptr [rax + {b} * 4]

stencil store_byte(a, b, c, imm0)
  lea rax, [r13 + {a} * 8 + {imm0}]
  mov rdx, {c}
  mov byte ptr [rax + {b}], dl

stencil load_state(result, imm0)
  mov {result:32}, dword ptr [r13 + {imm0}]

stencil store_state(a, imm0)
  mov dword ptr [r13 + {imm0}], {a:32}

stencil store_state(#a, imm0)
  mov dword ptr [r13 + {imm0}], {a}

# From the last item to the first; an array without items is left alone.
stencil copy_items(a, b, c)
  lea rcx, [{b} + {c} + {ArrayObject.data / 8}]
  lea rcx, [r13 + rcx * 8]
  lea rdx, [r13 + {a} * 8 + {ArrayObject.data}]
  mov eax, dword ptr [r13 + {a} * 8 + {ArrayObject.length}]
more:
  sub rax, 1
  jb done
  movsd xmm15, qword ptr [rcx + rax * 8]
  movsd qword ptr [rdx + rax * 8], xmm15
  jmp more
done:
