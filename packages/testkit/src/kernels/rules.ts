import { KERNEL_CONTRACT } from '@syntrace/core';
import { must, type Rule } from '../rule.js';
import { difference } from '../same.js';
import { type KernelSubject, refused, samples, take, whereAvailable, withKernels } from './subject.js';
import { errorOf, TRUTHS } from './truth.js';

const SHAPE = [3, 5] as const;
const small = (seed = 1) => samples(15, seed);

/** What a kernel backend keeps. The operations themselves are compared with their definitions on small input; their tolerances on large input are the backend's own tests. */
export const kernelRules: readonly Rule<KernelSubject>[] = [
  {
    id: 'kernels/contract',
    promise: 'the backend says what it is, answers `probe`, and opens under its own name',
    check: async subject => {
      const { backend } = subject;
      must(backend.contract === KERNEL_CONTRACT, `it is made for contract ${backend.contract}, this kit tests ${KERNEL_CONTRACT}`);
      const available = await backend.probe();
      const reason = available.ok ? available.detail : available.message;
      must(typeof available.ok === 'boolean' && typeof reason === 'string' && reason !== '', '`probe` gives no reason');
      if (!available.ok) return `it is not available here: ${reason}`;
      await withKernels(subject, async kernels => {
        must(kernels.backend === backend.id, `it opens as ${kernels.backend}, its id is ${backend.id}`);
        must(Number.isInteger(kernels.threads) && kernels.threads >= 1, `threads is ${kernels.threads}`);
      });
      return undefined;
    },
  },
  {
    id: 'kernels/round-trip',
    promise: 'tensors of every type come back as they went in, and are copies',
    check: whereAvailable(subject =>
      withKernels(subject, async kernels => {
        const data = { u8: Uint8Array.from(small(), value => 127 * (value + 1)), f32: small(), f64: Float64Array.from(small(2), value => value / 3) };
        for (const dtype of ['u8', 'f32', 'f64'] as const) {
          const given = data[dtype].slice() as never;
          const tensor = kernels.tensor(dtype, given, SHAPE);
          must(
            tensor.dtype === dtype && tensor.backend === kernels.backend && !difference([...tensor.shape], [...SHAPE]),
            `a tensor of ${dtype} says otherwise`,
          );
          (given as Uint8Array).fill(0);
          const found = await kernels.read(tensor);
          must(!difference(found, data[dtype]), `${dtype} comes back otherwise: ${difference(found, data[dtype])}`);
          (found as Uint8Array).fill(0);
          must(!difference(await kernels.read(tensor), data[dtype]), `${dtype}: what was read is no copy`);
          kernels.free(tensor);
        }
      }),
    ),
  },
  {
    id: 'kernels/refusals',
    promise: 'wrong sizes, types and values are refused with their codes',
    check: whereAvailable(subject =>
      withKernels(subject, async kernels => {
        await refused(() => kernels.tensor('f32', small(), [4, 4]), ['KERNEL_SHAPE'], '15 samples as 4×4');
        const x = kernels.tensor('f32', small(), SHAPE);
        const pixels = kernels.tensor('u8', new Uint8Array(15), SHAPE);
        await refused(() => kernels.dct2(pixels as never), ['KERNEL_DTYPE', 'KERNEL_SHAPE'], 'dct2 of u8');
        await refused(() => kernels.linear(x, x, x), ['KERNEL_SHAPE'], 'linear with a bias of two dimensions');
        const outside = [{ x: 4, y: 0, width: 3, height: 2 }];
        const image = kernels.tensor('f32', small(), [1, 1, ...SHAPE]);
        await refused(() => kernels.crop(image, outside), ['KERNEL_SHAPE', 'KERNEL_VALUE'], 'a window beyond the border');
        must(!difference(await kernels.read(x), small()), 'after a refusal a tensor has changed');
      }),
    ),
  },
  {
    id: 'kernels/foreign',
    promise: 'tensors of another backend and freed ones are refused; freeing twice is harmless',
    check: whereAvailable(subject =>
      withKernels(subject, async kernels => {
        const x = kernels.tensor('f32', small(), SHAPE);
        kernels.free(x);
        kernels.free(x);
        await refused(() => kernels.read(x), ['KERNEL_FOREIGN_TENSOR'], 'reading a freed tensor');
        await refused(() => kernels.dct2(x), ['KERNEL_FOREIGN_TENSOR'], 'dct2 of a freed tensor');
        await refused(
          () => kernels.read({ dtype: 'f32', shape: SHAPE, backend: 'elsewhere' }),
          ['KERNEL_FOREIGN_TENSOR'],
          'reading a tensor of another backend',
        );
      }),
    ),
  },
  {
    id: 'kernels/truth',
    promise: 'operations agree with their definitions',
    check: whereAvailable(subject =>
      withKernels(subject, async kernels => {
        for (const { op, tolerance, measure } of TRUTHS) {
          const { found, expected } = await measure(kernels);
          const error = errorOf(found, expected);
          must(error <= tolerance, `${op} differs by ${error.toExponential(1)} of the largest value, allowed ${tolerance}`);
        }
      }),
    ),
  },
  {
    id: 'kernels/leaves-input',
    promise: 'operations leave their arguments as they are',
    check: whereAvailable(subject =>
      withKernels(subject, async kernels => {
        const x = kernels.tensor('f32', small(), SHAPE);
        kernels.free(await kernels.dct2(x), await kernels.logAbs(x, 0.1));
        must(!difference(await kernels.read(x), small()), 'an argument was changed');
      }),
    ),
  },
  {
    id: 'kernels/deterministic',
    promise: 'the same bits again, also after closing and opening',
    check: whereAvailable(async subject => {
      const once = () => withKernels(subject, async kernels => take(kernels, kernels.dct2(kernels.tensor('f32', samples(96 * 80), [96, 80]))));
      const found = difference(await once(), await once());
      must(!found, `twice the same input, and ${found}`);
    }),
  },
  {
    id: 'kernels/close',
    promise: 'closing twice is harmless, and two that are open share nothing',
    check: whereAvailable(async subject => {
      const [a, b] = [await subject.backend.open({ threads: 1 }), await subject.backend.open({ threads: 1 })];
      const x = b.tensor('f32', small(), SHAPE);
      await a.close();
      await a.close();
      must(!difference(await b.read(x), small()), 'closing one changed a tensor of the other');
      await b.close();
    }),
  },
];
