import { type Command, Option } from 'commander';
import { collect, common, examples, integer, withWeights } from '../program-parts.js';

/** `syntrace masksim`: the published evaluation of masks, trained here (train masksim) or imported (models import masksim). */
export function maskSimCommands(program: Command): void {
  const group = program.command('masksim').description('evaluate masks of spectra, trained (train masksim) or imported (models import masksim)');
  withWeights(common(group.command('test')))
    .description('every model on every picture: one-class, specific, generic and generalised views, and what pictures resemble')
    .argument('<dataset>', 'folder with …/0_real and …/1_fake (or real and fake), or a manifest')
    .option('--layout <name>', 'how the folders are laid out; default: detected')
    .option('--quality <q>', 'also after JPEG of this quality; may be given again', collect)
    .option('--out <file.json>', 'write every probability and all figures')
    .option('--json', 'print the figures as JSON')
    .addHelpText(
      'after',
      examples('syntrace masksim test data/test --quality 90 --quality 70', 'syntrace masksim test synthbuster --weights w --out figures.json'),
    )
    .action(async (dataset, options) => (await import('./test.js')).testCommand(dataset, options));

  common(group.command('prepare'))
    .description('cut the middle out of every picture of a folder and compress it once, as the published preparation does')
    .argument('<folder>', 'pictures, at any depth')
    .requiredOption('--out <dir>', 'folder; the pictures go into JPEG_Qrandom/ and the like')
    .option('--window <n>', 'side of the part', integer, 512)
    .option('--quality <q>', 'random (65…100, drawn for each picture) or a number', 'random')
    .addOption(new Option('--compression <kind>', 'what it is encoded as').choices(['jpeg', 'webp']).default('jpeg'))
    .option('--seed <n>', 'seed of the qualities', integer, 1)
    .addHelpText('after', examples('syntrace masksim prepare synthbuster/firefly --out processed/firefly'))
    .action(async (folder, options) => (await import('./prepare.js')).prepareCommand(folder, options));
}
