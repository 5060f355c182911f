import type { CollectionFinding, OpenCollectionDetector, Run, Score } from '../contract/detector.js';
import type { Image } from '../contract/image.js';
import { SyntraceError } from '../errors.js';
import { throwIfAborted } from './abort.js';
import { DecodeAhead, type DecodeLimits } from './decode-ahead.js';
import type { Host } from './host.js';
import { type Member, scoreProblem } from './member.js';
import type { Failure, RunEvent } from './outcome.js';

/** Place of an image in the input. */
interface Place {
  readonly index: number;
  readonly uri: string;
}

/** What came of a collection: a score or a failure for each input, and what was found in the whole. */
export interface CollectionOutcome {
  readonly scores: readonly (Place & { readonly score: Score })[];
  readonly failures: readonly Failure[];
  readonly finding: CollectionFinding;
}

interface Decoding<Source> {
  readonly host: Host<Source>;
  readonly limits: DecodeLimits;
  readonly onEvent: (event: RunEvent) => void;
}

/** Streams a collection through its detector. @throws ABORTED, DETECTOR_FAILED, and what `sources` itself throws */
export async function judgeCollection<Source>(
  sources: AsyncIterable<Source> | Iterable<Source>,
  decoding: Decoding<Source>,
  member: Member,
  run: Run,
): Promise<CollectionOutcome> {
  const kept: Place[] = [];
  const failures: Failure[] = [];
  const thrown: unknown[] = [];
  const images = decodeAll(sources, decoding, run.signal, kept, failures, thrown);
  try {
    const { scores, finding } = await (member.open as OpenCollectionDetector).detectCollection(images, run);
    throwIfAborted(run.signal);
    if (scores.length !== kept.length) throw new Error(`returned ${scores.length} scores for ${kept.length} images`);
    const problems = scores.map(scoreProblem);
    const refused = kept.flatMap((place, i): Failure[] => (problems[i] ? [{ ...place, error: failed(member, place.uri, new Error(problems[i])) }] : []));
    const good = kept.flatMap((place, i) => (problems[i] ? [] : [{ ...place, score: scores[i]! }]));
    return { scores: good, failures: [...failures, ...refused].sort((a, b) => a.index - b.index), finding };
  } catch (error) {
    throwIfAborted(run.signal);
    if (thrown.includes(error)) throw error;
    throw failed(member, 'the collection', error);
  } finally {
    await images.return(undefined);
  }
}

const failed = ({ detector }: Member, uri: string, error: unknown) => SyntraceError.from(error, 'DETECTOR_FAILED', { id: detector.id, stage: 'detect', uri });

/** Decoded images in order; where each came from goes to `kept`, what could not be decoded to `failures`, what the source threw to `thrown`.
 *  @throws ABORTED, so that a detector never takes a part for the whole */
async function* decodeAll<Source>(
  sources: AsyncIterable<Source> | Iterable<Source>,
  { host, limits, onEvent }: Decoding<Source>,
  signal: AbortSignal,
  kept: Place[],
  failures: Failure[],
  thrown: unknown[],
): AsyncGenerator<Image, undefined> {
  const decoder = new DecodeAhead(sources, host, limits, signal, onEvent);
  const next = () =>
    decoder.next(1).catch((error: unknown) => {
      thrown.push(error);
      throw error;
    });
  try {
    for (let batch = await next(); batch.length > 0; batch = await next()) {
      const item = batch[0]!;
      if ('error' in item) failures.push(item);
      else {
        kept.push({ index: item.index, uri: item.uri });
        yield item.image;
      }
    }
    return undefined;
  } finally {
    await decoder.close();
  }
}
