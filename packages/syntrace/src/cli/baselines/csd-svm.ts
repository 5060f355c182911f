import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { baselineDetector } from '@syntrace/baselines';
import { type Artifact, isFailure, loadArtifact, type Syntrace, SyntraceError, seededRandom, type TrainingSample } from '@syntrace/core';
import { decode, type ImageInput } from '@syntrace/image-io';
import type { Input } from '../../input.js';
import { useArtifact } from '../../weights.js';
import { expandInputs } from '../inputs.js';
import { interruptSignal } from '../interrupt.js';
import { openSession, type Session } from '../open-session.js';
import { prepareFolder } from '../output/prepare.js';
import { phases } from '../phases.js';
import type { CommonOptions } from '../program-parts.js';
import { startProgress } from '../progress.js';
import { writeArtifact } from './train.js';

interface CsdOptions extends CommonOptions {
  readonly trainImgDir: string;
  readonly realImgDir: string;
  readonly fakeImgDir: string;
  readonly numReal: number;
  readonly numFake: number;
  readonly svmModelPath: string;
  readonly published?: boolean;
  readonly seed: number;
  readonly json?: boolean;
}

/** Learns from real pictures, or takes the model that is there, and judges real and generated ones. */
export async function csdSvmCommand(options: CsdOptions): Promise<void> {
  const drawn = async (folder: string, most: number) =>
    seededRandom(options.seed, folder)
      .shuffle((await expandInputs([folder])).sources)
      .slice(0, most);
  const [real, fake] = [await drawn(options.realImgDir, options.numReal), await drawn(options.fakeImgDir, options.numFake)];
  const session = await openSession(options);
  try {
    const artifact = await modelOf(options, real, session);
    const [wrong, missed] = [await calledSynthetic(real, artifact, session.syntrace), fake.length - (await calledSynthetic(fake, artifact, session.syntrace))];
    say({ tp: fake.length - missed, fn: missed, fp: wrong, tn: real.length - wrong }, artifact, options);
  } finally {
    await session.syntrace.close();
  }
}

/** The published script learns from the very pictures that it tests. */
async function modelOf(options: CsdOptions, real: readonly ImageInput[], { syntrace, loadAsset }: Session): Promise<Artifact> {
  const { svmModelPath, trainImgDir } = options;
  if (await stat(join(svmModelPath, 'model.json')).catch(() => null)) return loadArtifact(pathToFileURL(`${resolve(svmModelPath)}/`), loadAsset);
  await prepareFolder(svmModelPath);
  const sources = options.published ? real : (await expandInputs([trainImgDir])).sources;
  const set = basename(resolve(options.published ? options.realImgDir : trainImgDir));
  const train = sources.map((source): TrainingSample => ({ uri: String(source), label: 0, set, group: set, open: async () => decode(source) }));
  const shown = phases();
  const context = await syntrace.context(interruptSignal());
  const artifact = await baselineDetector('csd-svm').trainable!.fit({ name: set, train, validation: [] }, {}, context, shown.show).finally(shown.stop);
  await writeArtifact(svmModelPath, artifact);
  console.error(`wrote ${svmModelPath}`);
  return artifact;
}

async function calledSynthetic(sources: readonly ImageInput[], artifact: Artifact, syntrace: Syntrace<Input>): Promise<number> {
  useArtifact(syntrace, artifact, '--svm-model-path');
  let count = 0;
  const progress = startProgress('test', sources.length);
  try {
    for await (const outcome of syntrace.detectAll(sources, { detectors: ['csd-svm'], signal: interruptSignal() })) {
      if (isFailure(outcome)) throw new SyntraceError('USAGE', { detail: `${outcome.uri}: ${outcome.error.message}` });
      count += Number(outcome.verdict === 'synthetic');
      progress.step();
    }
  } finally {
    progress.stop();
  }
  return count;
}

interface Counts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

function say({ tp, fp, fn, tn }: Counts, { card }: Artifact, { published, json }: CsdOptions): void {
  // The script's positive class is real.
  const [hit, wrong, miss] = published ? [tn, fn, fp] : [tp, fp, fn];
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  const found = {
    positive: published ? 'real' : 'synthetic',
    tp,
    fp,
    fn,
    tn,
    precision: share(hit, hit + wrong),
    recall: share(hit, hit + miss),
    f1: share(2 * hit, 2 * hit + wrong + miss),
    accuracy: share(tp + tn, tp + fp + fn + tn),
    ...(card.training.parameters as Readonly<Record<string, number>>),
  };
  if (json) console.log(JSON.stringify(found, null, 2));
  else {
    const show = (value: number | null) => value?.toFixed(3) ?? '–';
    console.log(
      `precision ${show(found.precision)} · recall ${show(found.recall)} · F1 ${show(found.f1)} (positive: ${found.positive}); ${fp} of ${fp + tn} real pictures and ${tp} of ${tp + fn} generated ones were called synthetic`,
    );
  }
}
