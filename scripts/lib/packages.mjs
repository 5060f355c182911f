import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** The workspace's packages under packages/: short name, folder, package.json. */
export function listPackages() {
  const names = readdirSync(join(root, 'packages')).sort();
  return names
    .map(name => ({ name, folder: join(root, 'packages', name), file: join(root, 'packages', name, 'package.json') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, folder, file }) => ({ name, folder, json: JSON.parse(readFileSync(file, 'utf8')) }));
}

export const publicPackages = () => listPackages().filter(({ json }) => !json.private);
