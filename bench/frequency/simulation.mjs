// Detectors that learn from simulated fakes alone: each operator, against outputs of real networks, and both together.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, tail } from '../../scripts/lib/process.mjs';
import { StepError, say } from '../../scripts/lib/say.mjs';
import { aucOf, data, evaluated, markdown, syntrace, trained } from './tools.mjs';

const OPERATORS = ['nearest', 'bilinear', 'transposed', 'shuffle'];
/** Networks of data/generators whose weights lie there and that made no picture of the bench. */
const NETWORKS = ['cartoon_light', 'fast_style', 'espcn_x2', 'fsrcnn_x2', 'lapsrn_x2', 'carn_m_x2', 'lwfanet_x4'];
/** Photographs that are taken, the first by name; every fifth is for choosing. */
const [PHOTOGRAPHS, FIFTH] = [120, 5];

/** @param python an interpreter with what data/generators/requirements.txt names; without it no network is run
 *  @param kinds all, an operator, nets, both: what is learnt from */
export async function simulationTable(work, { python, kinds }) {
  const photos = photographs(work);
  const sets = [];
  for (const operators of [OPERATORS.join(','), ...OPERATORS]) {
    const name = operators.includes(',') ? 'all' : operators;
    if (kinds && !kinds.includes(name) && !(name === 'all' && kinds.includes('both'))) continue;
    for (const split of ['train', 'val']) {
      const out = join(work, 'sim', name, split);
      if (!existsSync(out)) await syntrace('dataset', 'simulate', photos[split], '--operators', operators, '--out', out);
    }
    sets.push({ kind: name, name: name === 'all' ? 'all four simulated' : `\`${name}\` alone`, folders: [join(work, 'sim', name)] });
  }
  if (python) {
    const nets = await outputs(work, photos, python);
    sets.push({ kind: 'nets', name: `outputs of ${NETWORKS.length} real networks`, folders: [nets] });
    sets.push({ kind: 'both', name: 'both together', folders: [join(work, 'sim', 'all'), nets] });
  } else say('- no --python: outputs of real networks are left out');
  const rows = [];
  for (const { name, folders } of sets.filter(({ kind }) => !kinds || kinds.includes(kind))) {
    const { folder, card } = await trained(join(work, `weights-${name.replace(/\W+/g, '-')}`), folders, {});
    const pictures = card.trainingData.reduce((sum, { real, synthetic }) => sum + real + synthetic, 0);
    const [bench, jpeg] = await evaluated(folder, data('bench/test'), ['jpeg:90']);
    const [more] = await evaluated(folder, data('more/test'));
    rows.push([name, pictures, aucOf(bench), aucOf(jpeg), aucOf(more)]);
  }
  return markdown(['learnt from', 'pictures', 'AUC, bench/test', 'the same after jpeg:90', 'AUC, more/test'], rows);
}

function photographs(work) {
  const folders = { train: join(work, 'photos', 'train'), val: join(work, 'photos', 'val') };
  rmSync(join(work, 'photos'), { recursive: true, force: true });
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  const files = readdirSync(data('photos'), { recursive: true, encoding: 'utf8' }).filter(name => /\.jpe?g$/i.test(name));
  for (const [i, name] of files.sort().slice(0, PHOTOGRAPHS).entries()) {
    copyFileSync(join(data('photos'), name), join(i % FIFTH === 0 ? folders.val : folders.train, name.replaceAll('/', '_')));
  }
  return folders;
}

/** Each network turns photographs of its own into fakes, so that none stands in two groups. */
async function outputs(work, photos, python) {
  const root = join(work, 'nets');
  for (const [split, folder] of Object.entries(photos)) {
    const files = readdirSync(folder).sort();
    for (const [n, network] of NETWORKS.entries()) {
      const out = join(root, split, network);
      if (existsSync(out)) continue;
      const own = join(work, 'nets-in', split, network);
      mkdirSync(own, { recursive: true });
      for (const file of files.filter((_, i) => i % NETWORKS.length === n)) copyFileSync(join(folder, file), join(own, file));
      say(`- ${network} (${split})`);
      const args = [join(data('generators'), 'run.py'), network, '--in', own, '--out', out, '--pairs', '--jitter', '--seed', '1'];
      const { code, output } = await run(python, args, {});
      if (code !== 0) throw new StepError(`${python} ${args.join(' ')}\n${tail(output, 20)}`);
    }
  }
  return root;
}
