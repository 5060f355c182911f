// Judges pictures on a backend of one's own: `node index.mjs picture…`
import { createSyntrace } from 'syntrace';
import counting, { calls } from './counting-backend.mjs';

const syntrace = createSyntrace({ plugins: [counting], backend: 'counting' });
for (const picture of process.argv.slice(2)) console.log(`${picture}: ${(await syntrace.detect(picture)).verdict}`);
await syntrace.close();
for (const [name, count] of [...calls].sort((a, b) => b[1] - a[1]).slice(0, 5)) console.log(`${name}: ${count} calls`);
