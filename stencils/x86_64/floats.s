# x86-64: doubles. SSE2 only: it is all that V8, too, takes for granted.

stencil add_float(result = a, b)
  addsd {result}, {b}

stencil subtract_float(result = a, b)
  subsd {result}, {b}

stencil multiply_float(result = a, b)
  mulsd {result}, {b}

# Comparing a NaN with 0 sets "equal" and "parity".
stencil divide_float(result = a, b) result_after_exit
  xorps xmm15, xmm15
  ucomisd {b}, xmm15
  jp divide
  je {exit}
divide:
  divsd {result}, {b}

stencil divide_float_unchecked(result = a, b)
  divsd {result}, {b}

# All ones, shifted, is the sign bit or all but the sign bit.
stencil negative_float(result = a)
  pcmpeqd xmm15, xmm15
  psllq xmm15, 63
  xorpd {result}, xmm15

stencil absolute_float(result = a)
  pcmpeqd xmm15, xmm15
  psrlq xmm15, 1
  andpd {result}, xmm15

stencil square_root_float(result, a)
  sqrtsd {result}, {a}

# Without SSE4.1's roundsd: truncate, subtract 1 when that went up, and keep the sign (of -0.0). From 2**52 on, and for
# NaN, the operand is the result.
stencil floor_float(result = a)
  pcmpeqd xmm15, xmm15
  movaps xmm14, {a}
  psrlq xmm15, 1
  andpd xmm14, xmm15
  movabs rax, 0x4330000000000000
  movq xmm15, rax
  ucomisd xmm15, xmm14
  jbe done
  cvttsd2si rax, {a}
  xorps xmm14, xmm14
  cvtsi2sd xmm14, rax
  xor ecx, ecx
  ucomisd xmm14, {a}
  seta cl
  sub rax, rcx
  pcmpeqd xmm15, xmm15
  psllq xmm15, 63
  andpd xmm15, {a}
  xorps {result}, {result}
  cvtsi2sd {result}, rax
  orpd {result}, xmm15
done:

stencil less_float(result, a, b)
  ucomisd {b}, {a}
  seta al
  movzx {result:32}, al

stencil less_equal_float(result, a, b)
  ucomisd {b}, {a}
  setae al
  movzx {result:32}, al

stencil equal_float(result, a, b)
  movaps xmm15, {a}
  cmpeqsd xmm15, {b}
  movq {result}, xmm15
  and {result}, 1

stencil not_equal_float(result, a, b)
  movaps xmm15, {a}
  cmpneqsd xmm15, {b}
  movq {result}, xmm15
  and {result}, 1
