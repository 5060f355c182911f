import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { run, tail } from '../process.mjs';
import { StepError, step } from '../say.mjs';
import { crateName, platformName } from './crates.mjs';

/** Where cargo says that it put the cdylib. */
function libraryIn(stdout, name) {
  for (const line of stdout.split('\n')) {
    if (!line.startsWith('{')) continue;
    const message = JSON.parse(line);
    if (message.reason !== 'compiler-artifact' || message.target.name.replaceAll('-', '_') !== name.replaceAll('-', '_')) continue;
    const library = message.filenames.find(file => /\.(so|dylib|dll)$/.test(file));
    if (library) return library;
  }
  return undefined;
}

/** Builds a Node addon with cargo and puts it where its package's loader looks. */
export async function buildAddon({ crate, into, name, features = [] }, rust) {
  const cargoName = crateName(crate);
  const wanted = features.length ? ['--features', features.join(',')] : [];
  await step(`cargo build --release -p ${[cargoName, ...wanted].join(' ')}`, async () => {
    const args = ['build', '--release', '--locked', '-p', cargoName, ...wanted, '--message-format=json-render-diagnostics'];
    // The addons of one crate would overwrite each other's file, and each be linked anew in every build: cargo then puts a hash into its name.
    const env = { ...rust.env, __CARGO_DEFAULT_LIB_METADATA: 'syntrace', CARGO_TERM_PROGRESS_WHEN: 'never' };
    const { code, stdout, stderr } = await run(rust.cargo, args, { env });
    if (code !== 0)
      throw new StepError(
        `The addon of ${into} does not build\n${tail(stderr, 40)}`,
        'If cargo could not fetch a crate, check the network; a C linker (gcc) is needed too.',
      );
    const library = libraryIn(stdout, cargoName);
    if (!library) throw new StepError(`${crate} built no cdylib`, 'Its Cargo.toml needs `[lib] crate-type = ["cdylib"]`.');
    const target = join(root, into, `${name}.${platformName()}.node`);
    // By way of a rename: a process that has the old addon open keeps it, instead of crashing.
    copyFileSync(library, `${target}.new`);
    renameSync(`${target}.new`, target);
  });
}
