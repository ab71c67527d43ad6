/** Development entry until the command line's bundle exists: `node --import tsx src/interpreter/dev.ts prog.py`. */
import { runMain } from './main.ts';

const [target, ...args] = process.argv.slice(2);
process.exitCode =
  target === '-c'
    ? runMain({ kind: 'code', target: args[0], args: args.slice(1), jit: 'off', jitStats: false })
    : runMain({ kind: 'file', target, args, jit: 'off', jitStats: false });
