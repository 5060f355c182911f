import { assignSplits, contentHashes, openDataset, type SplitSizes, tableKind, writeSplitFolder, writeSplitTable } from '@syntrace/datasets';
import { prepareFile } from '../../output/prepare.js';
import { sayDataset } from '../../output/say-dataset.js';
import { checkSizes } from './sizes.js';
import { type ToolOptions, withTool } from './tool.js';

interface SplitOptions extends ToolOptions, SplitSizes {
  readonly out: string;
  readonly layout?: string;
  readonly how: 'copy' | 'link';
  readonly seed: number;
}

export async function splitCommand(path: string, options: SplitOptions): Promise<void> {
  const { out, how, seed, train, val, test } = options;
  const sizes = checkSizes({ train, val, test });
  const table = tableKind(out) !== null;
  if (table) await prepareFile(out);
  const dataset = await openDataset(path, options.layout === undefined ? {} : { layout: options.layout });
  sayDataset(dataset);
  await withTool(options, async ({ running, report }) => {
    const paths = dataset.items.map(item => item.path);
    const hashes = await contentHashes(paths, { ...running, onProgress: (done, total) => report('hashes', done, total) });
    const items = assignSplits(dataset.items, hashes, sizes, seed);
    if (table) await writeSplitTable(out, items);
    else {
      const settings = { pictures: paths.length, sizes, seed };
      await writeSplitFolder(out, items, { ...running, how, settings, onProgress: (done, total) => report(how, done, total) });
    }
    const counts = (['train', 'val', 'test'] as const).map(split => `${split} ${items.filter(item => item.split === split).length}`);
    console.error(`${counts.join(', ')}; ${paths.length - items.length} left out; wrote ${out}`);
  });
}
