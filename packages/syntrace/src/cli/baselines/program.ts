import { type Command, Option } from 'commander';
import { collect, common, examples, integer, number } from '../program-parts.js';

const METHODS = ['knn', 'prnu', 'eigenfaces'];

/** Options that the published scripts spell with underscores, which are taken too, hidden in the help. */
const UNDERSCORED =
  /^--(n-jobs|datasets-dir|output-dir|classifier-name|n-neighbors|pca-target-variance|(train|real|fake)-img-dir|num-(real|fake)|svm-model-path)$/;

function publishedSpellings(command: Command): Command {
  for (const ours of command.options.filter(({ long }) => UNDERSCORED.test(long ?? ''))) {
    const name = ours.long!.slice(2).replaceAll('-', '_');
    const theirs = new Option(`--${name} <value>`).hideHelp();
    if (ours.parseArg) theirs.argParser(ours.parseArg);
    command.addOption(theirs);
    command.on(`option:${name}`, () => command.setOptionValue(ours.attributeName(), command.getOptionValue(name)));
  }
  return command;
}

/** `--n-neighbors 1,3,5` */
const numbers = (text: string): readonly number[] => text.split(',').map(number);

/** What the common script of the published baselines takes. */
const published = (command: Command): Command =>
  common(command)
    .option('--datasets <name>', 'folder with train/, val/ and test/; may be given again', collect)
    .option('--datasets-dir <dir>', 'where the datasets lie', '.')
    .option('--output-dir <dir>', 'where results and classifiers are written', 'baselines')
    .option('--n-jobs <n>', 'the same as --concurrency', integer);

/** What of a picture the methods are shown. */
const looking = (command: Command): Command =>
  command
    .addOption(new Option('--on <what>', 'log DCT spectra or pixels; prnu takes samples').choices(['dct', 'pixels']))
    .option('--size <n>', 'side of the window in the middle of a picture (default: 128)', integer)
    .option('--grey', 'one channel instead of three')
    .addOption(new Option('--classes <which>', 'two, or real and each generator').choices(['two', 'generators']))
    .option('--seed <n>', 'of the folds', integer, 1);

/** Numbers of the methods by their published names; several where a grid is searched. */
const numbered = (command: Command, several: boolean): Command => {
  const option = (flags: string, words: string): Command =>
    several ? command.option(flags, `${words}, with commas; default: the published grid`, numbers) : command.option(flags, words, number);
  option('--n-neighbors <k>', 'knn: neighbours');
  option('--levels <n>', 'prnu: wavelet levels');
  option('--sigma <s>', 'prnu: deviation of the noise');
  option('--pca-target-variance <v>', 'eigenfaces: share of the variance');
  return option('--C <c>', 'eigenfaces: cost of the machine');
};

/** `syntrace baselines`: the published baselines by the flags of their scripts. */
export function baselineCommands(program: Command): void {
  const group = program.command('baselines').description('train, test and search the grids of the published baselines: kNN, PRNU, Eigenfaces, CSD-SVM');
  const method = (name: string) => looking(published(group.command(name))).argument('<method>', METHODS.join(', '));

  numbered(method('grid'), true)
    .description('accuracy at every point of a grid, fitted on train/ and judged by val/; finished points are skipped when it is run again')
    .option('--folds <n>', 'instead: cross-validation over train/ and val/ together', integer, 0)
    .option('--json', 'print the accuracies as JSON')
    .addHelpText(
      'after',
      examples(
        'syntrace baselines grid knn --datasets bench --output-dir out',
        'syntrace baselines grid prnu --datasets bench --levels 2,3 --sigma 0.5,0.8',
        'syntrace baselines grid eigenfaces --datasets a --datasets b --folds 5',
      ),
    )
    .action(async (id, options) => (await import('./grid.js')).gridCommand(id, options));

  numbered(method('train'), false)
    .description('fit on train/, keep the classifier under its published name, and tell its accuracy on test/')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples('syntrace baselines train knn --datasets bench --n-neighbors 33', 'syntrace baselines train eigenfaces --datasets bench --C 0.01'),
    )
    .action(async (id, options) => (await import('./train.js')).trainCommand(id, options));

  published(group.command('test'))
    .description('accuracy of a kept classifier on test/ of one dataset')
    .requiredOption('--classifier-name <name>', 'its folder in the output folder')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('syntrace baselines test --classifier-name mine --datasets bench'))
    .action(async options => (await import('./test.js')).testCommand(options));

  common(group.command('csd-svm'))
    .description('CSD-SVM by the flags of its script: train on real pictures, tell precision, recall and F1 (synthetic is positive)')
    .requiredOption('--train-img-dir <dir>', 'real pictures to learn from')
    .requiredOption('--real-img-dir <dir>', 'other real pictures, to test with')
    .requiredOption('--fake-img-dir <dir>', 'generated pictures, to test with')
    .option('--num-real <n>', 'so many real ones, drawn with the seed', integer, 500)
    .option('--num-fake <n>', 'so many generated ones', integer, 500)
    .requiredOption('--svm-model-path <dir>', 'folder of the model: written, or taken when it is there')
    .option('--published', 'as the script does it: learn from the real pictures of the test, and count real as positive')
    .option('--seed <n>', 'seed of the drawn pictures', integer, 1)
    .option('--json', 'as JSON')
    .addHelpText('after', examples('syntrace baselines csd-svm --train-img-dir a --real-img-dir b \\\n      --fake-img-dir c --svm-model-path csd'))
    .action(async options => (await import('./csd-svm.js')).csdSvmCommand(options));
  group.commands.forEach(publishedSpellings);
}
