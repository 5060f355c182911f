// Figures of the MaskSim detector, one command each:
//   npm run bench -- masksim auc SET…           AUC of each generator after JPEG, beside the class mean, a shuffled mask, sharpness and file size (MEANS: --means DIR)
//   npm run bench -- masksim denoisers          masks on the package's denoiser, on wavelets and on the published denoiser: AUC and multiply-adds
//   npm run bench -- masksim time               a picture in Node and in Chromium against a PyTorch script
//   npm run bench -- masksim masks OUT          pictures of the shipped masks and references
// ../shared or SYNTRACE_SHARED holds data/ and golden/.
import { auc } from './auc.mjs';
import { denoisers } from './denoisers.mjs';
import { masks } from './masks.mjs';
import { time } from './time.mjs';

const COMMANDS = { auc, denoisers, time, masks };
const [, , name, ...args] = process.argv;
const command = COMMANDS[name];
if (!command) throw new Error(`commands: ${Object.keys(COMMANDS).join(', ')}`);
await command(args);
