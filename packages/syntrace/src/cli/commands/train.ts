import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Artifact,
  type Checkpoint,
  type DetectorContext,
  type Importable,
  type Kernels,
  nearestName,
  SyntraceError,
  type Trainable,
  type TrainingData,
  type TrainingOption,
} from '@syntrace/core';
import { type Dataset, leakage, openDataset, trainingDataOf } from '@syntrace/datasets';
import { fitState, readCheckpoint } from '@syntrace/model-runtime';
import { aliasOf } from '../aliases.js';
import { checkpointBytes } from '../checkpoint-bytes.js';
import { CheckpointFile } from '../checkpoint-file.js';
import { interruptSignal } from '../interrupt.js';
import { openSession, type Session, type SessionOptions } from '../open-session.js';
import { prepareFolder } from '../output/prepare.js';
import { sayDataset } from '../output/say-dataset.js';
import { type Progress, startProgress } from '../progress.js';
import { withGenerator } from '../training/add-generator.js';
import { CurveFiles } from '../training/curve-files.js';

interface TrainOptions extends SessionOptions {
  readonly out: string;
  readonly set?: readonly string[];
  readonly resume?: string;
  readonly seed: number;
  readonly from?: string;
  readonly leaveOut?: readonly string[];
  readonly add?: readonly string[];
}

/** Fits a detector and writes `model.json` with the files it names. */
export async function trainCommand(name: string, paths: readonly string[], options: TrainOptions): Promise<void> {
  const { detector: detectorId, settings: published } = aliasOf(name);
  const { syntrace } = await openSession(options);
  const { trainable, importable } = syntrace.registry.detector(detectorId);
  if (!trainable) {
    const able = syntrace.registry.listDetectors().flatMap(detector => (detector.trainable ? [detector.id] : []));
    throw new SyntraceError('DETECTOR_NOT_TRAINABLE', { id: detectorId, available: able.join(', ') || 'none' });
  }
  const datasets = await Promise.all(paths.map(path => openDataset(path)));
  datasets.forEach(sayDataset);
  const kernels = await syntrace.kernels();
  const data = await withAdded(trainingDataOf(leavingOut(datasets, options.leaveOut ?? []), kernels), options, trainable, kernels);
  console.error(`training on ${data.train.length} pictures, choosing on ${data.validation.length}`);
  const leaks = await leakage(data);
  if (leaks.length > 0) console.error(`warning: ${leaks.length} validation pictures are also training pictures, e.g. ${leaks[0]!.uri}`);
  const added = options.add && { classes: options.add[0]!, keep: true };
  const settings = { seed: options.seed, ...published, ...parseSet(options.set ?? [], trainable.options), ...added };
  const initial = options.from === undefined ? null : await initialState(options.from, detectorId, importable);
  await prepareFolder(options.out);
  const checkpoint = options.resume ? await CheckpointFile.open(options.resume, `${detectorId} ${syntrace.registry.versionOf(detectorId)}`) : null;
  const curve = new CurveFiles(options.out, `Training of ${detectorId}`);
  const artifact = await fitted(trainable, data, settings, { syntrace, checkpoint, curve, initial }).finally(() => checkpoint?.close());
  for (const [name, bytes] of artifact.files) await writeFile(join(options.out, name), bytes);
  await writeFile(join(options.out, 'model.json'), `${JSON.stringify(artifact.card, null, 2)}\n`);
  await syntrace.close();
  console.error(`wrote ${['model.json', ...artifact.files.keys()].map(name => join(options.out, name)).join(', ')}`);
}

/** Datasets without some generators. @throws USAGE for one that is in none of them */
function leavingOut(datasets: readonly Dataset[], generators: readonly string[]): readonly Dataset[] {
  const known = [...new Set(datasets.flatMap(({ groups }) => groups.map(({ group }) => group)))];
  const unknown = generators.find(each => !known.includes(each));
  if (unknown !== undefined) throw new SyntraceError('USAGE', { detail: `--leave-out: no generator ${unknown}${nearestName(unknown, known)}` });
  return datasets.map(dataset => ({ ...dataset, items: dataset.items.filter(({ group }) => !generators.includes(group)) }));
}

