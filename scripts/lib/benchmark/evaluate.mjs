// Runs of the built command, whose scores are kept, so that another table computes nothing again.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '../../../packages/datasets/dist/index.js';
import { toolsEnvironment } from '../environment.mjs';
import { root, tools } from '../paths.mjs';
import { run, tail } from '../process.mjs';
import { StepError } from '../say.mjs';

export const data = join(process.env.SYNTRACE_SHARED ?? join(root, '../shared'), 'data');
export const SETS = ['bench', 'more', 'bench512'];
export const CONDITIONS = ['as stored', 'jpeg:90', 'jpeg:60', 'resize:0.5'];
/** Generators that are left out together: what one of them shows of its kind the others would give away. */
export const FAMILIES = [
  ['sd14_thumbnails', 'sd1x_easydiffusion'],
  ['sdxl', 'sdxl_png', 'sdxl_fewstep'],
  ['flux1', 'flux1_more'],
  ['realesrgan_x4plus', 'realesr_animevideov3_x2'],
  ['stylegan1_lsun256', 'stylegan2_256', 'stylegan2_ffhq1024', 'stylegan3_ffhq'],
  ['ldm_imagenet', 'ldm_text2img', 'glid3_xl'],
];
export const familyOf = group => FAMILIES.find(names => names.includes(group))?.[0] ?? group;
/** Scores of earlier runs, by content, condition, detector, version and weights. */
export const CACHE = join(tools, 'scores');

export async function syntrace(args, { codes = [0] } = {}) {
  const { code, stdout, output } = await run(process.execPath, [join(root, 'packages/syntrace/bin/syntrace.js'), ...args], {
    env: toolsEnvironment({ NO_COLOR: '1' }),
  });
  if (!codes.includes(code)) throw new StepError(`syntrace ${args.slice(0, 3).join(' ')} … ended with ${code}\n${tail(output, 20)}`);
  return stdout;
}

/** Detectors of single pictures that have a model, in the order in which they are registered. */
export async function modelled() {
  const models = JSON.parse(await syntrace(['models', 'list', '--json']));
  const plugins = JSON.parse(await syntrace(['plugins', 'list', '--json']));
  const unit = id => plugins.flatMap(({ detectors = [] }) => detectors).find(each => each.id === id)?.unit;
  return models.flatMap(({ detector, card }) => (card && unit(detector) !== 'collection' ? [detector] : []));
}

/** The test split of a set, judged by some detectors (none: as the command judges when nothing is named): results by condition, scores by picture, the audit. */
export async function judged(set, detectors, out) {
  const folder = join(data, set, 'test');
  if (!existsSync(folder)) throw new StepError(`${folder} is not there`, 'Set SYNTRACE_SHARED to the folder that holds data/.');
  const perturb = CONDITIONS.slice(1);
  const choice = detectors.flatMap(id => ['--detector', id]);
  await syntrace(['eval', folder, ...choice, '--perturb', ...perturb, '--cache', CACHE, '--out', out], { codes: [0] });
  return {
    results: JSON.parse(readFileSync(join(out, 'metrics.json'), 'utf8')),
    scores: await readTable(join(out, 'scores.csv')),
    audit: JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')),
  };
}

/** Photographs without generated pictures beside them: the answers alone. */
export async function verdicts(folder, detectors) {
  const choice = detectors.flatMap(id => ['--detector', id]);
  const lines = (await syntrace(['detect', folder, ...choice, '--ndjson'])).trim().split('\n');
  return lines.map(line => JSON.parse(line).verdict);
}
