import { type Command, Option } from 'commander';
import { integer, number } from '../program-parts.js';

/** Options of the published scripts and ours that they stand for. */
const PUBLISHED: Readonly<Record<string, string>> = {
  real_img_dir: 'real',
  fake_img_dir: 'fake',
  refer_img_dir: 'reference',
  real_res_dir: 'realResiduals',
  fake_res_dir: 'fakeResiduals',
  refer_res_dir: 'referenceResiduals',
  img_dim: 'imageSize',
  num_real: 'numReal',
  num_fake: 'numFake',
  pce_thre: 'mergeThreshold',
  result_dir: 'out',
  fingerprint_classifier_path: 'outlierModel',
  outlier_model_path: 'prepared',
};

/** Lets a command take options as the published scripts spell them (those that begin with one of the words), hidden in its help. */
export function publishedSpellings(command: Command, words: readonly string[]): Command {
  const taken = Object.entries(PUBLISHED).filter(([name]) => words.some(word => name.startsWith(word)));
  for (const [name, ours] of taken) {
    const option = new Option(`--${name} <value>`).hideHelp();
    if (name === 'pce_thre') option.argParser(number);
    else if (/^(num|img)_/.test(name)) option.argParser(integer);
    command.addOption(option);
    command.on(`option:${name}`, () => command.setOptionValue(ours, command.getOptionValue(name)));
  }
  return command;
}
