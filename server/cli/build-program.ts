import { Command } from 'commander'
import type { ExitCode } from './exit-codes.ts'
import type { RunOptions } from './run-command.ts'
import type { SandboxFlags } from './sandbox-command.ts'
import type { CommandContext } from './terminal.ts'

/** Hears how a command ended. */
type Finish = (code: ExitCode) => void

/**
 * The command line's words. Each command is a file of its own, and is loaded only when it is asked for, so that a word of help does not
 * wait for a database. A command answers on standard output and tells of its progress on standard error.
 */
export function buildProgram(context: CommandContext, finish: Finish): Command {
  const program = new Command('penstock')
    .description('Pipelines from APIs to your own database: nothing is ever lost, and the status never lies.')
    .addHelpText('after', example('validate examples/own-workspace.yaml'))
    .showHelpAfterError('Add --help to see how it is used.')
    .exitOverride()
  program.addCommand(run(context, finish))
  program.addCommand(validate(context, finish))
  program.addCommand(check(context, finish))
  program.addCommand(connectors(context, finish))
  program.addCommand(sandbox(context, finish))
  program.addCommand(demo(context, finish))
  program.addCommand(newPassword(context, finish))
  for (const command of [...program.commands, ...program.commands.flatMap((one) => one.commands)])
    command.copyInheritedSettings(program)
  return program
}

function run(context: CommandContext, finish: Finish): Command {
  return new Command('run')
    .description('validate a pipeline document and run it once')
    .argument('<file>', 'the pipeline document, YAML or JSON')
    .option('--json', 'end standard output with the run’s report, as one JSON document')
    .option('--only <objects>', 'run only these objects of the document, separated by commas')
    .option('--full-refresh', 'read everything again from the start, and accept a table that shrinks')
    .addHelpText(
      'after',
      '\nExit: 0 succeeded · 1 partial or failed · 2 not valid, nothing ran · 130 cancelled',
    )
    .addHelpText('after', example('run examples/own-workspace.yaml --only contacts,tags'))
    .action(async (file: string, options: RunOptions) =>
      finish(await (await import('./run-command.ts')).runCommand(file, options, context)),
    )
}

function validate(context: CommandContext, finish: Finish): Command {
  return new Command('validate')
    .description('check a pipeline document and say every problem')
    .argument('<file>', 'the pipeline document, YAML or JSON')
    .option('--json', 'answer with one JSON document')
    .addHelpText('after', example('validate examples/own-workspace.yaml'))
    .action(async (file: string, options: { json?: boolean }) =>
      finish(await (await import('./validate-command.ts')).validateCommand(file, options, context)),
    )
}

function check(context: CommandContext, finish: Finish): Command {
  return new Command('check')
    .description('try the source and the destination; say what is missing')
    .argument('<file>', 'the pipeline document, YAML or JSON')
    .addHelpText('after', example('check examples/own-workspace.yaml'))
    .action(async (file: string) =>
      finish(await (await import('./check-command.ts')).checkCommand(file, context)),
    )
}

function connectors(context: CommandContext, finish: Finish): Command {
  const checkFolder = new Command('check')
    .description('say every problem of a manifest folder')
    .argument('<dir>', 'the folder that holds manifest.yaml')
    .addHelpText('after', example('connectors check connectors/intercom'))
    .action(async (dir: string) =>
      finish(await (await import('./connectors-command.ts')).checkConnectorCommand(dir, context)),
    )
  return new Command('connectors')
    .description('list the connectors, or check one')
    .addHelpText('after', example('connectors'))
    .action(async () => finish(await (await import('./connectors-command.ts')).connectorsCommand(context)))
    .addCommand(checkFolder)
}

function sandbox(context: CommandContext, finish: Finish): Command {
  return new Command('sandbox')
    .description('serve an Intercom workspace that never was, for trying things out')
    .option('--port <port>', 'the port on 127.0.0.1; 0 takes any free one', '4010')
    .option('--seed <number>', 'another seed gives other data (default: 1)')
    .option('--size <object=count>', 'how many there are of an object; may be given again', collect, [])
    .option('--latency <ms>', 'how long every answer waits')
    .option(
      '--set <switch=value>',
      'set a switch of the sandbox’s behaviour; may be given again',
      collect,
      [],
    )
    .option('--switches', 'list the switches and what each does')
    .addHelpText('after', example('sandbox --size contacts=500 --set missingScopes="Read tickets"'))
    .action(async (flags: SandboxFlags) =>
      finish(await (await import('./sandbox-command.ts')).sandboxCommand(flags, context)),
    )
}

function demo(context: CommandContext, finish: Finish): Command {
  return new Command('demo')
    .description('run the example against a sandbox workspace, into a DuckDB file')
    .addHelpText('after', example('demo'))
    .action(async () => finish(await (await import('./demo-command.ts')).demoCommand(context)))
}

function newPassword(context: CommandContext, finish: Finish): Command {
  return new Command('new-password')
    .description('give somebody who forgot theirs a new password, and sign them out everywhere')
    .argument('<email>', 'the address they sign in with')
    .addHelpText('after', example('new-password ana@example.com'))
    .action(async (email: string) =>
      finish(await (await import('./new-password-command.ts')).newPasswordCommand(email, context)),
    )
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function example(words: string): string {
  return `\nExample:\n  npm run --silent penstock -- ${words}`
}
