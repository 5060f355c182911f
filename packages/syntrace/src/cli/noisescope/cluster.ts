import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadArtifact, type Score, SyntraceError } from '@syntrace/core';
import {
  CLUSTER_DEFAULTS,
  type ClusterSettings,
  type Found,
  findGenerators,
  type Prepared,
  PUBLISHED_MERGE_THRESHOLDS,
  preparedOf,
  resultFiles,
  scoresOf,
  writeNpy,
} from '@syntrace/detector-noisescope';
import { countOf } from '../../report/format.js';
import { untilInterrupted } from '../interrupt.js';
import { openSession, type Session } from '../open-session.js';
import { prepareFile, prepareFolder } from '../output/prepare.js';
import { type OutputFormat, rowSink } from '../output/sink.js';
import { phases } from '../phases.js';
import { openBlockLog } from './block-log.js';
import { writeEvidence, writeReport } from './evidence.js';
import type { Pile } from './gather.js';
import { labelledMetrics } from './labelled-metrics.js';
import type { ResidualOptions } from './residual-options.js';
import { collectionRow } from './rows.js';
import { takePile } from './take-pile.js';
import { openWorkers } from './workers.js';
import { writePictures, writeSheets } from './write-pictures.js';

export interface ClusterOptions extends ResidualOptions {
  readonly prepared?: string;
  readonly out?: string;
  readonly explain?: string;
  readonly report?: string;
  readonly resume?: string;
  readonly blockSize?: number;
  readonly database?: string;
  readonly data?: string;
  readonly store?: string;
  readonly s3Endpoint?: string;
  readonly s3Region?: string;
  readonly pceTables?: boolean;
  readonly mergeThreshold?: number;
  readonly preset?: string;
  readonly numReal: number;
  readonly numFake: number;
  readonly earlyStop: number;
  readonly minimumCluster: number;
  readonly sample?: number;
  readonly compat?: boolean;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly csv?: boolean;
  readonly seed: number;
}

/** Clusters a pile and judges its pictures; results go to standard output, and all of them to `--out`. */
export const clusterCommand = (paths: readonly string[], options: ClusterOptions): Promise<void> => untilInterrupted(signal => cluster(paths, options, signal));

async function cluster(paths: readonly string[], options: ClusterOptions, signal: AbortSignal): Promise<void> {
  const start = performance.now();
  const settings = settingsOf(options);
  for (const folder of [options.out, options.explain]) if (folder) await prepareFolder(folder);
  if (options.report) await prepareFile(options.report);
  const session = await openSession(options);
  const prepared = options.prepared ? await loadPrepared(options.prepared, session) : null;
  const pile = await takePile(paths, options, session, prepared, signal);
  const kernels = await session.syntrace.kernels();
  const shown = phases();
  const workers = await openWorkers(options, kernels.backend);
  const wantsTables = options.pceTables ?? (!workers && pile.residuals.count <= TABLES_UP_TO);
  const onTable = options.out && wantsTables ? tableWriter(options.out) : undefined;
  const blocks = await openBlockLog(options.resume, settings, prepared, pile);
  const found = await findGenerators(pile.residuals, prepared, settings, kernels, {
    signal,
    progress: shown.show,
    ...(onTable && { onTable }),
    ...(workers && { finder: workers }),
    ...(blocks && { blocks }),
  })
    .finally(() => {
      shown.stop();
      blocks?.close();
    })
    .catch(async error => {
      await workers?.close();
      throw error;
    });
  const scores = scoresOf(
    found,
    pile.pictures.map(({ place }) => place),
  );
  if (options.out) await writeResults(options.out, pile, found, session);
  if (options.explain) await writeEvidence(options.explain, pile, found, kernels);
  const seconds = (performance.now() - start) / 1000;
  if (options.report) await writeReport(options.report, pile, scores, found, kernels, seconds);
  print(pile, scores, options);
  say(pile, found, options, seconds);
  const metrics = prepared && labelledMetrics(pile.pictures, scores, found);
  if (metrics) {
    for (const line of metrics.lines) console.error(line);
    if (options.out) await writeFile(join(options.out, 'metrics.json'), `${JSON.stringify(metrics.values, null, 2)}\n`);
  }
  // What the workers found is kept until the results are written: a command that is ended before goes on from it.
  await workers?.forget();
  await workers?.close();
  await session.syntrace.close();
  process.exitCode = pile.refused.length > 0 || pile.pictures.some(({ place }) => typeof place !== 'number') ? 1 : 0;
}