/** The data with the pictures of one more generator. @throws USAGE for a method that keeps no generators apart */
async function withAdded(data: TrainingData, { add, seed }: TrainOptions, { options }: Trainable, kernels: Kernels): Promise<TrainingData> {
  if (!add) return data;
  const [name, folder, ...more] = add;
  if (name === undefined || folder === undefined || more.length > 0)
    throw new SyntraceError('USAGE', { detail: `--add takes a name and a folder, received ${add.join(' ')}` });
  if (!options.keep || !options.classes) throw new SyntraceError('USAGE', { detail: '--add is for methods that learn each generator by itself: masksim' });
  return withGenerator(data, name, folder, seed, kernels);
}

/** A checkpoint's weights to begin with. @throws USAGE for a detector that takes none, and whatever reading a checkpoint throws */
async function initialState(file: string, detectorId: string, importable: Importable | undefined): Promise<NonNullable<DetectorContext['initial']>> {
  if (!importable) throw new SyntraceError('USAGE', { detail: `--from: detector ${detectorId} takes no published weights` });
  const { tensors } = readCheckpoint(await checkpointBytes(file, undefined), file);
  return fitState(tensors, importable.network, importable.ignored, file).state;
}

interface Surroundings {
  readonly initial: DetectorContext['initial'] | null;
  readonly syntrace: Session['syntrace'];
  readonly checkpoint: Checkpoint | null;
  readonly curve: CurveFiles;
}

/** Fits with a bar for each phase, a line for each epoch and the curves. @throws ABORTED after an interruption */
async function fitted(
  trainable: Trainable,
  data: TrainingData,
  settings: Parameters<Trainable['fit']>[1],
  { syntrace, checkpoint, curve, initial }: Surroundings,
): Promise<Artifact> {
  const signal = interruptSignal();
  let phase = '';
  let progress: Progress | undefined;
  let written: Promise<unknown> = Promise.resolve();
  try {
    const context = { ...(await syntrace.context(signal)), ...(checkpoint && { checkpoint }), ...(initial && { initial }) };
    return await trainable.fit(data, settings, context, p => {
      if (p.epoch) {
        const { epoch } = p;
        written = written.then(async () => {
          const words = await curve.add(epoch);
          if (progress) progress.aside(() => console.error(words));
          else console.error(words);
        });
      }
      if (p.phase !== phase) {
        progress?.stop();
        progress = startProgress(p.phase, p.total);
        phase = p.phase;
      }
      progress?.to(p.done, p.total);
    });
  } catch (error) {
    throw signal.aborted ? new SyntraceError('ABORTED', {}, error) : error;
  } finally {
    await written;
    progress?.stop();
  }
}

/** `name=value` pairs in the types that the method declares. @throws USAGE */
function parseSet(pairs: readonly string[], known: Readonly<Record<string, TrainingOption>>): Record<string, string | number | boolean> {
  const refuse = (detail: string): never => {
    throw new SyntraceError('USAGE', { detail });
  };
  const entries = pairs.map(pair => {
    const [, name, text] = /^([^=]+)=(.*)$/.exec(pair) ?? refuse(`--set takes name=value, received ${pair}; the names are\n${describe(known)}`);
    const option = Object.hasOwn(known, name!)
      ? known[name!]!
      : refuse(`there is no option ${name}${nearestName(name!, Object.keys(known))}; --set takes\n${describe(known)}`);
    if (option.type === 'string') return [name!, text!];
    if (option.type === 'boolean') return [name!, text === 'true' || (text !== 'false' && refuse(`--set ${name} must be true or false, received ${text}`))];
    return [name!, Number.isFinite(Number(text)) && text !== '' ? Number(text) : refuse(`--set ${name} must be a number, received ${text}`)];
  });
  return Object.fromEntries(entries);
}

const describe = (known: Readonly<Record<string, TrainingOption>>): string =>
  Object.entries(known)
    .map(([name, { default: value, description }]) => `  ${name} (default ${String(value) || 'empty'}): ${description}`)
    .join('\n');
