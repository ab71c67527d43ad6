# x86-64: entering and leaving machine code, helpers, links between traces. The ones that are no uops are placed by the
# linker: `entry` at offset 0 of code memory, `exit_common` and `helper_resume` once, an `exit_stub` per exit.

# void entry(void *heapBase), by the System V convention. Everything else is passed in the heap.
stencil entry()
  push rbx
  push rbp
  push r12
  push r13
  push r14
  push r15
  mov r13, rdi
  mov r12d, dword ptr [r13 + {State.frame}]
  lea r12, [r13 + r12 * 8]
  jmp qword ptr [r13 + {State.nativeTarget}]

# imm0 = exit number, target = exit_common. Overwritten by `jump` when the exit gets a side trace.
stencil exit_stub(imm0)
  mov dword ptr [r13 + {State.exitNumber}], {imm0}
  jmp {target}

# Leaves the register file in the heap, by register number, and returns to TypeScript.
stencil exit_common()
  mov qword ptr [r13 + {StateCell.generalRegisters + 8 * 3}], rbx
  mov qword ptr [r13 + {StateCell.generalRegisters + 8 * 5}], rbp
  mov qword ptr [r13 + {StateCell.generalRegisters + 8 * 6}], rsi
  mov qword ptr [r13 + {StateCell.generalRegisters + 8 * 7}], rdi
  mov qword ptr [r13 + {StateCell.generalRegisters + 8 * 8}], r8
  mov qword ptr [r13 + {StateCell.generalRegisters + 8 * 9}], r9
  mov qword ptr [r13 + {StateCell.generalRegisters + 8 * 10}], r10
  mov qword ptr [r13 + {StateCell.generalRegisters + 8 * 11}], r11
  mov qword ptr [r13 + {StateCell.generalRegisters + 8 * 14}], r14
  mov qword ptr [r13 + {StateCell.generalRegisters + 8 * 15}], r15
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 0}], xmm0
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 1}], xmm1
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 2}], xmm2
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 3}], xmm3
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 4}], xmm4
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 5}], xmm5
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 6}], xmm6
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 7}], xmm7
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 8}], xmm8
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 9}], xmm9
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 10}], xmm10
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 11}], xmm11
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 12}], xmm12
  movsd qword ptr [r13 + {StateCell.floatRegisters + 8 * 13}], xmm13
  mov rax, r12
  sub rax, r13
  shr rax, 3
  mov dword ptr [r13 + {State.frame}], eax
  pop r15
  pop r14
  pop r13
  pop r12
  pop rbp
  pop rbx
  ret

# imm0 = cell of the argument.
stencil helper_argument(a, imm0 in 0..15)
  mov qword ptr [r13 + {imm0 * 8 + StateCell.helperArguments}], {a}

# imm0 = helper, imm1 = exit number of its snapshot, target = exit_common. TypeScript sees State.helper not 0, runs the
# helper, and enters again at helper_resume; or, when the helper raised, never comes back.
stencil call_helper(result, imm0, imm1)
  mov dword ptr [r13 + {State.helper}], {imm0}
  mov dword ptr [r13 + {State.exitNumber}], {imm1}
  lea rax, [rip + resume]
  mov qword ptr [r13 + {State.resumeAddress}], rax
  jmp {target}
resume:
  mov {result}, qword ptr [r13 + {StateCell.helperResult}]

# The register file as exit_common left it, and back into the trace. The frame register was set by `entry`.
stencil helper_resume()
  mov rbx, qword ptr [r13 + {StateCell.generalRegisters + 8 * 3}]
  mov rbp, qword ptr [r13 + {StateCell.generalRegisters + 8 * 5}]
  mov rsi, qword ptr [r13 + {StateCell.generalRegisters + 8 * 6}]
  mov rdi, qword ptr [r13 + {StateCell.generalRegisters + 8 * 7}]
  mov r8, qword ptr [r13 + {StateCell.generalRegisters + 8 * 8}]
  mov r9, qword ptr [r13 + {StateCell.generalRegisters + 8 * 9}]
  mov r10, qword ptr [r13 + {StateCell.generalRegisters + 8 * 10}]
  mov r11, qword ptr [r13 + {StateCell.generalRegisters + 8 * 11}]
  mov r14, qword ptr [r13 + {StateCell.generalRegisters + 8 * 14}]
  mov r15, qword ptr [r13 + {StateCell.generalRegisters + 8 * 15}]
  movsd xmm0, qword ptr [r13 + {StateCell.floatRegisters + 8 * 0}]
  movsd xmm1, qword ptr [r13 + {StateCell.floatRegisters + 8 * 1}]
  movsd xmm2, qword ptr [r13 + {StateCell.floatRegisters + 8 * 2}]
  movsd xmm3, qword ptr [r13 + {StateCell.floatRegisters + 8 * 3}]
  movsd xmm4, qword ptr [r13 + {StateCell.floatRegisters + 8 * 4}]
  movsd xmm5, qword ptr [r13 + {StateCell.floatRegisters + 8 * 5}]
  movsd xmm6, qword ptr [r13 + {StateCell.floatRegisters + 8 * 6}]
  movsd xmm7, qword ptr [r13 + {StateCell.floatRegisters + 8 * 7}]
  movsd xmm8, qword ptr [r13 + {StateCell.floatRegisters + 8 * 8}]
  movsd xmm9, qword ptr [r13 + {StateCell.floatRegisters + 8 * 9}]
  movsd xmm10, qword ptr [r13 + {StateCell.floatRegisters + 8 * 10}]
  movsd xmm11, qword ptr [r13 + {StateCell.floatRegisters + 8 * 11}]
  movsd xmm12, qword ptr [r13 + {StateCell.floatRegisters + 8 * 12}]
  movsd xmm13, qword ptr [r13 + {StateCell.floatRegisters + 8 * 13}]
  jmp qword ptr [r13 + {State.resumeAddress}]

stencil jump, jump_loop, jump_executor()
  jmp {target}

# a = offset in code memory; 0: nobody to return to
stencil jump_return(a)
  test {a:32}, {a:32}
  je {exit}
  mov rax, qword ptr [r13 + {State.codeBase}]
  add rax, {a}
  jmp rax

# Where the caller's trace goes on when a callee returns: the offset of this uop's exit stub, kept in a frame word.
stencil store_landing(imm0)
  lea rax, [rip + {exit}]
  sub rax, qword ptr [r13 + {State.codeBase}]
  mov dword ptr [r12 + {imm0}], eax