/** @throws ARTIFACT_MISSING, ARTIFACT_INVALID, ARTIFACT_CHECKSUM, ARTIFACT_PICKLE */
export async function loadPrepared(folder: string, { loadAsset }: Pick<Session, 'loadAsset'>): Promise<Prepared> {
  if (/\.(pkl|pickle|joblib)$/i.test(folder)) throw new SyntraceError('ARTIFACT_PICKLE', { file: folder });
  return preparedOf(await loadArtifact(pathToFileURL(`${resolve(folder)}/`), loadAsset));
}

function settingsOf({ seed, compat, mergeThreshold, preset, earlyStop, minimumCluster, sample, blockSize, resume }: ClusterOptions): ClusterSettings {
  const known = Object.keys(PUBLISHED_MERGE_THRESHOLDS);
  if (preset !== undefined && !known.includes(preset)) throw new SyntraceError('USAGE', { detail: `--preset ${preset}: known are ${known.join(', ')}` });
  if (resume !== undefined && blockSize === undefined)
    throw new SyntraceError('USAGE', { detail: '--resume keeps finished blocks: give --block-size too (residuals are kept anyway, in the cache)' });
  const threshold = mergeThreshold ?? (preset === undefined ? undefined : PUBLISHED_MERGE_THRESHOLDS[preset]);
  return {
    ...CLUSTER_DEFAULTS,
    seed,
    compat: compat ?? false,
    earlyStop,
    minimumCluster,
    sample: sample ?? Math.min(CLUSTER_DEFAULTS.sample as number, minimumCluster),
    ...(threshold !== undefined && { mergeThreshold: threshold }),
    ...(blockSize !== undefined && { blockSize }),
  };
}

/** Pictures up to which tables are written unasked: 8 MB for the first. */
const TABLES_UP_TO = 1000;

const tableWriter = (folder: string) => async (round: number, clusters: number, table: Float64Array) => {
  await mkdir(join(folder, 'pce'), { recursive: true });
  await writeFile(join(folder, 'pce', `round-${round}.npy`), writeNpy('f64', [clusters, clusters], table));
};

async function writeResults(folder: string, pile: Pile, found: Found, session: Session): Promise<void> {
  const names = pile.pictures.flatMap(({ path, place }) => (typeof place === 'number' ? [path] : []));
  for (const [name, bytes] of resultFiles(found, names)) await writeFile(join(folder, name), bytes);
  const kernels = await session.syntrace.kernels();
  if (found.decisions) await writePictures(folder, found.decisions.fingerprints, kernels);
  await writeSheets(folder, found, pile.thumbnails);
}

function print(pile: Pile, scores: readonly Score[], { json, ndjson, csv }: ClusterOptions): void {
  const format: OutputFormat = ndjson ? 'ndjson' : json ? 'json' : csv ? 'csv' : 'table';
  const sink = rowSink(format);
  for (const [i, picture] of pile.pictures.entries()) sink.row(collectionRow(picture, scores[i]!));
  for (const { path, error } of pile.refused) sink.row({ path, error: error.toJSON() });
  sink.end();
}

function say({ pictures, refused }: Pile, found: Found, { out, explain, report }: ClusterOptions, seconds: number): void {
  for (const { code, message } of found.warnings) console.error(`${code} ${message}`);
  const flagged = found.classified.filter(({ synthetic }) => synthetic);
  const { clusters, rounds } = found.clustering;
  const largest = clusters.reduce((most, { length }) => Math.max(most, length), 0);
  const parts = [
    `${countOf(pictures.length, 'picture')} in ${seconds.toFixed(1)} s`,
    `${countOf(rounds.length, 'round')}, largest cluster ${largest}`,
    `${countOf(flagged.length, 'fingerprint')}${flagged.length ? ` of ${flagged.map(({ cluster }) => cluster.length).join(', ')} pictures` : ''}`,
  ];
  if (found.periodic) parts.push(`a periodic trace in ${found.periodic.members.size} pictures`);
  if (refused.length) parts.push(`${refused.length} could not be read`);
  if (out) parts.push(`results: ${out}`);
  if (explain) parts.push(`evidence: ${explain}`);
  if (report) parts.push(`report: ${report}`);
  console.error(parts.join(' · '));
}
