import type { Plugin } from '@syntrace/core';
import type { KitOptions } from '../src/options.js';
import {
  believing,
  brokenForGood,
  changed,
  closesOnce,
  colourOnly,
  contrast,
  countsOpenings,
  deafCollection,
  explaining,
  keepsWeights,
  leak,
  leaking,
  relative,
  sharedBuffer,
  withScore,
} from './bad-detectors.js';
import { collection, detector, honest, judgeAll, plugin } from './detectors.js';

/** A plugin that breaks one rule. Others may break with it where they rest on the same promise. */
export interface BadPlugin {
  readonly what: string;
  readonly plugin: Plugin;
  readonly options?: Partial<KitOptions>;
}

let calls = 0;
const bad = (what: string, ...detectors: Parameters<typeof plugin>): BadPlugin => ({ what, plugin: plugin(...detectors) });

/** For every rule on plugins and detectors, plugins that it catches. */
export const BAD_PLUGINS: Readonly<Record<string, readonly BadPlugin[]>> = {
  'plugin/contract': [
    { what: 'made for another contract', plugin: { ...plugin(detector()), contract: 2 as never } },
    bad('an id that is no word', detector({}, { id: 'Mean Luma' })),
    bad('two detectors of one id', detector(), detector()),
    bad('no description', detector({}, { description: '' })),
  ],
  'plugin/inert': [
    {
      what: 'importing it sets a global',
      plugin: plugin(detector()),
      options: {
        load: async () => {
          (globalThis as Record<string, unknown>)[`kitLoaded${++calls}`] = true;
          return plugin(detector());
        },
      },
    },
  ],
  'plugin/browser': [
    {
      what: 'a node: import in the browser build',
      plugin: plugin(detector()),
      options: { browserModules: new Map([['index.js', "import fs from 'node:fs'; export default fs;"]]) },
    },
    {
      what: 'a bare import of one',
      plugin: plugin(detector()),
      options: { browserModules: new Map([['index.js', "export const read = () => import('fs/promises');"]]) },
    },
  ],
  'detector/opens': [
    bad('no detect', detector({ detect: undefined as never })),
    bad('a collection without detectCollection', detector({}, { unit: 'collection' })),
  ],
  'detector/answers': [
    bad(
      'a score that is no number',
      changed(() => ({ score: Number.NaN })),
    ),
    bad(
      'a probability above one',
      changed(() => ({ probability: 1.5 })),
    ),
    bad(
      'a verdict of its own',
      changed(() => ({ verdict: 'fake' as never })),
    ),
    bad(
      'synthetic below the threshold',
      changed(() => ({ score: -1, threshold: 0, verdict: 'synthetic' })),
    ),
    bad(
      'a score without a threshold',
      changed(() => ({ threshold: null })),
    ),
    bad(
      'an abstention without a reason',
      changed(() => ({ score: null, threshold: null, probability: null, verdict: 'inconclusive', warnings: [] })),
    ),
    bad(
      'a warning without words',
      changed(() => ({ warnings: [{ code: 'X', message: '' }] })),
    ),
    bad(
      'no evidence',
      changed(() => ({ evidence: undefined })),
      ...[],
    ),
  ],
  'detector/one-answer-each': [
    bad('one answer for a batch', detector({ detect: async (batch, run) => (batch.length === 0 ? [] : [await honest(batch[0]!, run)]) })),
    bad('the last picture forgotten', detector({ detect: async (batch, run) => judgeAll(batch.length > 1 ? batch.slice(0, -1) : batch, run) })),
  ],
  'detector/empty-batch': [
    bad('an answer to no picture', detector({ detect: async (batch, run) => (batch.length > 0 ? judgeAll(batch, run) : [{ score: 1 } as never]) })),
    bad('no picture is an error', detector({ detect: async (batch, run) => [await honest(batch[0]!, run), ...(await judgeAll(batch.slice(1), run))] })),
  ],
  'detector/batch': [bad('scores relative to the batch', detector({ detect: relative }))],
  'detector/order': [bad('sorted by score', detector({ detect: async (batch, run) => [...(await judgeAll(batch, run))].sort((a, b) => a.score! - b.score!) }))],
  'detector/deterministic': [
    bad(
      'a random part',
      changed(({ score }) => withScore(score! + Math.random() / 1e6)),
    ),
    bad(
      'counts its calls',
      changed(({ score }) => withScore(score! + ++calls)),
    ),
  ],
  'detector/concurrent': [bad('one buffer for all batches', sharedBuffer())],
  'detector/odd-pictures': [
    bad('colour only', detector({ detect: async (batch, run) => judgeAll(batch.map(colourOnly), run) })),
    bad(
      'divides by the contrast',
      detector({
        detect: async (batch, run) => (await judgeAll(batch, run)).map((score, i) => ({ ...score, score: score.score! / contrast(batch[i]!.data) })),
      }),
    ),
  ],
  'detector/hostile-pictures': [
    bad('believes the size', detector({ detect: async batch => batch.map(believing) })),
    bad('broken for good by one bad picture', brokenForGood()),
  ],
  'detector/leaves-input': [
    bad(
      'works in place',
      detector({
        detect: async (batch, run) => {
          const scores = await judgeAll(batch, run);
          for (const { data } of batch) if (data.length > 0) data[0] = 255 - data[0]!;
          return scores;
        },
      }),
    ),
  ],
  'detector/abort': [
    bad('waits for ever once it was stopped', detector({ detect: async (batch, run) => (run.signal.aborted ? new Promise(() => {}) : judgeAll(batch, run)) })),
  ],
  'detector/memory': [bad('a tensor for each batch', detector({ detect: leaking }))],
  'detector/close': [
    {
      what: 'weights are kept after closing',
      plugin: plugin(keepsWeights()),
    },
    bad('closing twice is an error', closesOnce()),
  ],
  'detector/no-globals': [
    bad(
      'a cache on the global object',
      detector({
        detect: async (batch, run) => {
          (globalThis as Record<string, unknown>)[`kitCache${++calls}`] = batch;
          return judgeAll(batch, run);
        },
      }),
    ),
  ],
  'detector/card': [
    bad(
      'another threshold than it uses',
      detector({}, { card: async () => ({ detector: 'mean', licence: 'MIT', method: 'mean', trainingData: [{}], threshold: 7 }) as never }),
    ),
  ],
  'detector/evidence-drawable': [
    bad('too few samples', explaining({ picture: { width: 2, height: 2, data: new Uint8Array(4) } })),
    bad('transparent', explaining({ picture: { width: 1, height: 1, data: new Uint8Array(4) } })),
    bad('no words', explaining({ description: '' })),
  ],
  'detector/ensemble': [bad('counts how often it was opened', countsOpenings())],
  'detector/worker': [
    bad(
      'a function as evidence',
      changed(() => ({ evidence: () => 1 })),
    ),
  ],
  'collection/answers': [
    bad(
      'one answer too few',
      collection(scores => ({ scores: scores.slice(1) })),
    ),
    bad(
      'a cluster of pictures that are not there',
      collection(() => ({ finding: { clusters: [{ id: 'a', images: [99], verdict: 'real' }], explanations: [] } })),
    ),
  ],
  'collection/small': [
    bad(
      'needs a third picture without saying so',
      collection((scores, _, count) => {
        if (count < 3) throw new TypeError(`undefined is not a score (${scores.length})`);
        return {};
      }),
    ),
  ],
  'collection/deterministic': [
    bad(
      'a random order of clusters',
      collection(scores => ({ scores: scores.map(score => ({ ...score, ...withScore(Math.random()) })) })),
    ),
  ],
  'collection/abort': [bad('goes on', deafCollection())],
  'collection/memory': [
    bad(
      'a tensor for each collection',
      collection((_, run) => {
        leak(run);
        return {};
      }),
    ),
  ],
};
