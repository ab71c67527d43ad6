/** The help text of `copyjit run`, apart from run.ts so that commander is loaded only when somebody asks. */
import { createCommand } from './command-line.ts';

/** Prints the help on stdout; the result is the exit status. */
export function printRunHelp(): number {
  createCommand('run', 'Runs a Python 3.14 program; its hot loops run as machine code.')
    .usage('[options] (PROGRAM.py | -c CODE | -m MODULE | -) [args...]')
    .argument('PROGRAM.py', 'the file to run; - for standard input')
    .argument('[args...]', 'what the program finds in sys.argv[1:]')
    .option('-c CODE', 'run the code given here')
    .option('-m MODULE', 'run a module found on sys.path')
    .option('--jit=MODE', 'native: machine code (default); uops: optimized traces, interpreted; off: plain interpreter')
    .option('--jit-stats', 'say on stderr at the end what the JIT did')
    .addHelpText('after', '\nOptions come before the program; what follows it belongs to the program.')
    .outputHelp();
  return 0;
}
