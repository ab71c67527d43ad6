# x86-64: strings and dicts. The layouts and the order of probing are those of src/heap/layouts.ts and objects/dicts.ts.

# Pointers first, then length and type in one comparison, the width, and the characters, a cell at a time from the
# end (strings are padded with zeros to a whole cell).
stencil equal_str(result, a, b) early_clobber
  xor {result}, {result}
  cmp {a}, {b}
  je equal
  mov rax, qword ptr [r13 + {a} * 8]
  cmp rax, qword ptr [r13 + {b} * 8]
  jne done
  mov ecx, dword ptr [r13 + {a} * 8 + {Str.info}]
  mov edx, dword ptr [r13 + {b} * 8 + {Str.info}]
  xor edx, ecx
  test edx, 7
  jne done
  and ecx, 7
  shr rax, 32
  imul ecx, eax
  add ecx, 7
  shr ecx, 3
  mov rdx, {a}
  sub rdx, {b}
  lea rdx, [r13 + rdx * 8]
  add rcx, {b}
more:
  cmp rcx, {b}
  je equal
  sub rcx, 1
  mov rax, qword ptr [r13 + rcx * 8 + {Str.data}]
  cmp rax, qword ptr [rdx + rcx * 8 + {Str.data}]
  je more
  jmp done
equal:
  lea {result}, [{result} + 1]
done:

# Murmur3, as hashWords in objects/strings.ts has it, of a string that has no hash yet.
stencil hash_str(result, a) early_clobber
  cmp dword ptr [r13 + {a} * 8 + {Str.hash}], 0
  jne known
  mov eax, dword ptr [r13 + {a} * 8 + {Str.length}]
  mov ecx, dword ptr [r13 + {a} * 8 + {Str.info}]
  and ecx, 7
  imul ecx, eax
  add ecx, 3
  shr ecx, 2
  lea rdx, [r13 + {a} * 8 + {Str.data}]
  lea rcx, [rdx + rcx * 4]
word:
  cmp rdx, rcx
  je last
  imul {result:32}, dword ptr [rdx], -862048943
  rol {result:32}, 15
  imul {result:32}, {result:32}, 461845907
  xor eax, {result:32}
  rol eax, 13
  lea eax, [rax + rax * 4 - 430675100]
  add rdx, 4
  jmp word
last:
  mov ecx, eax
  shr ecx, 16
  xor eax, ecx
  imul eax, eax, -2048144789
  mov ecx, eax
  shr ecx, 13
  xor eax, ecx
  imul eax, eax, -1028477387
  mov ecx, eax
  shr ecx, 16
  xor eax, ecx
  jne store
  mov eax, 1
store:
  mov dword ptr [r13 + {a} * 8 + {Str.hash}], eax
known:
  movsxd {result}, dword ptr [r13 + {a} * 8 + {Str.hash}]

# rax is the perturbation, rcx the probe, rdx the address of the entry. The two former are put away while a key with the
# same hash is compared, as equal_str does it. Leaves if the string has no hash yet, or meets a key with the same hash
# that is no string.
stencil find_str_key(result, a, b) early_clobber
  mov eax, dword ptr [r13 + {b} * 8 + {Str.hash}]
  test eax, eax
  je {exit}
  mov ecx, eax
probe:
  and ecx, dword ptr [r13 + {a} * 8 + {Dict.mask}]
  mov edx, dword ptr [r13 + {a} * 8 + {Dict.index}]
  lea rdx, [r13 + rdx * 8]
  movsxd {result}, dword ptr [rdx + rcx * 4 + {ArrayObject.data}]
  cmp {result}, -1
  je missing
  jl next
  imul {result}, {result}, 3
  mov edx, dword ptr [r13 + {a} * 8 + {Dict.entries}]
  add rdx, {result}
  lea rdx, [r13 + rdx * 8]
  cmp dword ptr [rdx + 12], {TAG_REF}
  jne other
  movsxd {result}, dword ptr [rdx + 8]
  cmp {result}, {b}
  je found
other:
  push rax
  push rcx
  mov ecx, dword ptr [rdx + 24]
  cmp ecx, dword ptr [r13 + {b} * 8 + {Str.hash}]
  jne differ
  cmp dword ptr [rdx + 12], {TAG_REF}
  jne foreign
  movsxd {result}, dword ptr [rdx + 8]
  mov rax, qword ptr [r13 + {result} * 8]
  cmp eax, {T.str}
  jne foreign
  cmp rax, qword ptr [r13 + {b} * 8]
  jne differ
  mov ecx, dword ptr [r13 + {result} * 8 + {Str.info}]
  xor ecx, dword ptr [r13 + {b} * 8 + {Str.info}]
  test ecx, 7
  jne differ
  mov ecx, dword ptr [r13 + {b} * 8 + {Str.info}]
  and ecx, 7
  shr rax, 32
  imul ecx, eax
  add ecx, 7
  shr ecx, 3
  sub {result}, {b}
  lea {result}, [r13 + {result} * 8]
  add rcx, {b}
more:
  cmp rcx, {b}
  je equal
  sub rcx, 1
  mov rax, qword ptr [r13 + rcx * 8 + {Str.data}]
  cmp rax, qword ptr [{result} + rcx * 8 + {Str.data}]
  je more
differ:
  pop rcx
  pop rax
next:
  shr eax, 5
  lea ecx, [rcx + rcx * 4 + 1]
  add ecx, eax
  jmp probe
foreign:
  pop rcx
  pop rax
  jmp {exit}
missing:
  lea {result}, [{result} + 1]
  jmp done
equal:
  pop rcx
  pop rax
found:
  sub rdx, r13
  shr rdx, 3
  lea {result}, [rdx + 2]
done:

# The hash of an int of 32 bits is the int itself, but for -1. Leaves for larger ones, and for keys with the same hash
# that are no small ints.
stencil find_int_key(result, a, b) early_clobber
  movsxd rax, {b:32}
  cmp rax, {b}
  jne {exit}
  cmp eax, -1
  jne hashed
  mov eax, -2
hashed:
  mov ecx, eax
probe:
  and ecx, dword ptr [r13 + {a} * 8 + {Dict.mask}]
  mov edx, dword ptr [r13 + {a} * 8 + {Dict.index}]
  lea rdx, [r13 + rdx * 8]
  movsxd {result}, dword ptr [rdx + rcx * 4 + {ArrayObject.data}]
  cmp {result}, -1
  je missing
  jl next
  imul {result}, {result}, 3
  mov edx, dword ptr [r13 + {a} * 8 + {Dict.entries}]
  add rdx, {result}
  lea rdx, [r13 + rdx * 8]
  cmp word ptr [rdx + 14], {TAG_INT >> 16}
  jne other
  mov {result}, qword ptr [rdx + 8]
  shl {result}, 16
  sar {result}, 16
  cmp {result}, {b}
  je found
next:
  shr eax, 5
  lea ecx, [rcx + rcx * 4 + 1]
  add ecx, eax
  jmp probe
other:
  movsxd {result}, dword ptr [rdx + 24]
  cmp {b}, -1
  je minus_one
  cmp {result}, {b}
  jne next
  jmp {exit}
minus_one:
  cmp {result}, -2
  jne next
  jmp {exit}
missing:
  lea {result}, [{result} + 1]
  jmp done
found:
  sub rdx, r13
  shr rdx, 3
  lea {result}, [rdx + 2]
done:
