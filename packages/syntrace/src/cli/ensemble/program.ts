import { type Command, Option } from 'commander';
import { collect, common, examples, integer, number, withWeights } from '../program-parts.js';

/** `ensemble fit` and `ensemble leave-out`. */
export function ensembleCommands(program: Command): void {
  const ensemble = program.command('ensemble').description('fit ensembles on scores, and judge them on generators that they were not fitted on');

  fitting(ensemble.command('fit'))
    .description('fit how detectors become one, calibrate the result, and write it as JSON for --ensemble')
    .argument('<dataset...>', 'folders with val/ (or no splits), each with …/0_real and …/1_fake')
    .requiredOption('--out <file.json>', 'the ensemble')
    .option('--id <word>', 'its name', 'ensemble')
    .addHelpText(
      'after',
      examples(
        'syntrace ensemble fit data --detector frequency --detector npr --out both.json',
        'syntrace detect pictures/ --ensemble both.json --explain evidence/',
        'syntrace ensemble fit a b --method cascade --perturb jpeg:90 --out quick.json',
      ),
    )
    .action(async (datasets, options) => (await import('./fit.js')).fitCommand(datasets, options));

  fitting(ensemble.command('leave-out'))
    .description('fit without each generator in turn and judge it: how methods and members do on what they were not fitted on')
    .argument('<dataset...>', 'folders with val/ (or no splits), each with …/0_real and …/1_fake')
    .option('--family <names>', 'generators left out together, with commas: sdxl,sdxl_png; may be given again', collect)
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples('syntrace ensemble leave-out data --detector frequency --detector npr', 'syntrace ensemble leave-out a b --method mean --method stacker --json'),
    )
    .action(async (datasets, options) => (await import('./leave-out.js')).leaveOutCommand(datasets, options));
}

const fitting = (command: Command): Command =>
  withWeights(common(command))
    .option('--detector <id>', 'a member; may be given again (default: all that judge by default)', collect)
    .addOption(new Option('--method <name>', 'mean, weighted, stacker, max, vote or cascade').argParser(collect))
    .addOption(new Option('--calibrate <how>', 'what makes probabilities').choices(['platt', 'isotonic', 'temperature']).default('platt'))
    .option('--fpr <share>', 'threshold by a wanted share of real photographs called synthetic', number)
    .option('--alpha <share>', 'leave inconclusive what would make more than this share of a class wrong', number)
    .option('--perturb <spec...>', 'also after perturbations: jpeg:90, resize:0.5, …')
    .option('--split <name>', 'the split to fit on (default: val where there is one)')
    .option('--layout <name>', 'how the folders are laid out; default: detected')
    .option('--cache <dir>', 'keep scores here, and take those that are there')
    .option('--seed <n>', 'seed of everything drawn', integer, 1);
