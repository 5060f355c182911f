import { BatchRun, type Image, type OpenCollectionDetector, Registry, type RunProgress, SyntraceError } from '@syntrace/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Prepared, prepare } from '../src/calibrate/prepare.js';
import { preparedArtifact, preparedOf } from '../src/calibrate/prepared-artifact.js';
import { noiseScopeDetector } from '../src/detector.js';
import type { NoiseScopeEvidence } from '../src/evidence.js';
import { readLibrary } from '../src/match/library.js';
import { fingerprintDetector } from '../src/match/match-detector.js';
import { collectResiduals } from '../src/residuals/collect.js';
import type { Residuals } from '../src/residuals/residuals.js';
import type { ResidualStore } from '../src/residuals/store.js';
import { FINGERPRINTS_FILE } from '../src/result/files.js';
import { type ClusterSettings, PREPARE_DEFAULTS } from '../src/settings.js';
import { openKernels } from './kernels.js';
import { framePattern, gridPattern, many, picture } from './pictures.js';

const host = openKernels();
const silent = { debug() {}, info() {}, warn() {} };
const { signal } = new AbortController();
/** Small numbers, so that the test is quick: 12 pictures a cluster. */
const SETTINGS: Partial<ClusterSettings> = { minimumCluster: 12, sample: 12 };
let reference: Prepared;

beforeAll(async () => {
  const { residuals } = await collectResiduals(many(1000, 120), host.kernels, {});
  reference = await prepare(residuals, { ...PREPARE_DEFAULTS, groups: 40, groupSize: 4, blockSize: 12 }, host.kernels);
}, 240_000);

async function judge(images: readonly Image[], options: Parameters<typeof noiseScopeDetector>[0] = {}) {
  const loadAsset = async () => new Uint8Array();
  const open = await noiseScopeDetector({ prepared: reference, settings: SETTINGS, ...options }).open({
    kernels: host.kernels,
    loadAsset,
    logger: silent,
    signal,
  });
  const progress: RunProgress[] = [];
  const run = new BatchRun(new Registry(), host.kernels, silent, signal, entry => progress.push(entry));
  const stream = (async function* () {
    yield* images;
  })();
  const found = await (open as OpenCollectionDetector<NoiseScopeEvidence>).detectCollection(stream, run);
  return { ...found, progress };
}

const verdicts = (scores: Awaited<ReturnType<typeof judge>>['scores']) => scores.map(({ verdict }) => verdict);
const share = (found: readonly string[], verdict: string) => found.filter(own => own === verdict).length / found.length;

