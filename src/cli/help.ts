/** `copyjit` without a subcommand: help, version, and the answer to anything else. */
import packageJson from '../../package.json' with { type: 'json' };
import { createCommand, runCommand } from './command-line.ts';

/** Runs with all arguments of the command line; the result is the exit status. */
export function main(args: string[]): Promise<number> {
  const program = createCommand('', packageJson.description)
    .usage('COMMAND [options]')
    .version(packageJson.version, '-V, --version', 'show the version')
    .argument('[COMMAND]', 'run, stencils or bench')
    .allowExcessArguments()
    .addHelpText(
      'after',
      `
Commands:
  run       run a Python program
  stencils  show the library of machine-code templates
  bench     compare the interpreter, the JIT and other Pythons

copyjit COMMAND --help tells more about one.`,
    )
    .action((command: string | undefined) => {
      program.error(command === undefined ? 'no command given' : `unknown command '${command}'`);
    });
  return runCommand(program, args);
}
