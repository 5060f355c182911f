import { Command, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { baselineCommands } from './baselines/program.js';
import { addDatasetCommands } from './dataset-program.js';
import { ensembleCommands } from './ensemble/program.js';
import { frequencyCommands } from './frequency/program.js';
import { maskSimCommands } from './masksim/program.js';
import { noiseScopeCommands } from './noisescope/program.js';
import { collect, common, examples, integer, number, withPlugins, withWeights } from './program-parts.js';
import { serverCommands } from './server/program.js';

/** The command tree. Implementations load when a command runs, so that help is quick. */
export function buildProgram(): Command {
  const program = new Command('syntrace')
    .description('Tells whether pictures came out of a camera or out of a generative model, and shows why.')
    .version(manifest.version)
    .showHelpAfterError('(add --help for the options)')
    .exitOverride()
    .configureHelp({ minWidthToWrap: 15 })
    .addHelpText(
      'after',
      examples(
        'syntrace detect photo.jpg',
        'syntrace detect pictures/ --report report.html',
        'syntrace train frequency dataset/ --out my-weights',
        'syntrace doctor',
      ),
    );

  withWeights(common(program.command('detect')))
    .description('judge pictures: files, folders, globs, or - for standard input')
    .argument('<path...>', 'files, folders (searched at any depth), globs, - or, with --allow-http, addresses')
    .addOption(new Option('--detector <id>', 'judge with this detector; may be given again').argParser(collect).conflicts('ensemble'))
    .option('--ensemble <file>', 'judge with the ensemble described in a JSON file')
    .option('--look <how>', 'how npr looks at pictures: tiles (default), or as its published code does: resized, whole, genimage')
    .option('--compat', 'decide as the published program of masksim does; needs its --weights')
    .addOption(new Option('--json', 'one JSON document').conflicts(['ndjson', 'csv']))
    .addOption(new Option('--ndjson', 'one JSON object a line, as results come').conflicts(['json', 'csv']))
    .addOption(new Option('--csv', 'comma-separated values').conflicts(['json', 'ndjson']))
    .option('--report <file.html>', 'write a page with pictures, spectra and scores that opens offline')
    .option('--explain <dir>', 'write the evidence of each picture as PNG files')
    .option('--threshold <score>', 'decide at this score instead of the shipped threshold', number)
    .option('--resume <file>', 'keep finished results in this file, and skip what it already holds')
    .option('--allow-http', 'fetch http(s) addresses (never from private networks)')
    .addHelpText(
      'after',
      `${examples(
        'syntrace detect holiday/ --report report.html',
        "syntrace detect 'upload/**/*.jpg' --ndjson > results.ndjson",
        'curl -s https://example.org/a.jpg | syntrace detect -',
        'syntrace detect archive/ --ndjson --resume archive.journal   # goes on',
      )}\nExit code: 0 all judged, 1 some could not be judged, 2 wrong use.`,
    )
    .action(async (paths, options) => (await import('./commands/detect.js')).detectCommand(paths, options));

  program
    .command('inspect')
    .description('tell what is known about files: format, last and earlier encode, declared origin with its proof, watermarks, camera side, warnings')
    .argument('<path...>', 'files, folders (searched at any depth), globs, - or, with --allow-http, addresses')
    .option('--json', 'as JSON: one object for one file, a list for several')
    .option('--html <file.html>', 'write a page that opens offline')
    .option('--prompts', 'show prompts, which are hidden because they are private')
    .option('--no-pixels', 'leave the picture undecoded: nothing on watermarks, earlier encodes and the thumbnail')
    .option('--trust <file>', 'who is trusted to sign Content Credentials: PEM, or a list as the C2PA publishes it; may be given again', collect)
    .option('--network', 'ask public servers for remote Content Credentials and for revocation')
    .option('--allow-http', 'fetch http(s) addresses (never from private networks)')
    .option('--max-bytes <n>', 'refuse larger files', integer)
    .addHelpText(
      'after',
      `${examples('syntrace inspect photo.jpg', 'syntrace inspect downloads/ --html metadata.html', 'syntrace inspect photo.jpg --json --trust c2pa-anchors.pem')}\nExit code: 0 all inspected, 1 some could not be read, 2 wrong use.`,
    )
    .action(async (paths, options) => (await import('./commands/inspect.js')).inspectCommand(paths, options));

  withWeights(common(program.command('train')))
    .description('fit a detector on labelled pictures and write its weights and model card')
    .argument('<detector>', 'id of a trainable detector, e.g. frequency')
    .argument('<dataset...>', 'folders that hold train/ and val/ with …/0_real and …/1_fake (or real and fake)')
    .requiredOption('--out <dir>', 'folder for model.json and the weights')
    .option('--set <name=value>', "the method's own option, e.g. --set l2=0.001; may be given again", collect)
    .option('--resume <file>', 'keep finished pictures, or epochs, in this file, and go on from it')
    .option('--leave-out <generator>', 'train and choose without this generator, to judge it afterwards; may be given again', collect)
    .option('--from <checkpoint>', 'begin with published weights (.pth, .ckpt, .safetensors), e.g. of npr')
    .option('--add <name-and-folder...>', 'masksim: learn one more generator from a folder of its pictures, and keep those of --weights as they are')
    .option('--seed <n>', 'seed of everything drawn', integer, 1)
    .addHelpText(
      'after',
      examples(
        'syntrace train frequency data/ --out my-weights --resume train.checkpoint',
        'syntrace detect pictures/ --weights my-weights',
        'syntrace train frequency bench more --set set-weights=bench=1.5 --out w',
        'syntrace train npr data/ --out npr-weights --resume npr.checkpoint',
        'syntrace train npr ForenSynths --set recipe=published --out published',
        'syntrace train masksim data/ --out masks --resume masks.checkpoint',
        'syntrace train masksim data/ --weights w --out w2 --add newgen newgen/',
      ),
    )
    .action(async (detector, datasets, options) => (await import('./commands/train.js')).trainCommand(detector, datasets, options));

  withWeights(common(program.command('eval')))
    .description('judge a labelled dataset and report metrics with intervals, per generator')
    .argument('<dataset>', 'folder with …/0_real and …/1_fake (or real and fake)')
    .addOption(new Option('--detector <id>', 'detector to judge with; may be given again').argParser(collect).conflicts('ensemble'))
    .option('--ensemble <file>', 'an ensemble described in a JSON file')
    .option(
      '--perturb <spec...>',
      'also judge after perturbations: jpeg:90, blur:1, noise:5, resize:0.5, crop:0.1; strengths with commas, ranges as jpeg:95..50, the usual ones as blur alone; may be given again',
      collect,
    )
    .option('--no-jpeg', 'as stored alone: do not add jpeg:90 on both classes where no JPEG is named')
    .option('--no-audit', 'say nothing of what the set itself gives away')
    .option('--members', "the figures of each of an ensemble's members beside it")
    .option('--layout <name>', 'how the folders are laid out; default: detected')
    .option('--look <how>', 'how npr looks at pictures: tiles (default), or as its published code does: resized, whole, genimage')
    .addOption(new Option('--compat', 'look as the published test of this layout does').conflicts('look'))
    .option('--compare', 'print the published table of this layout beside it, and write it with --out')
    .option('--baseline', 'put a sharpness-only score beside it')
    .option(
      '--out <dir>',
      'write report.html, metrics and scores (JSON, CSV, Parquet), tables for papers (generators.md, table.md), and keep scores for the next time',
    )
    .option(
      '--cache <dir>',
      'keep scores here: what is known for a content, perturbation, detector, version and weights is not computed again (default: scores/ in --out)',
    )
    .option('--no-cache', 'keep no scores')
    .option('--resume <file>', 'keep finished results in this file, and skip what it already holds')
    .option('--json', 'print the metrics as JSON')
    .option('--seed <n>', 'seed of the bootstrap', integer, 1)
    .addHelpText(
      'after',
      examples(
        'syntrace eval data/test --perturb jpeg:90 --out evaluation',
        'syntrace eval data/test --detector frequency --baseline --json',
        'syntrace eval data --perturb jpeg:95..50 blur resize noise crop --out curves',
        'syntrace eval data/test --weights my-weights --resume eval.journal',
        'syntrace eval GenImage --detector npr --weights npr --compat --compare',
      ),
    )
    .action(async (dataset, options) => (await import('./eval/command.js')).evalCommand(dataset, options));

  withWeights(common(program.command('calibrate')))
    .description('fit what the scores of a detector or an ensemble mean: probability, threshold, and where nothing is said')
    .argument('<dataset...>', 'folders with val/ (or no splits), each with …/0_real and …/1_fake; with --unlabelled pictures')
    .addOption(new Option('--detector <id>', 'the detector').argParser(collect).conflicts('ensemble'))
    .option('--ensemble <file>', 'an ensemble described in a JSON file, which is written anew')
    .requiredOption('--out <file.json>', 'the calibration, for --calibration')
    .addOption(
      new Option('--method <how>', 'temperature and shift change the calibration that is there')
        .choices(['platt', 'isotonic', 'temperature', 'shift'])
        .default('platt'),
    )
    .option('--fpr <share>', 'threshold by a wanted share of real photographs called synthetic', number)
    .option('--alpha <share>', 'leave inconclusive what would make more than this share of a class wrong', number)
    .option('--unlabelled', 'with --method shift: pictures of a new kind without labels')
    .option('--share <share>', 'with --unlabelled: which share of them is taken to be synthetic', number, 0.5)
    .option('--perturb <spec...>', 'also after perturbations: jpeg:90, resize:0.5, …')
    .option('--split <name>', 'the split to fit on (default: val where there is one)')
    .option('--layout <name>', 'how the folders are laid out; default: detected')
    .option('--cache <dir>', 'keep scores here, and take those that are there')
    .option('--seed <n>', 'seed of everything drawn', integer, 1)
    .addHelpText(
      'after',
      examples(
        'syntrace calibrate data --detector frequency --alpha 0.1 --out mine.json',
        'syntrace detect pictures/ --detector frequency --calibration mine.json',
        'syntrace calibrate scans/ --detector frequency --method shift --unlabelled --out scans.json',
      ),
    )
    .action(async (datasets, options) => (await import('./calibrate/command.js')).calibrateCommand(datasets, options));

  ensembleCommands(program);
  addDatasetCommands(program);

  common(program.command('doctor'))
    .description('show what works on this machine, what does not, and how to get it')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('syntrace doctor', 'syntrace doctor --plugin ./my-detector.mjs --json'))
    .action(async options => (await import('./commands/doctor.js')).doctorCommand(options));

  const plugins = program.command('plugins').description('list what is registered, and test plugins by the rules of the contract');
  withPlugins(plugins.command('list', { isDefault: true }))
    .description('plugins with their detectors, backends and intermediates')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('syntrace plugins list', 'syntrace plugins list --plugin ./my-detector.mjs'))
    .action(async options => (await import('./commands/plugins.js')).pluginsCommand(options));
  plugins
    .command('verify')
    .description('test a plugin by every rule of the contract, in a process of its own with bounded memory and time')
    .argument('<package|path>', 'the plugin')
    .option('--backend <id>', 'kernels on which its detectors are tested', 'wasm')
    .option('--memory <mb>', 'most memory of its process, in megabytes', integer, 1024)
    .option('--time <seconds>', 'most time for all rules; one rule may take 60 s', integer, 300)
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      `${examples('syntrace plugins verify ./my-detector.mjs', 'syntrace plugins verify @example/my-detector --json')}\nExit code: 0 all rules kept, 1 one is broken, 2 wrong use, or it could not be loaded.`,
    )
    .action(async (plugin, options) => (await import('./verify/verify.js')).verifyCommand(plugin, options));

  const models = program.command('models').description('show and check the models that detectors use');
  withWeights(withPlugins(models.command('list', { isDefault: true })))
    .description('each model with its method, training data, figures and checksum')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('syntrace models list', 'syntrace models list --weights my-weights --json'))
    .action(async options => (await import('./commands/models.js')).modelsCommand(options));
  common(models.command('import'))
    .description('make a model out of a published checkpoint (.pth, .ckpt, .safetensors) or classifier (SavedModel folder); nothing in it is executed')
    .argument('<detector>', 'id of a detector that takes published weights, e.g. npr')
    .argument(
      '<checkpoint>',
      'the file, or its https address with --sha256; for frequency the folder, for masksim also a folder of checkpoints and calibration tables',
    )
    .requiredOption('--out <dir>', 'folder for model.json and model.onnx')
    .option('--sha256 <hex>', 'checksum that the file must have; needed for an address, which is then kept in the cache')
    .option('--licence <words>', 'licence of the weights, for the model card')
    .option('--encoder <file>', 'for univfd: the encoder of pictures, where the checkpoint holds the head alone: CLIP ViT-L/14 (.pth, .safetensors) or ONNX')
    .option('--mean-var <dir>', 'folder with mean.npy and var.npy of a classifier of spectra; without it and them in the folder itself it is one of pixels')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples(
        'syntrace models import npr NPR.pth --out npr-weights',
        'syntrace detect pictures/ --detector npr --weights npr-weights',
        'syntrace models import frequency ridge_dct --mean-var mean_var --out ridge',
        'syntrace models import cnnspot blur_jpg_prob0.5.pth --out cnnspot',
        'syntrace models import univfd fc_weights.pth --encoder clip.pth --out univfd',
        'syntrace models import masksim checkpoints/ --out masksim-weights',
      ),
    )
    .action(async (detector, checkpoint, options) => (await import('./commands/models-import.js')).importCommand(detector, checkpoint, options));
  withPlugins(models.command('verify'))
    .description("check models against their cards' checksums")
    .argument('[dir...]', 'folders with model.json; default: the models of all registered detectors')
    .option('--json', 'as JSON')
    .addHelpText('after', `${examples('syntrace models verify', 'syntrace models verify my-weights')}\nExit code: 0 all fit, 1 one does not, 2 wrong use.`)
    .action(async (folders, options) => (await import('./commands/models.js')).verifyCommand(folders, options));

  noiseScopeCommands(program);
  frequencyCommands(program);
  baselineCommands(program);
  serverCommands(program);
  maskSimCommands(program);

  common(program.command('bench'))
    .description('time the kernels: milliseconds, throughput and GB/s for each backend')
    .argument('[op...]', 'kernels to time; default all')
    .option('--size <n>', 'side of the planes; may be given again', collect)
    .option('--json', 'as JSON')
    .addHelpText('after', examples('syntrace bench', 'syntrace bench dct2 rfft2 --size 256 --backend wasm'))
    .action(async (ops, options) => (await import('./commands/bench.js')).benchCommand(ops, options));

  return program;
}
