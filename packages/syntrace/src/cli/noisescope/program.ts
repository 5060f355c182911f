import { type Command, Option } from 'commander';
import { common, examples, integer, number } from '../program-parts.js';
import { publishedSpellings } from './published-spellings.js';

/** `syntrace noisescope`: generators in an unlabelled pile of pictures. */
export function noiseScopeCommands(program: Command): void {
  const group = program.command('noisescope').description('find the generators in an unlabelled pile of pictures, by their noise residuals');

  const prepare = residuals(common(group.command('prepare')))
    .description('calibrate on photographs that are known to be real, and take the residuals of pictures in advance')
    .option('--reference <dir>', 'photographs of the size and kind of the piles, at least 101, better 800')
    .option('--reference-residuals <dir>', 'their residuals (.mat with Noise, or .npy): read where there are some, else taken from --reference and written')
    .requiredOption('--out <dir>', 'folder for the prepared reference')
    .option('--groups <n>', 'reference groups that calibrate the merge threshold', integer, 40)
    .option('--group-size <n>', 'photographs in each', integer, 20)
    .option('--percentile <p>', 'of reference PCE and of reference scores', number, 99.5)
    .option('--shuffles <n>', 'rounds of shuffling for the outlier model (default: 5, and more until it has 100 vectors)', integer)
    .option('--neighbours <n>', 'neighbours of the outlier model at most', integer, 30)
    .option('--standardise', 'scale texture features (not published)')
    .option('--outlier-model <file>', 'refused: the published model is a pickle, which is never executed')
    .option('--compat', 'exactly the published procedure, without guards')
    .option('--json', 'print the calibration as JSON')
    .option('--seed <n>', 'seed of everything drawn', integer, 1);
  publishedSpellings(prepare, ['real', 'fake', 'refer', 'img_dim', 'fingerprint_classifier_path'])
    .addHelpText(
      'after',
      examples('syntrace noisescope prepare --reference photographs/ --out prep', 'syntrace noisescope prepare --reference-residuals residuals/ --out prep'),
    )
    .action(async options => (await import('./prepare.js')).prepareCommand(options));

  const cluster = outputs(residuals(common(group.command('cluster'))))
    .description('cluster a pile, find the clusters that photographs would not make, and judge every picture')
    .argument('[path...]', 'pictures: files, folders, globs; folders named 0_real and 1_fake (or real and fake) give metrics too')
    .option('--prepared <dir>', 'what prepare made; without it pictures are clustered and not judged')
    .option('--out <dir>', 'write merge log, clusters, decisions and fingerprints')
    .option('--explain <dir>', 'write the correlation peak of each picture that matches a found fingerprint as PNG')
    .option('--report <file>', 'write one HTML page: fingerprints, their clusters’ pictures, and every picture with its verdict')
    .option('--block-size <n>', 'cluster blocks of so many pictures by themselves first: not exact, for piles of more than about 10,000', integer)
    .option('--resume <file>', 'keep finished blocks here, and go on with them (with --block-size)')
    .option(
      '--database <address>',
      'have the comparisons done by the workers of a service on this PostgreSQL; go on there after an interruption (needs @syntrace/server)',
    )
    .option('--store <place>', 'where spectra lie for the workers: a folder that all machines share, or s3://bucket/prefix (default: in --data)')
    .option('--data <dir>', 'folder of the store (default: syntrace-data)')
    .option('--s3-endpoint <address>', 'of an S3-compatible service')
    .option('--s3-region <name>', 'its region')
    .option('--pce-tables', 'with --out, write the PCE table of each round (default: for up to 1,000 pictures)')
    .option('--no-pce-tables', 'write none')
    .option('--merge-threshold <pce>', 'merge above this PCE instead of the prepared T_merge', number)
    .option('--preset <set>', 'merge threshold published for a set, e.g. biggan-doghv')
    .option('--num-real <n>', 'draw this many of --real', integer, 500)
    .option('--num-fake <n>', 'draw this many of --fake', integer, 500)
    .option('--early-stop <n>', 'look for generators once a cluster has more pictures than this', integer, 150)
    .option('--minimum-cluster <n>', 'judge clusters with more pictures than this; small ones err more often', integer, 50)
    .option('--sample <n>', 'pictures drawn for the fingerprint that is classified (default: 50, or the least cluster)', integer)
    .option('--compat', 'exactly the published procedure, without guards and without the search for periodic traces')
    .option('--seed <n>', 'seed of everything drawn', integer, 1);
  publishedSpellings(cluster, ['real_res_dir', 'fake_res_dir', 'num', 'img_dim', 'outlier_model_path', 'result_dir', 'pce_thre'])
    .addHelpText(
      'after',
      `${examples('syntrace noisescope cluster pile/ --prepared prep --out found', 'syntrace noisescope cluster pile/ --prepared prep --ndjson > verdicts')}\nExit code: 0 all judged, 1 some could not be judged, 2 wrong use.`,
    )
    .action(async (paths, options) => (await import('./cluster.js')).clusterCommand(paths, options));

  common(group.command('fingerprint'))
    .description('save the fingerprint of pictures of one generator, with pictures of it and its spectrum')
    .argument('<path...>', 'pictures of one generator')
    .requiredOption('--out <file>', 'file for the fingerprint: .safetensors or .npy; pictures are written beside it')
    .option('--prepared <dir>', 'what prepare made: gives the threshold for match')
    .option('--most <n>', 'average at most this many; the published picture takes the first 150', integer)
    .option('--cache <dir>', 'keep residuals here between runs')
    .option('--memory <MiB>', 'residuals that stay in memory; the others are read from the cache (default: 1024)', integer)
    .addHelpText('after', examples('syntrace noisescope fingerprint generated/ --out generator.safetensors'))
    .action(async (paths, options) => (await import('./fingerprint.js')).fingerprintCommand(paths, options));

  outputs(common(group.command('match')))
    .description('compare single pictures with saved fingerprints')
    .argument('<fingerprints>', 'a .safetensors or .npy file of fingerprint or cluster')
    .argument('<path...>', 'pictures of the size of the fingerprints')
    .option('--explain <dir>', 'write the correlation peak of each picture as PNG')
    .addHelpText('after', examples('syntrace noisescope match found/fingerprints.safetensors new/'))
    .action(async (file, paths, options) => (await import('./match.js')).matchCommand(file, paths, options));
}

const residuals = (command: Command): Command =>
  command
    .option('--real <dir>', 'pictures that are known to be real')
    .option('--fake <dir>', 'pictures that are known to be generated')
    .option('--real-residuals <dir>', 'residuals of real pictures, made elsewhere (.mat with Noise, or .npy)')
    .option('--fake-residuals <dir>', 'residuals of generated pictures, made elsewhere')
    .option('--image-size <n>', 'side of the pictures; others are left out (default: that of the first; with --compat 256)', integer)
    .option('--cache <dir>', 'keep residuals here between runs (default: residuals/ in the prepared folder)')
    .option('--no-cache', 'keep no residuals')
    .option('--memory <MiB>', 'residuals that stay in memory; the others are read from the cache (default: 1024)', integer);

const outputs = (command: Command): Command =>
  command
    .addOption(new Option('--json', 'one JSON document').conflicts(['ndjson', 'csv']))
    .addOption(new Option('--ndjson', 'one JSON object a line').conflicts(['json', 'csv']))
    .addOption(new Option('--csv', 'comma-separated values').conflicts(['json', 'ndjson']));