describe('a pile with one generator', () => {
  const pile = () => [...many(1, 30, framePattern(1, 3)), ...many(500, 40)];

  it('gives its pictures away, with cluster, fingerprint and evidence', async () => {
    const { scores, finding, progress } = await judge(pile());
    const found = verdicts(scores);
    expect(share(found.slice(0, 30), 'synthetic')).toBeGreaterThanOrEqual(0.9);
    expect(share(found.slice(30), 'real')).toBeGreaterThanOrEqual(0.9);
    const flagged = finding.clusters.filter(({ verdict }) => verdict === 'synthetic');
    expect(flagged).toHaveLength(1);
    expect(flagged[0]!.images.filter(image => image < 30).length).toBeGreaterThanOrEqual(25);
    expect(new Set(finding.clusters.flatMap(({ images }) => images)).size).toBe(70);
    expect(scores[0]!.evidence).toMatchObject({ cluster: 'cluster-1', fingerprint: 'fingerprint-1' });
    expect(scores[0]!.evidence.pce['fingerprint-1']).toBe(scores[0]!.score);
    expect(finding.explanations.map(({ id }) => id)).toEqual(['fingerprint-1', 'fingerprint-1.spectrum', 'fingerprint-1.members']);
    expect(scores[0]!.statements!.join(' ')).toMatch(/merged into cluster-1 with those of \d+ other pictures\. PCE .* with fingerprint-1/);
    expect([...new Set(progress.map(({ phase }) => phase))]).toEqual(['residuals', 'compare', 'merge', 'decide', 'periodic traces']);
  });

  it('gives the same twice, and results as files that can be read again', async () => {
    const [a, b] = [await judge(pile()), await judge(pile())];
    expect(b.scores).toEqual(a.scores);
    const files = a.finding.files!;
    expect(files).toEqual(b.finding.files);
    const lines = new TextDecoder().decode(files.get('merges.ndjson')).trim().split('\n');
    expect(JSON.parse(lines[0]!)).toMatchObject({ round: 0, clusters: 70 });
    expect(new TextDecoder().decode(files.get('decisions.csv')).split('\r\n')).toHaveLength(72);
    expect(readLibrary(files.get(FINGERPRINTS_FILE)!, FINGERPRINTS_FILE).fingerprints.maps).toHaveLength(1);
  });

  it('makes a detector of single pictures', async () => {
    const { finding } = await judge(pile());
    const library = readLibrary(finding.files!.get(FINGERPRINTS_FILE)!, FINGERPRINTS_FILE);
    const open = await fingerprintDetector(library).open({ kernels: host.kernels, loadAsset: async () => new Uint8Array(), logger: silent, signal });
    const run = new BatchRun(new Registry(), host.kernels, silent, signal);
    const scores = await open.detect([...many(7000, 5, framePattern(1, 3)), ...many(8000, 5), picture(1, undefined, 64)], run);
    expect(scores.map(({ verdict }) => verdict)).toEqual([...Array(5).fill('synthetic'), ...Array(5).fill('real'), 'inconclusive']);
    expect(scores.at(-1)!.warnings[0]!.code).toBe('NOISESCOPE_SIZE');
    const drawn = await open.explain!(picture(7000, framePattern(1, 3)), run);
    const { width, height, data } = drawn[0]!.picture;
    expect([drawn[0]!.id, width, height]).toEqual(['noisescope.peak', 65, 65]);
    const redness = Array.from({ length: width * height }, (_, i) => data[4 * i]! - data[4 * i + 2]!);
    expect(redness.indexOf(Math.max(...redness))).toBe(32 * width + 32);
  });

  it('is told by leaving members out of their own fingerprint, unlike as published', async () => {
    const [ours, published] = [await judge(pile()), await judge(pile(), { settings: { ...SETTINGS, compat: true } })];
    const members = ours.finding.clusters.find(({ verdict }) => verdict === 'synthetic')!.images;
    for (const member of members) expect(published.scores[member]!.score!).toBeGreaterThan(ours.scores[member]!.score!);
  });
});

