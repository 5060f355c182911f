import { type Features, type Labels, type Precision, type PreparedFormat, PUBLISHED_SIZES, prepareDataset, type SplitSizes } from '@syntrace/datasets';
import { checkSizes } from './sizes.js';
import { sayFailed, type ToolOptions, withTool } from './tool.js';

interface PrepareCommandOptions extends ToolOptions, Partial<SplitSizes> {
  readonly out: string;
  readonly raw?: boolean;
  readonly log: boolean;
  readonly grey?: boolean;
  readonly normalize?: boolean;
  readonly size?: number;
  readonly format: PreparedFormat;
  readonly precision?: Precision;
  readonly labels: 'folders' | 'layout';
  readonly classes?: string;
  readonly layout?: string;
  readonly dedupe?: boolean;
  readonly compat?: boolean;
  readonly seed: number;
}

export async function prepareCommand(path: string, options: PrepareCommandOptions): Promise<void> {
  const { format, seed } = options;
  const sizes = sizesOf(options);
  const prepared = await withTool(options, ({ kernels, running, report }) =>
    prepareDataset(path, options.out, kernels, {
      ...running,
      features: featuresOf(options),
      format,
      labels: labelsOf(options),
      seed,
      dedupe: options.dedupe ?? false,
      ...(sizes && { sizes }),
      onPlan: ({ classes, counts, duplicates }) => {
        console.error(`labels: ${classes.map((name, label) => `${label} ${name}`).join(', ')}`);
        console.error(`train ${counts.train}, val ${counts.val}, test ${counts.test}${options.dedupe ? `; ${duplicates} repeated pictures left out` : ''}`);
      },
      onProgress: report,
    }),
  );
  const { counts, failed, leaks, constant, shape } = prepared;
  sayFailed(failed);
  if (constant > 0) console.error(`${constant} values never vary over the training pictures; their deviation is taken as 1`);
  if (leaks.length > 0)
    console.error(`warning: ${leaks.length} pictures stand in two splits (leakage), e.g. ${leaks[0]!.file} and ${leaks[0]!.same}; --dedupe leaves them out`);
  console.error(`wrote ${counts.train} + ${counts.val} + ${counts.test} pictures of ${shape.join('×')} to ${options.out}`);
}

function featuresOf({ raw = false, log, grey = false, normalize = false, size, precision, format }: PrepareCommandOptions): Features {
  return {
    of: raw ? 'raw' : 'dct',
    log: log && !raw,
    grey,
    normalize,
    precision: precision ?? (format === 'published' ? 'f64' : 'f32'),
    ...(size && { size }),
  };
}

function labelsOf({ labels, classes, layout, compat = false }: PrepareCommandOptions): Labels {
  if (labels === 'layout') return { by: 'layout', ...(layout !== undefined && { layout }) };
  return { by: 'folders', compat, ...(classes && { classes: classes.split(',') }) };
}

/** Given ones, the rest published; fractions leave none out. */
function sizesOf({ train, val, test }: Partial<SplitSizes>): SplitSizes | undefined {
  if (train === undefined && val === undefined && test === undefined) return undefined;
  const others = (train ?? val ?? test)! < 1 ? { train: 0, val: 0, test: 0 } : PUBLISHED_SIZES;
  return checkSizes({ train: train ?? others.train, val: val ?? others.val, test: test ?? others.test });
}
