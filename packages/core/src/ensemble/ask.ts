import type { Detection, Run } from '../contract/detector.js';
import type { Image } from '../contract/image.js';
import { SyntraceError } from '../errors.js';
import { type Member, type MemberResult, runMember } from '../run/member.js';
import { nextVote, placesOf } from './combine.js';
import { failedDetection } from './combine-detections.js';
import type { EnsembleSpec } from './spec.js';

type Results = (MemberResult | null)[];

/** What the members say of each picture of a batch, `null` where one was not asked. All at once, but in a cascade: there the evidence and the first vote,
 *  then the next vote for those pictures that are still undecided. */
export async function askAll(spec: EnsembleSpec, members: readonly Member[], batch: readonly Image[], run: Run): Promise<readonly Results[]> {
  const results = batch.map((): Results => members.map(() => null));
  const everyone = [...batch.keys()];
  const isCascade = spec.combine.method === 'cascade';
  const first = isCascade ? [...placesOf(spec, true), ...placesOf(spec, false).slice(0, 1)] : [...members.keys()];
  const ask = async (places: readonly number[], pictures: readonly number[]) => {
    // All members come to rest before an abort or a trap goes on: none may work on in a run that has ended.
    const settled = await Promise.allSettled(
      places.map(place =>
        runMember(
          members[place]!,
          pictures.map(i => batch[i]!),
          run,
        ),
      ),
    );
    settled.forEach((column, p) => {
      if (column.status === 'rejected') throw column.reason;
      column.value.forEach((result, j) => {
        results[pictures[j]!]![places[p]!] = result;
      });
    });
  };
  await ask(first, everyone);
  for (const place of isCascade ? placesOf(spec, false).slice(1) : []) {
    const open = everyone.filter(
      i =>
        nextVote(
          spec,
          results[i]!.map((result, m) => result && asDetection(result, members[m]!)),
        ) === place,
    );
    if (open.length > 0) await ask([place], open);
  }
  return results;
}

/** A failed member becomes an abstention that says why. */
export const asDetection = (result: MemberResult, { detector, version }: Member): Detection =>
  SyntraceError.is(result) ? failedDetection(detector.id, version, result) : result;
