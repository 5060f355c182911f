import type { KernelBackend, Kernels, Learners } from '@syntrace/core';
import { createLearners } from '@syntrace/training';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellsOf } from '../../src/classic/grid.js';
import type { Look } from '../../src/classic/look.js';
import { type Method, type Parameters, type Part, parameterKey, predicted } from '../../src/classic/method.js';
import { csdSvm, foldAccuracies, GAMMAS } from '../../src/classic/methods/csd-svm.js';
import { componentsFor, eigenfaces } from '../../src/classic/methods/eigenfaces.js';
import { knn } from '../../src/classic/methods/knn.js';
import { prnu } from '../../src/classic/methods/prnu.js';
import type { Able } from '../../src/classic/train.js';
import { golden, hasGolden } from '../platform/node.js';
import { npy } from './npy.js';

const KS = [1, 3, 5, 9, 17, 33, 65];

/** What the official code and scikit-learn give, on a backend of kernels. */
export function goldenSuite(backend: KernelBackend): void {
  const { signal } = new AbortController();
  let context: Able;
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await backend.open({ threads: 1 });
    const learners: Learners = await createLearners();
    const loadAsset = async () => Promise.reject(new Error('there are no assets'));
    context = { kernels, learners, loadAsset, logger: { debug() {}, info() {}, warn() {} }, signal };
  });
  afterAll(() => kernels?.close());

  const array = async (name: string) => npy(await golden(name));
  const partOf = async (x: string, y: string, look: Look): Promise<Part> => ({
    x: Float32Array.from((await array(`frequency/baselines/${x}.npy`)).data),
    y: Uint8Array.from((await array(`frequency/baselines/${y}.npy`)).data),
    classes: 3,
    look,
  });
  const features: Look = { input: 'dct', size: 32, colour: 'rgb' };
  const samples: Look = { input: 'samples', size: 32, colour: 'rgb' };
  const scoresOf = async (method: Method, train: Part, x: Float32Array, parameters: Parameters): Promise<Float64Array> => {
    const fitted = await method.fit(train, parameters, context);
    const scorer = method.open({ ...fitted, look: train.look, classes: train.classes }, kernels);
    return scorer.scores(x).finally(() => scorer.close());
  };
  const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, absolute: number, relative = 0) => {
    expect(found.length).toBe(wanted.length);
    for (let i = 0; i < wanted.length; i++) expect(Math.abs(found[i]! - wanted[i]!), `value ${i}`).toBeLessThan(absolute + relative * Math.abs(wanted[i]!));
  };
  const cellAccuracies = async (method: Method, train: Part, test: Part, cells: readonly Parameters[]) => {
    const found: number[] = [];
    for await (const accuracy of method.cells!(train, test, cells, context)) found.push(accuracy);
    return found;
  };

  describe.skipIf(!hasGolden)('golden data', () => {
    it('kNN: predictions and accuracies of scikit-learn, of every number of neighbours', async () => {
      const [train, test] = [await partOf('train_features', 'train_labels', features), await partOf('test_features', 'test_labels', features)];
      const wanted = (await array('frequency/baselines/knn_pred.npy')).data;
      for (const [i, n_neighbors] of KS.entries()) {
        const scores = await scoresOf(knn, train, test.x, { n_neighbors });
        expect([...predicted(scores, 3)], `${n_neighbors} neighbours`).toEqual([...wanted.subarray(30 * i, 30 * (i + 1))]);
      }
      close(await cellAccuracies(knn, train, test, cellsOf({ n_neighbors: KS })), (await array('frequency/baselines/knn_score.npy')).data, 1e-12);
    });

    it('kNN on pixels', async () => {
      const pixels = async (name: string, labels: string): Promise<Part> => {
        const part = await partOf(name, labels, { ...features, input: 'pixels' });
        return { ...part, x: part.x.map(value => value / 127.5 - 1) };
      };
      const [train, test] = [await pixels('train_images', 'train_labels'), await pixels('test_images', 'test_labels')];
      const wanted = (await array('frequency/baselines/knn_pixel_pred.npy')).data;
      for (const [i, n_neighbors] of KS.entries())
        expect([...predicted(await scoresOf(knn, train, test.x, { n_neighbors }), 3)]).toEqual([...wanted.subarray(30 * i, 30 * (i + 1))]);
    });

    it('Eigenfaces: components, decisions and the whole grid of the official classifier', async () => {
      const [train, test] = [await partOf('train_features', 'train_labels', features), await partOf('test_features', 'test_labels', features)];
      for (const C of [0.0001, 0.01, 0.1]) {
        const decisions = await scoresOf(eigenfaces, train, test.x, { pca_target_variance: 0.95, C });
        close(decisions, (await array(`frequency/baselines/svm_decision_C${C}.npy`)).data, 2e-3);
        expect([...predicted(decisions, 3)]).toEqual([...(await array(`frequency/baselines/svm_pred_C${C}.npy`)).data]);
      }
      const grid = JSON.parse(new TextDecoder().decode(await golden('frequency/baselines/eigenfaces_grid.json'))) as Record<string, [number, number]>;
      const cells = cellsOf(eigenfaces.grid);
      const found = await cellAccuracies(eigenfaces, train, test, cells);
      for (const [i, { pca_target_variance: v, C }] of cells.entries()) {
        const [components, accuracy] = grid[`v${v}_C${C}`]!;
        expect(Math.abs(found[i]! - accuracy)).toBeLessThan(1.01 / 30);
        const { tensors } = await eigenfaces.fit(train, cells[i]!, context);
        expect(tensors.get('offsets')!.shape, parameterKey(eigenfaces, cells[i]!)).toEqual([components]);
      }
    });

    it('PRNU: fingerprints, correlations and predictions of the official code', async () => {
      const [train, test] = [await partOf('train_images', 'train_labels', samples), await partOf('test_images', 'test_labels', samples)];
      const parameters = { levels: 2, sigma: 0.8, saturation: 1 };
      const { tensors } = await prnu.fit(train, parameters, context);
      close(tensors.get('fingerprints')!.data, (await array('frequency/prnu/fingerprints.npy')).data, 2e-5, 1e-3);
      const scores = await scoresOf(prnu, train, test.x, parameters);
      const wanted = (await array('frequency/prnu/ncc.npy')).data;
      close(
        scores,
        scores.map((_, i) => wanted[(i % 3) * 30 + Math.floor(i / 3)]!),
        1e-4,
      );
      expect([...predicted(scores, 3)]).toEqual([...(await array('frequency/prnu/pred.npy')).data]);
    });

    it('CSD-SVM: the folds, the machine and its decisions of scikit-learn', async () => {
      const truth = JSON.parse(new TextDecoder().decode(await golden('noisescope/csd/svm.json'))) as Readonly<Record<string, number[]>> & {
        best_gamma: number;
      };
      const x = Float32Array.from((await array('noisescope/csd/svm_train.npy')).data);
      const part: Part = { x, y: new Uint8Array(60), classes: 2, look: { input: 'csd', size: 0, colour: 'rgb' } };
      const { accuracies, best } = await foldAccuracies(x, 0.1, context);
      expect(GAMMAS).toEqual(truth.gammas);
      close(accuracies, truth.mean_cv_accuracy!, 1e-9);
      expect(best).toBe(truth.best_gamma);
      const { tensors, parameters } = await csdSvm.fit(part, { nu: 0.1, gamma: 0 }, context);
      expect(parameters).toEqual({ nu: 0.1, gamma: truth.best_gamma });
      close(tensors.get('coefficients')!.data, truth.dual_coef!, 1e-6);
      const scores = await scoresOf(csdSvm, part, Float32Array.from((await array('noisescope/csd/svm_test.npy')).data), { nu: 0.1, gamma: 0 });
      close(
        scores.filter((_, i) => i % 2 === 0),
        truth.decision!,
        1e-9,
      );
      expect([...predicted(scores, 2)].map(label => 1 - 2 * label)).toEqual(truth.predict);
    });
  });

  it('the least number of axes reaches the share', () => {
    const variances = Float64Array.of(5, 3, 1, 1);
    expect([0.25, 0.5, 0.51, 0.8, 0.95, 0.9999].map(share => componentsFor(variances, share))).toEqual([1, 1, 2, 2, 4, 4]);
  });
}
