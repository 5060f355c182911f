import { isFailure } from '@syntrace/core';
import { expandInputs } from '../inputs.js';
import { interruptSignal } from '../interrupt.js';
import { grid } from '../output/grid.js';
import { startProgress } from '../progress.js';
import { type ClassifierOptions, classOf, openClassifierSession } from './classifier.js';

interface ClassifyOptions extends ClassifierOptions {
  readonly amount?: number;
  readonly json?: boolean;
  readonly ndjson?: boolean;
}

interface Classified {
  readonly path: string;
  readonly class?: string;
  readonly score?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Count and share of each class among the pictures of a folder. Exit 1 when one could not be judged. */
export async function classifyCommand(folder: string, options: ClassifyOptions): Promise<void> {
  const found = await expandInputs([folder]);
  const sources = options.amount === undefined ? found.sources : found.sources.slice(0, options.amount);
  const { session, classes } = await openClassifierSession(options);
  const counts = classes.map(() => 0);
  const pictures: Classified[] = [];
  const progress = startProgress('classify', sources.length);
  try {
    for await (const outcome of session.syntrace.detectAll(sources, { detectors: ['frequency'], batch: options.batch, signal: interruptSignal() })) {
      const taken = isFailure(outcome) ? null : classOf(outcome);
      const picture: Classified =
        taken === null
          ? { path: outcome.uri, error: reasonOf(outcome) }
          : { path: outcome.uri, class: classes[taken]!, ...(!isFailure(outcome) && { score: outcome.score! }) };
      if (taken !== null) counts[taken]!++;
      if (options.ndjson) console.log(JSON.stringify(picture));
      if (picture.error) progress.aside(() => console.error(`${picture.path}: ${picture.error!.code} ${picture.error!.message}`));
      pictures.push(picture);
      progress.step();
    }
  } finally {
    progress.stop();
    await session.syntrace.close();
  }
  const judged = counts.reduce((a, b) => a + b, 0);
  const shares = classes.map((name, i) => ({ class: name, pictures: counts[i]!, share: judged > 0 ? counts[i]! / judged : null }));
  if (options.json) console.log(JSON.stringify({ classes: shares, pictures }, null, 2));
  else if (!options.ndjson)
    console.log(
      grid(
        ['class', 'pictures', 'share'],
        shares.map(({ class: name, pictures: count, share }) => [name, String(count), share === null ? '–' : `${(100 * share).toFixed(2)} %`]),
      ),
    );
  process.exitCode = judged < pictures.length ? 1 : 0;
}

function reasonOf(outcome: Parameters<typeof isFailure>[0]): NonNullable<Classified['error']> {
  if (isFailure(outcome)) return { code: outcome.error.code, message: outcome.error.message };
  const [warning] = outcome.warnings;
  return { code: warning?.code ?? 'ABSTAINED', message: warning?.message ?? 'the classifier abstained' };
}
