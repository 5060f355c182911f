// The rules for packages, as code: package.json, dependency directions, no Node in browser code, checksummed WASM, public API.
//   node scripts/check-packages.mjs [--update]      after a build; --update rewrites every api.txt
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Checks, expect } from './lib/checks.mjs';
import { dependencyProblems, findCycle } from './lib/package-rules/dependency-rules.mjs';
import { isomorphicProblems } from './lib/package-rules/isomorphic-rules.mjs';
import { manifestProblems } from './lib/package-rules/manifest-rules.mjs';
import { describeApi } from './lib/package-rules/public-api.mjs';
import { listPackages, publicPackages } from './lib/packages.mjs';
import { root } from './lib/paths.mjs';
import { checksums } from './lib/rust/build-wasm.mjs';

const update = process.argv.includes('--update');
const checks = new Checks();
const none = problems => expect(problems.length === 0, problems.map(problem => problem.replaceAll(`${root}/`, '')).join('\n'));

function checkApi(pack) {
  const file = join(pack.folder, 'api.txt');
  const now = describeApi(pack);
  if (update) writeFileSync(file, now);
  expect(existsSync(file), `${relative(root, file)} is missing: an export is a promise. \`node scripts/check-packages.mjs --update\` writes it.`);
  const before = new Set(readFileSync(file, 'utf8').split('\n'));
  const after = new Set(now.split('\n'));
  const changes = [
    ...[...before].filter(line => !after.has(line)).map(line => `gone: ${line}`),
    ...[...after].filter(line => !before.has(line)).map(line => `new: ${line}`),
  ];
  expect(changes.length === 0, `${changes.join('\n')}\nIf that is meant: \`node scripts/check-packages.mjs --update\`, and a changeset.`);
}

function checkWasm(folder) {
  const pkg = join(folder, 'pkg');
  const file = join(pkg, 'checksums.json');
  expect(existsSync(file), `${relative(root, file)} is missing: \`npm run build -- --update-wasm\` writes it.`);
  expect(!existsSync(join(pkg, '.gitignore')), 'pkg/.gitignore would keep the WASM out of the package');
  expect(JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))) === JSON.stringify(checksums(pkg)), 'a file is not the one that checksums.json names');
}

for (const pack of publicPackages()) {
  await checks.check(`${pack.name}: package.json`, () => none(manifestProblems(pack)));
  await checks.check(`${pack.name}: dependency directions`, () => none(dependencyProblems(pack)));
  await checks.check(`${pack.name}: browser code without Node`, () => none(isomorphicProblems(pack)));
  await checks.check(`${pack.name}: public API`, () => checkApi(pack));
  if (existsSync(join(pack.folder, 'pkg')) || pack.name === 'kernels-wasm') await checks.check(`${pack.name}: committed WASM`, () => checkWasm(pack.folder));
}
await checks.check('no cycle among the packages', () => {
  const cycle = findCycle(listPackages());
  expect(!cycle, cycle?.join(' -> '));
});
process.exitCode = checks.finish();
