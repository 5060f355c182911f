import { type Dataset, type Duplicate, duplicatesOf, failedPicture, mapAhead, openDataset } from '@syntrace/datasets';
import { decode } from '@syntrace/image-io';
import { grid } from '../../output/grid.js';
import { sayDataset } from '../../output/say-dataset.js';
import { type Tool, type ToolOptions, withTool } from './tool.js';

interface CheckOptions extends ToolOptions {
  readonly layout?: string;
  readonly decode?: boolean;
  readonly hash: boolean;
  readonly json?: boolean;
}

/** Shows what a dataset holds and what is wrong with it. */
export async function checkCommand(path: string, options: CheckOptions): Promise<void> {
  const dataset = await openDataset(path, options.layout === undefined ? {} : { layout: options.layout });
  sayDataset(dataset);
  const { duplicates, broken } = await withTool(options, async tool => ({
    duplicates: options.hash ? await duplicatesOf(dataset, { ...tool.running, onProgress: (done, total) => tool.report('hashes', done, total) }) : [],
    broken: options.decode ? await brokenOf(dataset, tool) : [],
  }));
  const [leaks, contradictions] = [duplicates.filter(each => each.leaks), duplicates.filter(each => each.contradicts)];
  if (options.json) console.log(JSON.stringify(summary(dataset, duplicates, broken), null, 2));
  else
    console.log(
      `${grid(
        ['group', 'real', 'synthetic'],
        dataset.groups.map(({ group, real, synthetic }) => [group, String(real), String(synthetic)]),
      )}`,
    );
  console.error(`splits: ${splitCounts(dataset)}`);
  if (options.hash) console.error(`${duplicates.length} contents in several files`);
  for (const { items } of leaks) console.error(`warning: in several splits (leakage): ${items.map(item => item.path).join(', ')}`);
  for (const { items } of contradictions) console.error(`warning: both real and synthetic: ${items.map(item => item.path).join(', ')}`);
  for (const { path: file, code, message } of broken) console.error(`${file}: ${code} ${message}`);
  process.exitCode = leaks.length + contradictions.length + broken.length + dataset.unreadable.length > 0 ? 1 : 0;
}

async function brokenOf(dataset: Dataset, { running, report }: Tool) {
  const { limits, signal, concurrency = 4 } = running;
  const broken: ReturnType<typeof failedPicture>[] = [];
  let done = 0;
  const test = (path: string) =>
    decode(path, { ...limits, signal }).then(
      () => null,
      error => failedPicture(path, error),
    );
  const paths = dataset.items.map(item => item.path);
  for await (const failure of mapAhead(paths, concurrency, test, signal)) {
    if (failure) broken.push(failure);
    report('decoding', ++done, paths.length);
  }
  return broken;
}

const splitCounts = ({ items, splits }: Dataset): string =>
  splits.length === 0 ? 'none' : splits.map(split => `${split} ${items.filter(item => item.split === split).length}`).join(', ');

function summary({ root, layout, items, groups, splits, unlabelled, unreadable }: Dataset, duplicates: readonly Duplicate[], broken: readonly object[]) {
  const listed = duplicates.map(({ hash, leaks, contradicts, items: same }) => ({ hash, leaks, contradicts, paths: same.map(item => item.path) }));
  return { root, layout, pictures: items.length, groups, splits, unlabelled, unreadable, duplicates: listed, broken };
}
