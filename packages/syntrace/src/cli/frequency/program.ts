import { type Command, Option } from 'commander';
import { collect, common, examples, integer, number } from '../program-parts.js';

/** `syntrace frequency`: classifiers of whole windows, trained here or published. */
export function frequencyCommands(program: Command): void {
  const group = program
    .command('frequency')
    .description('test and look into classifiers of spectra and pixels, trained (train frequency) or imported (models import frequency)');
  const classifying = (command: Command) =>
    common(command)
      .requiredOption('--weights <dir>', 'the classifier: a folder with model.json')
      .option('--mean-var <dir>', 'folder with mean.npy and var.npy that take the place of its own')
      .option('--batch <n>', 'windows that go through the network at once', integer, 8);

  classifying(group.command('test'))
    .description('accuracy and confusion matrix on a labelled dataset')
    .argument('<dataset>', 'folder with …/0_real and …/1_fake (or real and fake), or a manifest; generators are classes where the classifier knows them')
    .option('--layout <name>', 'how the folders are laid out; default: detected')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('syntrace frequency test data/test --weights which-generator', 'syntrace frequency test data/test --weights log2 --json'))
    .action(async (dataset, options) => (await import('./test.js')).testCommand(dataset, options));

  classifying(group.command('classify'))
    .description('classify the pictures of a folder: count and share of each class')
    .argument('<folder>', 'pictures, at any depth')
    .option('--amount <n>', 'the first so many pictures', integer)
    .addOption(new Option('--json', 'one JSON document, with the class of each picture').conflicts('ndjson'))
    .addOption(new Option('--ndjson', 'the class of each picture, one JSON object a line').conflicts('json'))
    .addHelpText(
      'after',
      examples('syntrace frequency classify pictures/ --weights ridge-dct --amount 1000', 'syntrace frequency classify pictures/ --weights ridge-dct --ndjson'),
    )
    .action(async (folder, options) => (await import('./classify.js')).classifyCommand(folder, options));

  common(group.command('weights'))
    .description('the mean absolute weight of a linear classifier over the channels, as a map over frequency')
    .requiredOption('--weights <dir>', 'the classifier: a folder with model.json')
    .requiredOption('--out <dir>', 'folder for arrays and figures')
    .option('--limit <w>', 'end of the colour scale (published: 0.04); default: the largest', number)
    .addOption(new Option('--map <map>', 'colours of the maps').choices(['inferno', 'viridis', 'coolwarm']).default('inferno'))
    .option('--figures <kind>', 'png, svg or pdf; may be given again (default: png)', collect)
    .addHelpText(
      'after',
      examples('syntrace frequency weights --weights log2 --out weights', 'syntrace frequency weights --weights log2 --limit 0.04 --figures pdf --out w'),
    )
    .action(async options => (await import('./weights.js')).weightsCommand(options));
}
