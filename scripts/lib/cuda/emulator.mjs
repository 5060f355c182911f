// A stand-in for the driver that runs the CUDA kernels on the processor (crates/kernels-cuda/emulator): tests their mathematics and their
// bounds where there is no card.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, tools } from '../paths.mjs';
import { findAll, run, tail } from '../process.mjs';
import { StepError } from '../say.mjs';

const crate = join(root, 'crates/kernels-cuda');

/** Why it cannot be built here, or undefined. */
export function noEmulator(env) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'the emulator of cards is for Linux on x86-64';
  return findAll('g++', env).length > 0 ? undefined : 'no g++: the CUDA kernels are not run on the emulator';
}

const flags = ['-std=c++20', '-O2', '-fPIC', '-ffp-contract=off', '-fvisibility=hidden', '-DSYNTRACE_EMULATOR', '-Wno-unknown-pragmas'];

/** Builds `libcuda.so` in a folder of its own and gives that folder. */
export async function buildEmulator() {
  const folder = join(tools, 'cuda-emulator');
  mkdirSync(folder, { recursive: true });
  const include = ['emulator', 'kernels'].map(name => `-I${join(crate, name)}`);
  const sources = readdirSync(join(crate, 'kernels'))
    .filter(name => name.endsWith('.cu'))
    .map(name => {
      const file = join(crate, 'kernels', name);
      const names = [...readFileSync(file, 'utf8').matchAll(/^(?:KERNEL|WIDE_KERNEL\(\d+\)) (\w+)/gm)].map(([, kernel]) => `REGISTER(${kernel});`);
      const unit = join(folder, `${name}.cpp`);
      writeFileSync(unit, `#include "${file}"\n${names.join('\n')}\n`);
      return unit;
    });
  const library = join(folder, 'libcuda.so.1');
  const args = [...flags, ...include, ...sources, join(crate, 'emulator/driver.cpp'), '-shared', '-Wl,-z,defs', '-o', library, '-lpthread'];
  const { code, output } = await run('g++', args);
  if (code !== 0) throw new StepError(`the emulator of cards does not build\n${tail(output, 30)}`);
  try {
    symlinkSync('libcuda.so.1', join(folder, 'libcuda.so'));
  } catch {
    // It stands from the last time.
  }
  return folder;
}
