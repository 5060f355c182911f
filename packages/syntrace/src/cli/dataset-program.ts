import { type Command, Option } from 'commander';
import { collect, common, examples, integer, number } from './program-parts.js';

/** `syntrace dataset …` and `syntrace stats`. */
export function addDatasetCommands(program: Command): void {
  const dataset = program.command('dataset').description('look at datasets, cut, split, perturb, simulate and prepare them');
  const running = (command: Command) => common(command).option('--resume', 'go on with an interrupted run in the same folder');
  const layout = (command: Command) => command.option('--layout <name>', 'how the folders are laid out (list: dataset layouts); default: detected');

  dataset
    .command('layouts')
    .description('the folder layouts that are known')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('syntrace dataset layouts'))
    .action(async options => (await import('./commands/dataset/layouts.js')).layoutsCommand(options));

  layout(common(dataset.command('check')))
    .description('show layout, groups and splits, and find repeated and broken pictures')
    .argument('<dataset>', 'a folder with both classes, or a manifest (.csv, .parquet)')
    .option('--decode', 'also decode every picture')
    .option('--no-hash', 'do not look for files with the same bytes')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `${examples('syntrace dataset check GenImage/', 'syntrace dataset check pictures.parquet --decode --json')}\nExit code: 0 sound, 1 pictures leak, contradict or are broken, 2 wrong use.`,
    )
    .action(async (path, options) => (await import('./commands/dataset/check.js')).checkCommand(path, options));

  running(dataset.command('crop'))
    .description('cut the same part out of every picture of a folder, into PNG')
    .argument('<folder>', 'pictures, at any depth')
    .requiredOption('--out <dir>', 'folder for the pictures and files.csv')
    .option('--crop <what>', 'celeba, lsun (both 128×128), centre:WIDTHxHEIGHT or window:X,Y,WIDTHxHEIGHT', 'centre:256x256')
    .option('--compat', 'lsun: the strip that the published script cuts, not the middle square')
    .option('--amount <n>', 'the first so many pictures', integer)
    .addHelpText(
      'after',
      examples(
        'syntrace dataset crop img_align_celeba/ --crop celeba --out celeba-128',
        'syntrace dataset crop photos/ --crop centre:256x256 --out photos-256',
      ),
    )
    .action(async (folder, options) => (await import('./commands/dataset/crop.js')).cropCommand(folder, options));

  layout(running(dataset.command('split')))
    .description('deal a dataset out to train, val and test, each group and class alike')
    .argument('<dataset>', 'a folder with both classes, or a manifest')
    .requiredOption('--out <dir|file>', 'folder for <split>/<group>/0_real|1_fake, or a .csv or .parquet for the table alone')
    .option('--train <n>', 'fraction, or pictures of each group and class', number, 0.8)
    .option('--val <n>', 'the same', number, 0.1)
    .option('--test <n>', 'the same', number, 0.1)
    .addOption(new Option('--how <how>', 'copy the files or make hard links').choices(['copy', 'link']).default('copy'))
    .option('--seed <n>', 'seed of the deal', integer, 1)
    .addHelpText('after', examples('syntrace dataset split data/ --out data-split --how link', 'syntrace dataset split data/ --out split.parquet --seed 7'))
    .action(async (path, options) => (await import('./commands/dataset/split.js')).splitCommand(path, options));

  layout(running(dataset.command('prepare')))
    .description('make training arrays: features, labels, splits, normalisation')
    .argument('<dataset>', 'a folder with a folder for each class; with --labels layout any dataset or manifest')
    .requiredOption('--out <dir>', 'folder for the arrays, files.csv and prepared.json')
    .option('--raw', 'levels of the pixels instead of DCT coefficients')
    .option('--no-log', 'coefficients themselves, not the logarithms of their sizes')
    .option('--grey', 'one channel (Pillow’s L) instead of three')
    .option('--normalize', 'by mean and deviation over the training pictures; raw: to −1…1')
    .option('--size <n>', 'take the middle window of this side', integer)
    .addOption(new Option('--format <format>', 'how arrays are kept').choices(['npy', 'safetensors', 'tfrecord', 'published']).default('npy'))
    .addOption(new Option('--precision <precision>', 'of computing and keeping; default: f64 for published, else f32').choices(['f32', 'f64']))
    .addOption(
      new Option('--labels <how>', 'the order of the folders, or real 0 and synthetic 1 by the layout').choices(['folders', 'layout']).default('folders'),
    )
    .option('--classes <names>', 'these folders in this order, with commas')
    .option('--train <n>', 'pictures of each class, or a fraction (published: 100000)', number)
    .option('--val <n>', 'the same (published: 20000)', number)
    .option('--test <n>', 'the same (published: 30000)', number)
    .option('--dedupe', 'leave out all but the first of files with the same bytes')
    .option('--compat', 'list files as the published code does: not recursively, only the first of .jpeg, .jpg, .png')
    .option('--seed <n>', 'seed of the order', integer, 1)
    .addHelpText(
      'after',
      examples(
        'syntrace dataset prepare lsun/ --normalize --train 0.8 --val 0.1 --test 0.1 --out lsun-dct',
        'syntrace dataset prepare data/ --labels layout --grey --format tfrecord --out records',
        'syntrace dataset prepare lsun/ --format published --normalize --out published',
      ),
    )
    .action(async (path, options) => (await import('./commands/dataset/prepare.js')).prepareCommand(path, options));

  running(dataset.command('perturb'))
    .description('perturb the pictures of folders with the published ranges, into PNG')
    .argument('<folder...>', 'pictures, at any depth')
    .requiredOption('--out <dir>', 'folder for the pictures and files.csv, which tells what was drawn')
    .addOption(new Option('--mode <mode>', 'what is done').choices(['noise', 'blur', 'crop', 'jpeg', 'combined', 'all']).default('combined'))
    .option('--probability <p>', 'share of the pictures that are changed', number, 0.5)
    .option('--compat', 'as the published script does it where that is not what it says')
    .option('--amount <n>', 'the first so many pictures', integer)
    .option('--seed <n>', 'seed of everything drawn', integer, 1)
    .addHelpText(
      'after',
      examples('syntrace dataset perturb test/1_fake --mode blur --out blurred', 'syntrace dataset perturb test/ --mode all --seed 7 --out perturbed'),
    )
    .action(async (folders, options) => (await import('./commands/dataset/perturb.js')).perturbCommand(folders, options));

  running(dataset.command('simulate'))
    .description('make training pairs out of photographs alone: a part of each, and the same part as the output of a decoder with drawn weights')
    .argument('<folder>', 'photographs, at any depth')
    .requiredOption('--out <dir>', 'folder for 0_real, 1_fake and their files.csv')
    .option('--operators <names>', 'how the decoders double, with commas: nearest, bilinear, transposed, shuffle', 'nearest,bilinear,transposed,shuffle')
    .option('--amount <n>', 'the first so many pictures', integer)
    .option('--seed <n>', 'seed of everything drawn', integer, 1)
    .addHelpText('after', examples('syntrace dataset simulate photos/ --out sim/train', 'syntrace dataset simulate photos/ --operators shuffle --out sim'))
    .action(async (folder, options) => (await import('./commands/dataset/simulate.js')).simulateCommand(folder, options));

  running(program.command('stats'))
    .description('mean spectra of sets of pictures: maps, profiles and arrays')
    .argument('<dir[,label]...>', 'folders of pictures with their names; the first is the reference')
    .requiredOption('--out <dir>', 'folder for figures, arrays and index.html')
    .option('--amount <n>', 'the first so many pictures of each; 0: all', integer, 0)
    .option('--colour', 'R, G and B apart instead of grey')
    .option('--size <n>', 'take the middle window of this side', integer)
    .addOption(new Option('--precision <precision>', 'of the transforms').choices(['f32', 'f64']).default('f32'))
    .addOption(new Option('--map <map>', 'colours of the maps').choices(['inferno', 'viridis', 'coolwarm']).default('inferno'))
    .option('--figures <kind>', 'png, svg or pdf; may be given again (default: png)', collect)
    .option('--compat', 'list files as the published code does: not recursively, only the first of .jpeg, .jpg, .png')
    .option('--json', 'print the profiles as JSON')
    .addHelpText(
      'after',
      examples(
        'syntrace stats real/,FFHQ fake/,StyleGAN --amount 10000 --out spectra',
        'syntrace stats real fake --colour --figures pdf --figures svg --out figures',
      ),
    )
    .action(async (sets, options) => (await import('./commands/stats.js')).statsCommand(sets, options));
}
