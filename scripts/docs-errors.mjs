// Writes docs/errors.md from the table of errors in packages/core.
//   node scripts/docs-errors.mjs [--check]      after a build; --check only says whether the page is up to date
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/paths.mjs';
import { isMain, runMain, StepError, say } from './lib/say.mjs';

const page = join(root, 'docs/errors.md');
const built = join(root, 'packages/core/dist/index.js');

/** First words of the codes → heading. Every code belongs to one. */
const GROUPS = [
  ['Pictures', ['IMAGE']],
  ['Plugins and detectors', ['PLUGIN', 'DETECTOR', 'INTERMEDIATE']],
  ['Backends and kernels', ['BACKEND', 'KERNEL']],
  ['Models, ensembles and data', ['ARTIFACT', 'MODEL', 'PROVIDER', 'CHECKPOINT', 'IMPORT', 'ENSEMBLE', 'TRAINING', 'DATASET', 'DATA', 'RESIDUAL', 'REFERENCE']],
  ['Server and workers', ['JUDGE', 'SERVER', 'REQUEST', 'KEY', 'BATCH', 'SOURCE', 'DATABASE', 'EXPORT']],
  ['Commands', ['CONFIG', 'USAGE', 'ABORTED']],
];

const INTRODUCTION = `# Errors

<!-- Written by scripts/docs-errors.mjs from packages/core/src/errors.ts; change it there. -->

Whatever goes wrong, Syntrace raises a \`SyntraceError\` with a stable \`code\`, a message in the user's words, and a \`hint\` that says what to do.
Fields in braces are filled in and kept in \`details\`; \`cause\` is the error behind it, if there is one.

\`\`\`ts
import { SyntraceError } from '@syntrace/core';

try {
  await session.detect('holiday.jpg');
} catch (error) {
  if (SyntraceError.is(error, 'IMAGE_TRUNCATED')) console.log(error.message, error.hint);
}
\`\`\`

In a stream of many images an error is an outcome (\`{ index, uri, error }\`), and the run goes on.
`;

/** The page for a table of errors. */
export function renderErrors(errors) {
  const codes = Object.keys(errors);
  const sections = GROUPS.map(([title, words]) => {
    const own = codes.filter(code => words.includes(code.split('_')[0]));
    return [`## ${title}\n`, ...own.map(code => entry(code, errors[code]))].join('\n');
  });
  const homeless = codes.filter(code => !GROUPS.some(([, words]) => words.includes(code.split('_')[0])));
  if (homeless.length > 0) throw new StepError(`No heading for ${homeless.join(', ')}`, 'Add its first word to GROUPS in scripts/docs-errors.mjs.');
  return [INTRODUCTION, ...sections].join('\n');
}

/** The page as it is now, or nothing. */
export const presentPage = () => (existsSync(page) ? readFileSync(page, 'utf8') : '');

/** A heading each, so that a code can be linked to. */
const entry = (code, [message, hint]) => `### ${code}\n\n> ${escaped(message)}\n\n${escaped(hint)}\n`;
const escaped = text => text.replaceAll('<', '&lt;');

async function main() {
  if (!existsSync(built)) throw new StepError('packages/core is not built', 'Run `npm run build` first.');
  const { ERRORS } = await import(pathToFileURL(built).href);
  const wanted = renderErrors(ERRORS);
  const current = presentPage() === wanted;
  if (process.argv.includes('--check')) {
    if (!current) throw new StepError('docs/errors.md is not what packages/core says', '`node scripts/docs-errors.mjs` writes it.');
    say('docs/errors.md is up to date');
    return;
  }
  writeFileSync(page, wanted);
  say(current ? 'docs/errors.md was up to date' : 'docs/errors.md is written');
}

if (isMain(import.meta.url)) await runMain(main);