describe('a pile', () => {
  it('with two generators gives two fingerprints', async () => {
    const { scores, finding } = await judge([...many(1, 24, framePattern(1, 3)), ...many(200, 24, framePattern(2, 3)), ...many(500, 30)]);
    expect(finding.clusters.filter(({ verdict }) => verdict === 'synthetic')).toHaveLength(2);
    expect(scores[0]!.evidence.fingerprint).not.toBe(scores[30]!.evidence.fingerprint);
  });

  it('of photographs alone has no generator, and says so', async () => {
    const { scores, finding } = await judge(many(500, 60));
    expect(verdicts(scores)).toEqual(Array(60).fill('real'));
    expect(finding.warnings!.map(({ code }) => code)).toContain('NOISESCOPE_NOTHING_FOUND');
  });

  it('of a generator that leaves a grid is seen by the grid, and not by the published rules', async () => {
    const pile = [...many(1, 30, gridPattern(4, 2)), ...many(500, 40)];
    const { scores } = await judge(pile);
    expect(share(verdicts(scores).slice(0, 30), 'synthetic')).toBeGreaterThanOrEqual(0.8);
    expect(share(verdicts(scores).slice(30), 'real')).toBeGreaterThanOrEqual(0.9);
    const published = await judge(pile, { settings: { ...SETTINGS, compat: true } });
    expect(published.scores.every(({ evidence }) => evidence.periodic === null)).toBe(true);
  });

  it('without a reference is clustered and not judged', async () => {
    const loadAsset = async () => new Uint8Array();
    const open = await noiseScopeDetector({ settings: SETTINGS }).open({ kernels: host.kernels, loadAsset, logger: silent, signal });
    const run = new BatchRun(new Registry(), host.kernels, silent, signal);
    const scores = await open.detect([...many(1, 14, framePattern(1, 3)), ...many(500, 10)], run);
    expect(new Set(scores.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']));
    expect(scores[0]!.warnings[0]!.code).toBe('NOISESCOPE_NO_REFERENCE');
  });

  it('leaves pictures of another size out, each with the reason', async () => {
    const { scores } = await judge([...many(1, 3), picture(9, undefined, 64)]);
    expect(scores[3]).toMatchObject({ score: null, verdict: 'inconclusive', warnings: [{ code: 'NOISESCOPE_SIZE' }] });
  });

  it('keeps residuals by content: a renamed picture is not computed again', async () => {
    const kept = new Map<string, Float32Array>();
    let computed = 0;
    const store: ResidualStore = {
      get: async key => kept.get(key),
      put: async (key, residual) => {
        computed++;
        kept.set(key, residual);
      },
    };
    const images = many(1, 6);
    const first = await collectResiduals(images, host.kernels, { store });
    const renamed = images.map(image => ({ ...image, source: { ...image.source, uri: 'other' } }));
    const again = await collectResiduals(renamed, host.kernels, { store });
    expect(computed).toBe(6);
    expect(await everything(again.residuals)).toEqual(await everything(first.residuals));
  });

  it('is judged alike whether residuals stay in memory or are fetched from the store', async () => {
    const kept = new Map<string, Float32Array>();
    const store: ResidualStore = { get: async key => kept.get(key), put: async (key, residual) => void kept.set(key, residual) };
    const images = [...many(1, 20, framePattern(1, 3)), ...many(500, 20)];
    const [held, fetched] = [await judge(images), await judge(images, { store, memory: 0 })];
    expect(fetched.scores).toEqual(held.scores);
    const { residuals } = await collectResiduals(images, host.kernels, { store, memory: 0 });
    kept.clear();
    await expect(everything(residuals)).rejects.toThrow(/removed from the cache/);
  });

  it('is clustered block by block where that is asked for, and finds its generator', async () => {
    const images = [...many(1, 30, framePattern(1, 3)), ...many(500, 40)];
    const { scores, finding } = await judge(images, { settings: { ...SETTINGS, blockSize: 35 } });
    expect(share(verdicts(scores).slice(0, 30), 'synthetic')).toBeGreaterThanOrEqual(0.9);
    expect(new Set(finding.clusters.flatMap(({ images: members }) => members)).size).toBe(70);
    const rounds = new TextDecoder()
      .decode(finding.files!.get('merges.ndjson'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(new Set(rounds.map(({ block }) => block))).toEqual(new Set([1, 2, undefined]));
  });
});

const everything = (residuals: Residuals) => residuals.stack(Array.from({ length: residuals.count }, (_, i) => i));

describe('a prepared reference', () => {
  it('comes back from its files, and refuses ones that do not fit', async () => {
    const artifact = await preparedArtifact(reference, { name: 'test', licence: 'none' });
    const again = preparedOf(artifact);
    expect(again.outliers).toEqual(reference.outliers);
    expect(again.mergeThreshold).toEqual(reference.mergeThreshold);
    expect(await everything(again.reference)).toEqual(await everything(reference.reference));
    expect(() => preparedOf({ ...artifact, card: { ...artifact.card, detector: 'other' } })).toThrow(/its card is of other/);
    expect(() => preparedOf({ ...artifact, files: new Map() })).toThrow(/does not name it/);
  });

  it('warns of few groups, and says how many photographs are missing', async () => {
    const few = await prepare(reference.reference, { ...PREPARE_DEFAULTS, groupSize: 10, blockSize: 30 }, host.kernels);
    expect(few.warnings.map(({ code }) => code)).toEqual(['NOISESCOPE_FEW_GROUPS', 'NOISESCOPE_FEW_REFERENCES']);
    expect(few.warnings[0]!.message).toMatch(/12 groups.*180 more pictures make 30/);
    const { residuals } = await collectResiduals(many(1, 10), host.kernels, {});
    const error = await prepare(residuals, PREPARE_DEFAULTS, host.kernels).catch((thrown: unknown) => thrown);
    expect(SyntraceError.is(error, 'REFERENCE_TOO_SMALL') && error.message).toMatch(/10 reference photographs.*91 more/);
  });
});
