// Which crate becomes which file of which package.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';

/** Node addons: the cdylib of `crate`, with `features`, is copied into `into` as `<name>.<platform>.node`. `systems` limits where. */
const addons = [
  { crate: 'crates/kernels-node', into: 'packages/kernels-native', name: 'syntrace-kernels' },
  // CUDA's driver is looked for at run time: this one builds on every machine of the systems that have one.
  { crate: 'crates/kernels-node', into: 'packages/kernels-native', name: 'syntrace-kernels-cuda', features: ['cuda'], systems: ['linux', 'win32'] },
  { crate: 'crates/learn-node', into: 'packages/training', name: 'syntrace-learn' },
];

/** WASM modules, built by wasm-pack into `<into>/pkg-rebuilt`; the committed build is `<into>/pkg`. */
const wasmModules = [
  { crate: 'crates/kernels-wasm', into: 'packages/kernels-wasm' },
  { crate: 'crates/learn-wasm', into: 'packages/training' },
  { crate: 'crates/tiff-wasm', into: 'packages/image-io' },
];

const exists = ({ crate }) => existsSync(join(root, crate, 'Cargo.toml'));
export const presentAddons = () => addons.filter(addon => exists(addon) && (addon.systems ?? [process.platform]).includes(process.platform));
export const presentWasmModules = () => wasmModules.filter(exists);

export function crateName(crate) {
  return /^\s*name\s*=\s*"([^"]+)"/m.exec(readFileSync(join(root, crate, 'Cargo.toml'), 'utf8'))[1];
}

/** The platform part of an addon's file name, as napi-rs names it: linux-x64-gnu, darwin-arm64, win32-x64-msvc. */
export function platformName() {
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  const libc = { linux: musl ? '-musl' : '-gnu', win32: '-msvc' }[process.platform] ?? '';
  return `${process.platform}-${process.arch}${libc}`;
}
