# x86-64: fresh objects, by bumping the pointer of the allocator's present span (src/heap/memory.ts).

stencil allocate(result, imm0 in 1..2147483647)
  mov {result:32}, dword ptr [r13 + {State.allocPointer}]
  lea rax, [{result} + {imm0}]
  cmp eax, dword ptr [r13 + {State.allocLimit}]
  ja {exit}
  mov dword ptr [r13 + {State.allocPointer}], eax

stencil allocate_array(result, a, imm0) result_after_exit
  cmp {a}, 4096
  ja {exit}
  mov ecx, dword ptr [r13 + {State.allocPointer}]
  lea rax, [rcx + {a} + {imm0}]
  cmp eax, dword ptr [r13 + {State.allocLimit}]
  ja {exit}
  mov dword ptr [r13 + {State.allocPointer}], eax
  mov {result:32}, ecx

stencil store_header(a, imm0 in 0..2147483647)
  mov qword ptr [r13 + {a} * 8 + {Header.type}], {imm0}

stencil store_header(a, imm0)
  movabs rax, {imm0}
  mov qword ptr [r13 + {a} * 8 + {Header.type}], rax
