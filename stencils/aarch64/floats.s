# aarch64: doubles.

stencil add_float(result, a, b)
  fadd {result}, {a}, {b}

stencil subtract_float(result, a, b)
  fsub {result}, {a}, {b}

stencil multiply_float(result, a, b)
  fmul {result}, {a}, {b}

stencil divide_float(result, a, b) result_after_exit
  fcmp {b}, #0.0
  b.eq {exit}
  fdiv {result}, {a}, {b}

stencil divide_float_unchecked(result, a, b)
  fdiv {result}, {a}, {b}

stencil negative_float(result, a)
  fneg {result}, {a}

stencil absolute_float(result, a)
  fabs {result}, {a}

stencil square_root_float(result, a)
  fsqrt {result}, {a}

stencil floor_float(result, a)
  frintm {result}, {a}

# After fcmp of a NaN "mi" and "ls" are false.
stencil less_float(result, a, b)
  fcmp {a}, {b}
  cset {result:32}, mi

stencil less_equal_float(result, a, b)
  fcmp {a}, {b}
  cset {result:32}, ls

stencil equal_float(result, a, b)
  fcmp {a}, {b}
  cset {result:32}, eq

stencil not_equal_float(result, a, b)
  fcmp {a}, {b}
  cset {result:32}, ne
