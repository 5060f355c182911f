// Judges pictures by an ensemble of ours and of a third party, described in JSON: `node index.mjs picture…`
import { readFile } from 'node:fs/promises';
import detail from '@example/detector-detail';
import { createSyntrace, isFailure, parseEnsemble } from 'syntrace';

const ensemble = parseEnsemble(await readFile(new URL('ensemble.json', import.meta.url), 'utf8'));
const syntrace = createSyntrace({ plugins: [detail] });
for await (const outcome of syntrace.detectAll(process.argv.slice(2), { ensemble })) {
  if (isFailure(outcome)) console.log(`${outcome.uri}: ${outcome.error.code}`);
  else console.log(`${outcome.uri}: ${outcome.verdict}, ${outcome.detectors.map(({ id, score }) => `${id} ${score?.toFixed(2) ?? 'abstains'}`).join(', ')}`);
}
await syntrace.close();
