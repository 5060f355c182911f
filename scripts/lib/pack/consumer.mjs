// The files of an empty project that uses Syntrace the way a reader of its README would.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { noisyPng } from '../png.mjs';

const pictureFile = 'picture.png';
/** A picture that carries Content Credentials, so that their reader must be found. */
const signedFile = 'signed.jpg';

const fiveLines = `import { detect } from 'syntrace';

const result = await detect('${pictureFile}');
console.log(JSON.stringify({ verdict: result.verdict, score: result.score, probability: result.probability }));
`;

const inspecting = `import { createInspector } from 'syntrace';

const inspector = createInspector();
const { inspection, pictures } = await inspector.illustrate('${signedFile}');
await inspector.close();
console.log(JSON.stringify({ status: inspection.provenance.credential?.status, preview: pictures?.preview.width }));
`;

const typed = `import { createSyntrace, detect } from 'syntrace';

const one = await detect('${pictureFile}');
const verdict: 'real' | 'synthetic' | 'inconclusive' = one.verdict;
const score: number | null = one.score;
// @ts-expect-error a verdict is none of these
const wrong: 'photo' = one.verdict;
const syntrace = await createSyntrace();
export { score, syntrace, verdict, wrong };
`;

const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><title>consumer</title><link rel="icon" href="data:," /></head>
<body><script type="module" src="/main.js"></script></body></html>
`;

const inBrowser = `import { createInspector, detect } from 'syntrace';

const blobOf = async path => (await fetch(path)).blob();
globalThis.judge = async () => {
  const { verdict, score, probability } = await detect(await blobOf('/${pictureFile}'));
  return { verdict, score, probability };
};
globalThis.inspect = async () => {
  const inspector = createInspector();
  const { inspection, pictures } = await inspector.illustrate(await blobOf('/${signedFile}'));
  await inspector.close();
  return { status: inspection.provenance.credential?.status, preview: pictures?.preview.width };
};
document.title = 'ready';
`;

// Without skipLibCheck: the types of the packages are checked too.
const tsconfig = {
  compilerOptions: {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    types: ['node'],
  },
  files: ['typed.ts'],
};

export function writeConsumer(folder, { typeRoots }) {
  mkdirSync(join(folder, 'public'), { recursive: true });
  const png = noisyPng(320, 288, 7);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  writeFileSync(join(folder, pictureFile), png);
  writeFileSync(join(folder, 'public', pictureFile), png);
  for (const at of [folder, join(folder, 'public')])
    copyFileSync(join(root, 'packages', 'detector-provenance', 'test', 'fixtures', signedFile), join(at, signedFile));
  writeFileSync(join(folder, 'five-lines.js'), fiveLines);
  writeFileSync(join(folder, 'inspecting.js'), inspecting);
  writeFileSync(join(folder, 'typed.ts'), typed);
  writeFileSync(join(folder, 'index.html'), html);
  writeFileSync(join(folder, 'main.js'), inBrowser);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...tsconfig, compilerOptions: { ...tsconfig.compilerOptions, typeRoots: [typeRoots] } }));
}

export { pictureFile };
