"""What the benchmark programs share: `harness.run(main)` runs `main()` as often as the first argument says (once by
default), prints its result once on stdout, so that implementations can be compared, and the seconds of each repetition
on stderr in lines of their own, `@repetition 0.123456`, which `copyjit bench` reads."""

import sys
import time


def run(main):
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    first_result = None
    for repetition in range(repetitions):
        start = time.perf_counter()
        result = main()
        seconds = time.perf_counter() - start
        print(f'@repetition {seconds:.6f}', file=sys.stderr, flush=True)
        if repetition == 0:
            first_result = result
            print(result, flush=True)
        elif result != first_result:
            sys.exit(f'repetition {repetition + 1} gives {result}, the first gave {first_result}')
