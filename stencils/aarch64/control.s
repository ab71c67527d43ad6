# aarch64: entering and leaving machine code, helpers, links between traces. The ones that are no uops are placed by the
# linker: `entry` at offset 0 of code memory, `exit_common` and `helper_resume` once, an `exit_stub` per exit.

# void entry(void *heapBase). Everything else is passed in the heap. d8-d15 belong to the caller, too.
stencil entry()
  sub sp, sp, #160
  stp x19, x20, [sp, #0]
  stp x21, x22, [sp, #16]
  stp x23, x24, [sp, #32]
  stp x25, x26, [sp, #48]
  stp x27, x28, [sp, #64]
  stp x29, x30, [sp, #80]
  stp d8, d9, [sp, #96]
  stp d10, d11, [sp, #112]
  stp d12, d13, [sp, #128]
  stp d14, d15, [sp, #144]
  mov x28, x0
  ldr w27, [x28, #{State.frame}]
  add x27, x28, x27, lsl #3
  ldr x16, [x28, #{State.nativeTarget}]
  br x16

# imm0 = exit number, target = exit_common. Overwritten by `jump` when the exit gets a side trace.
stencil exit_stub(imm0 in 0..65535)
  movz w15, #{imm0[15:0]}
  str w15, [x28, #{State.exitNumber}]
  b {target}

stencil exit_stub(imm0)
  movz w15, #{imm0[15:0]}
  movk w15, #{imm0[31:16]}, lsl #16
  str w15, [x28, #{State.exitNumber}]
  b {target}

# Leaves the register file in the heap, by register number, and returns to TypeScript.
stencil exit_common()
  add x16, x28, #{StateCell.generalRegisters}
  stp x0, x1, [x16, #0]
  stp x2, x3, [x16, #16]
  stp x4, x5, [x16, #32]
  stp x6, x7, [x16, #48]
  stp x8, x9, [x16, #64]
  stp x10, x11, [x16, #80]
  stp x12, x13, [x16, #96]
  str x14, [x16, #112]
  stp x19, x20, [x16, #152]
  stp x21, x22, [x16, #168]
  stp x23, x24, [x16, #184]
  stp x25, x26, [x16, #200]
  stp d0, d1, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 0}]
  stp d2, d3, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 16}]
  stp d4, d5, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 32}]
  stp d6, d7, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 48}]
  stp d8, d9, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 64}]
  stp d10, d11, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 80}]
  stp d12, d13, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 96}]
  stp d14, d15, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 112}]
  stp d16, d17, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 128}]
  stp d18, d19, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 144}]
  stp d20, d21, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 160}]
  stp d22, d23, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 176}]
  stp d24, d25, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 192}]
  stp d26, d27, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 208}]
  stp d28, d29, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 224}]
  sub x16, x27, x28
  lsr x16, x16, #3
  str w16, [x28, #{State.frame}]
  ldp x19, x20, [sp, #0]
  ldp x21, x22, [sp, #16]
  ldp x23, x24, [sp, #32]
  ldp x25, x26, [sp, #48]
  ldp x27, x28, [sp, #64]
  ldp x29, x30, [sp, #80]
  ldp d8, d9, [sp, #96]
  ldp d10, d11, [sp, #112]
  ldp d12, d13, [sp, #128]
  ldp d14, d15, [sp, #144]
  add sp, sp, #160
  ret

# imm0 = cell of the argument.
stencil helper_argument(a, imm0 in 0..15)
  str {a}, [x28, #{imm0 * 8 + StateCell.helperArguments}]

# imm0 = helper, imm1 = exit number of its snapshot, target = exit_common. TypeScript sees State.helper not 0, runs the
# helper, and enters again at helper_resume; or, when the helper raised, never comes back.
stencil call_helper(result, imm0, imm1)
  movz w15, #{imm0[15:0]}
  movk w15, #{imm0[31:16]}, lsl #16
  str w15, [x28, #{State.helper}]
  movz w15, #{imm1[15:0]}
  movk w15, #{imm1[31:16]}, lsl #16
  str w15, [x28, #{State.exitNumber}]
  adr x15, resume
  str x15, [x28, #{State.resumeAddress}]
  b {target}
resume:
  ldr {result}, [x28, #{StateCell.helperResult}]

# The register file as exit_common left it, and back into the trace. The frame register was set by `entry`.
stencil helper_resume()
  add x16, x28, #{StateCell.generalRegisters}
  ldp x0, x1, [x16, #0]
  ldp x2, x3, [x16, #16]
  ldp x4, x5, [x16, #32]
  ldp x6, x7, [x16, #48]
  ldp x8, x9, [x16, #64]
  ldp x10, x11, [x16, #80]
  ldp x12, x13, [x16, #96]
  ldr x14, [x16, #112]
  ldp x19, x20, [x16, #152]
  ldp x21, x22, [x16, #168]
  ldp x23, x24, [x16, #184]
  ldp x25, x26, [x16, #200]
  ldp d0, d1, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 0}]
  ldp d2, d3, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 16}]
  ldp d4, d5, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 32}]
  ldp d6, d7, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 48}]
  ldp d8, d9, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 64}]
  ldp d10, d11, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 80}]
  ldp d12, d13, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 96}]
  ldp d14, d15, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 112}]
  ldp d16, d17, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 128}]
  ldp d18, d19, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 144}]
  ldp d20, d21, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 160}]
  ldp d22, d23, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 176}]
  ldp d24, d25, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 192}]
  ldp d26, d27, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 208}]
  ldp d28, d29, [x16, #{StateCell.floatRegisters - StateCell.generalRegisters + 224}]
  ldr x16, [x28, #{State.resumeAddress}]
  br x16

stencil jump, jump_loop, jump_executor()
  b {target}

# a = offset in code memory; 0: nobody to return to
stencil jump_return(a)
  cbz {a:32}, {exit}
  ldr x16, [x28, #{State.codeBase}]
  add x16, x16, {a}
  br x16

# Where the caller's trace goes on when a callee returns: the offset of this uop's exit stub, kept in a frame word.
stencil store_landing(imm0 in 0..16380 step 4)
  adr x15, {exit}
  ldr x16, [x28, #{State.codeBase}]
  sub x15, x15, x16
  str w15, [x27, #{imm0}]
