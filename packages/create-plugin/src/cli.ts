import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import * as prompts from '@clack/prompts';
import { Command, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { createPlugin, defaultFolder } from './create-plugin.js';
import { isKind, KINDS, type Kind } from './kinds.js';
import { nameProblem } from './names.js';

interface Flags {
  readonly kind?: Kind;
  readonly folder?: string;
  readonly author?: string;
  readonly model?: string;
  readonly packages?: string;
}

const program = new Command('create-plugin')
  .description('makes a plugin for Syntrace: a package that builds, passes the rules of the contract, and is ready to publish')
  .version(manifest.version)
  .argument('[name]', 'name of the package, e.g. @me/detector-moire; asked for when it is left out')
  .addOption(
    new Option(
      '--kind <kind>',
      Object.entries(KINDS)
        .map(([kind, about]) => `${kind}: ${about}`)
        .join('; '),
    ).choices(Object.keys(KINDS)),
  )
  .option('--folder <dir>', 'where to; must be new or empty (default: the name without its scope)')
  .option('--author <name>', "for the licence (default: git's user.name)")
  .option('--model <file>', 'the ONNX file of the kind onnx (default: a tiny example)')
  .option('--packages <dir>', 'packed Syntrace packages to take in the place of published ones')
  .addHelpText(
    'after',
    '\nExamples:\n  $ npm create @syntrace/plugin\n  $ npm create @syntrace/plugin @me/detector-moire -- --kind image\n  $ npm create @syntrace/plugin @me/detector-mine -- --kind onnx --model mine.onnx\n',
  )
  .action(run);

async function run(given: string | undefined, flags: Flags): Promise<void> {
  const { name, kind } = await answers(given, flags.kind);
  const folder = flags.folder ?? defaultFolder(name);
  const { model, packages } = flags;
  const written = await createPlugin({ name, kind, folder, author: flags.author ?? gitUser() ?? name, ...(model && { model }), ...(packages && { packages }) });
  console.log(`${folder}: ${written.length} files`);
  for (const file of written) console.log(`  ${file}`);
  console.log(
    `\nNext:\n  cd ${folder}\n  npm install\n  npm test          # builds it and tests it by every rule of the contract${kind === 'onnx' ? `\n\nmodel/model.json says what goes into the model and what comes out: fill it in.` : ''}\n`,
  );
}

/** What the flags leave open is asked for on a terminal. @throws an error where nobody can be asked */
async function answers(name: string | undefined, kind: Kind | undefined): Promise<{ name: string; kind: Kind }> {
  if (name !== undefined && kind !== undefined) return { name, kind };
  if (!process.stdin.isTTY) throw new Error('give a name and --kind; without a terminal nothing can be asked');
  prompts.intro('A plugin for Syntrace');
  const named =
    name ?? answered(await prompts.text({ message: 'Name of the package', placeholder: '@me/detector-moire', validate: text => nameProblem(text ?? '') }));
  const options = Object.entries(KINDS).map(([value, hint]) => ({ value, label: value, hint }));
  const chosen = kind ?? answered(await prompts.select({ message: 'Kind', options }));
  prompts.outro(`${basename(named)}, ${chosen}`);
  if (!isKind(chosen)) throw new Error(`there is no kind ${chosen}`);
  return { name: named, kind: chosen };
}

function answered(value: string | symbol): string {
  if (typeof value === 'string') return value;
  prompts.cancel('Nothing was made.');
  process.exit(130);
}

const gitUser = (): string | undefined => spawnSync('git', ['config', 'user.name'], { encoding: 'utf8' }).stdout?.trim() || undefined;

try {
  await program.parseAsync();
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
