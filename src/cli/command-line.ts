/**
 * What the subcommands share of commander: help in one style, and wrong usage as one line with status 2. (`run` reads
 * its options by itself, see run.ts.)
 */
import { Command, CommanderError } from 'commander';

/** A commander command `copyjit NAME` that throws instead of exiting; give it to `runCommand`. */
export function createCommand(name: string, description: string): Command {
  return new Command(name)
    .name(name === '' ? 'copyjit' : `copyjit ${name}`)
    .description(description)
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
}

/** Parses `args` (those after the command's name) and runs the command's action; the result is the exit status. */
export async function runCommand(command: Command, args: string[]): Promise<number> {
  try {
    await command.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    const message = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
    process.stderr.write(`copyjit: ${message} (see ${command.name()} --help)\n`);
    return 2;
  }
}
