import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './paths.mjs';

/** The workspace's packages under packages/ and apps/: short name, folder, package.json. */
export function listPackages() {
  const folders = ['packages', 'apps'].flatMap(place =>
    readdirSync(join(root, place))
      .sort()
      .map(name => join(root, place, name)),
  );
  return folders
    .map(folder => ({ name: basename(folder), folder, file: join(folder, 'package.json') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, folder, file }) => ({ name, folder, json: JSON.parse(readFileSync(file, 'utf8')) }));
}

export const publicPackages = () => listPackages().filter(({ json }) => !json.private);
