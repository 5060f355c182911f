import type { Found } from '../find.js';
import { libraryBytes, libraryOf } from '../match/library.js';
import { writeNpy } from '../residuals/npy.js';
import { bySize, clusterOfPictures } from './cluster-ids.js';
import { csvOf } from './csv.js';

/** Name of the library of saved fingerprints among a collection's files. */
export const FINGERPRINTS_FILE = 'fingerprints.safetensors';

/** A collection's results in open formats: `summary.json`, the merge log `merges.ndjson` (pictures by number from 0), clusters and decisions as JSON and
 *  CSV, and, where generators were found, their fingerprints as a library and as arrays. */
export function resultFiles(found: Found, names: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const clusters = clusterRows(found, names);
  const decisions = decisionRows(found, names);
  const { settings, mergeThreshold, clustering, warnings } = found;
  const summary = { settings, mergeThreshold, stop: clustering.stop, rounds: clustering.rounds.length, pictures: names.length, warnings };
  const files: [string, Uint8Array][] = [
    ['summary.json', jsonOf(summary)],
    ['merges.ndjson', textOf(clustering.rounds.map(round => `${JSON.stringify(round)}\n`).join(''))],
    ['clusters.json', jsonOf(clusters)],
    [
      'clusters.csv',
      csvOf(
        ['cluster', 'size', 'path', 'synthetic', 'margin'],
        clusters.flatMap(({ id, members, synthetic, margin }) =>
          members.map(path => [id, members.length, path, synthetic === null ? null : String(synthetic), margin]),
        ),
      ),
    ],
    ['decisions.json', jsonOf(decisions)],
    [
      'decisions.csv',
      csvOf(
        ['path', 'verdict', 'score', 'threshold', 'fingerprint', 'cluster', 'periodic'],
        decisions.map(row => [row.path, row.verdict, row.score, row.threshold, row.fingerprint, row.cluster, row.periodic]),
      ),
    ],
  ];
  if (found.decisions) {
    const { fingerprints } = found.decisions;
    files.push([FINGERPRINTS_FILE, libraryBytes(libraryOf(found.decisions, found.classified))]);
    for (const [i, map] of fingerprints.maps.entries())
      files.push([`fingerprint-${i + 1}.npy`, writeNpy('f32', [fingerprints.height, fingerprints.width], map)]);
  }
  return new Map(files);
}

function clusterRows({ clustering, classified }: Found, names: readonly string[]) {
  return bySize(clustering.clusters).map((cluster, i) => {
    const judged = classified.find(entry => entry.cluster === cluster);
    return {
      id: `cluster-${i + 1}`,
      size: cluster.length,
      synthetic: judged?.synthetic ?? null,
      margin: judged?.margin ?? null,
      members: cluster.map(picture => names[picture]!),
      sample: judged?.sample.map(picture => names[picture]!) ?? null,
    };
  });
}

function decisionRows({ clustering, decisions, periodic, verdicts }: Found, names: readonly string[]) {
  const clusters = clusterOfPictures(clustering.clusters);
  return names.map((path, i) => ({
    path,
    verdict: verdicts[i]!,
    score: decisions?.scores[i] ?? null,
    threshold: decisions?.threshold ?? null,
    fingerprint: decisions ? `fingerprint-${decisions.nearest[i]! + 1}` : null,
    cluster: clusters.get(i)?.id ?? null,
    periodic: periodic?.scores[i] ?? null,
  }));
}

const textOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const jsonOf = (value: unknown): Uint8Array => textOf(`${JSON.stringify(value, null, 2)}\n`);
