import { join, resolve } from 'node:path';
import { type ColourMap, SyntraceError } from '@syntrace/core';
import { collectSpectra, mapsOf, openOutput, type PictureSet, type Precision, profileOf, type SpectrumMoments } from '@syntrace/datasets';
import { kindsOf, writeStatistics } from '../../stats/write-statistics.js';
import { sayFailed, type ToolOptions, withTool } from './dataset/tool.js';

interface StatsOptions extends ToolOptions {
  readonly out: string;
  readonly colour?: boolean;
  readonly size?: number;
  readonly precision: Precision;
  readonly map: ColourMap;
  readonly figures?: readonly string[];
  readonly compat?: boolean;
  readonly json?: boolean;
}

/** Mean spectra of sets, each by itself and against the first. */
export async function statsCommand(args: readonly string[], options: StatsOptions): Promise<void> {
  const sets = setsOf(args);
  const kinds = kindsOf(options.figures ?? ['png']);
  const { out, colour = false, precision, size, amount = 0, compat = false } = options;
  const settings = {
    tool: 'stats',
    sets: sets.map(({ path, name }) => ({ path: resolve(path), name })),
    colour,
    precision,
    amount,
    compat,
    ...(size && { size }),
  };
  await openOutput(out, settings, options.resume ?? false);
  await withTool(options, async ({ kernels, running, report }) => {
    const collected: (PictureSet & { readonly moments: SpectrumMoments })[] = [];
    for (const set of sets) {
      const onProgress = (name: string, done: number, total: number) => report(name, done, total);
      const moments = await collectSpectra(set, out, kernels, { ...running, colour, precision, amount, compat, ...(size && { size }), onProgress });
      checkSize(set, moments, collected[0]?.moments);
      sayFailed(moments.failed);
      collected.push({ ...set, moments });
    }
    const reference = collected[0]!.moments;
    const maps = (await Promise.all(collected.map(({ name, moments }, i) => mapsOf(name, moments, i === 0 ? null : reference, kernels)))).flat();
    const profiles = collected.map(({ name, moments }) => profileOf(name, moments));
    const rows = collected.map(({ name, path, moments }) => ({ name, path, pictures: moments.pictures, failed: moments.failed.length }));
    await writeStatistics(out, rows, maps, profiles, { kernels, colours: options.map, kinds });
    if (options.json)
      console.log(
        JSON.stringify(
          profiles.map((profile, i) => ({ ...rows[i], ...profile, mean: [...profile.mean], deviation: [...profile.deviation] })),
          null,
          2,
        ),
      );
    console.error(`wrote ${join(out, 'index.html')}, ${maps.length} arrays and their figures`);
  });
}

/** `path,label`; without a label the path is the name. @throws USAGE */
function setsOf(args: readonly string[]): readonly PictureSet[] {
  const sets = args.map(arg => {
    const [path, name, ...more] = arg.split(',');
    if (!path || more.length > 0) throw new SyntraceError('USAGE', { detail: `${arg}: give folder,label with one comma` });
    return {
      path,
      name: (
        name ||
        path
          .replace(/[\\/]+$/, '')
          .split(/[\\/]/)
          .at(-1)!
      ).replace(/[^\w.-]+/g, '_'),
    };
  });
  const twin = sets.find(({ name }, i) => sets.findIndex(other => other.name === name) < i);
  if (twin) throw new SyntraceError('USAGE', { detail: `two sets are called ${twin.name}; give them labels: folder,label` });
  return sets;
}

function checkSize({ path }: PictureSet, { shape }: SpectrumMoments, first: SpectrumMoments | undefined): void {
  if (!first || shape.join() === first.shape.join()) return;
  const [, height, width] = shape;
  const detail = `its pictures are ${width}×${height}, those of the first set ${first.shape[2]}×${first.shape[1]}; take a window of each with --size`;
  throw new SyntraceError('DATASET_INVALID', { path, detail });
}
