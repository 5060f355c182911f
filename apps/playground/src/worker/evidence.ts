import { type Explanation, type Image, type Run, SyntraceError } from '@syntrace/core';
import { drawResidual } from '@syntrace/detector-noisescope';
import { explainResidual } from '@syntrace/detector-npr';
import type { EvidenceGroup, Named, Report } from '../engine/protocol.js';
import type { Session } from './session.js';

interface Source {
  readonly id: string;
  readonly title: string;
  draw(image: Image, run: Run): Promise<readonly Explanation[]>;
}

/** Looks at a picture that rest on no model; each stands in for a detector as long as that cannot draw it itself. */
const LOOKS: readonly (Source & { readonly instead: string | null })[] = [
  {
    id: 'npr-residual',
    title: 'npr',
    instead: 'npr',
    draw: async (image, run) => [await explainResidual(image, { x: 0, y: 0, width: image.width, height: image.height }, run)],
  },
  { id: 'noise', title: 'noise', instead: null, draw: (image, { kernels }) => drawResidual(image, kernels) },
];

/** Draws group by group; a source that draws nothing, or cannot, is left out. Shared intermediates are computed once for all. */
export async function drawEvidence(
  picture: Named,
  image: Image,
  detectors: readonly string[],
  session: Session,
  report: Report<EvidenceGroup>,
  signal: AbortSignal,
): Promise<void> {
  const run = await session.syntrace.newRun(signal);
  const looks = LOOKS.filter(({ instead }) => instead === null || !detectors.includes(instead));
  try {
    for (const source of [...detectors.map(id => detectorSource(id, picture, session, signal)), ...looks]) {
      if (signal.aborted) return;
      const explanations = await source.draw(image, run).catch(async (error: unknown): Promise<readonly Explanation[]> => {
        if (SyntraceError.is(error, 'KERNEL_TRAP')) await session.forget();
        return [];
      });
      if (explanations.length > 0 && !signal.aborted) await report({ id: source.id, title: source.title, explanations });
    }
  } finally {
    await run.end();
  }
}

const detectorSource = (id: string, picture: Named, session: Session, signal: AbortSignal): Source => ({
  id,
  title: id,
  async draw(image, run) {
    if (session.remote) return session.remote.explain(picture, id, signal);
    const { requires, unit } = session.syntrace.registry.detector(id);
    const { width, height } = requires.minimumSize;
    if (unit !== 'image' || image.width < width || image.height < height) return [];
    return (await (await session.opened(id)).explain?.(image, run)) ?? [];
  },
});
