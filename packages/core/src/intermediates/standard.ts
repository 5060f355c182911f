import type { Intermediate, IntermediateOptions, Run } from '../contract/detector.js';
import type { Image } from '../contract/image.js';
import type { ColourSpace, Window } from '../contract/kernels.js';
import { PLUGIN_CONTRACT, type Plugin } from '../contract/plugin.js';
import type { Tensor } from '../contract/tensor.js';
import { SyntraceError } from '../errors.js';
import { withTensors } from '../with-tensors.js';

/** The windows option: `x,y,width,height` joined by `;`, all of one size. Absent: the whole image. */
export const windowsOption = (windows: readonly Window[]): string => windows.map(w => `${w.x},${w.y},${w.width},${w.height}`).join(';');

/** Intermediates that every Syntrace object offers. Each result is one tensor for an image: [windows, planes, …]. */
export const standardIntermediates: readonly Intermediate[] = [
  intermediate('planes', 'Colour planes of windows. Options: space, windows. f32 [n,p,h,w], 0…255.', planes),
  intermediate('dct2.log', 'ln(|DCT-II| + eps) of the planes. Options: space, windows, eps. f32 [n,p,h,w].', async (image, options, run) => {
    const [x] = await run.intermediate('planes', [image], pick(options, ['space', 'windows']));
    return withTensors(run.kernels, async keep => run.kernels.logAbs(keep(await run.kernels.dct2(x!)), numberOf(options, 'eps')));
  }),
  intermediate(
    'dct2.tile-log',
    'Mean, then deviation over tiles of ln(|DCT-II| + eps). Options: space, windows, tile, stride, eps. f32 [n,2·p·tile²].',
    async (image, options, run) => {
      const [x] = await run.intermediate('planes', [image], pick(options, ['space', 'windows']));
      const { mean, deviation } = await run.kernels.tileLogDct(x!, {
        tile: numberOf(options, 'tile'),
        stride: numberOf(options, 'stride'),
        eps: numberOf(options, 'eps'),
      });
      return withTensors(run.kernels, keep => run.kernels.concat([keep(mean), keep(deviation)]));
    },
  ),
  intermediate(
    'residual.npr',
    // Of the normalised picture; an odd last row or column is dropped (section 2).
    'NPR residual times 2/3 (Tan et al. 2024). Options: windows. f32 [n,3,h,w].',
    nprResidual,
  ),
  intermediate(
    'residual.rich',
    'Rich model of residuals (Fridrich, Kodovský 2012). Options: windows, scale (full, half). f32 [n,7098].',
    (image, options, run) => withTensors(run.kernels, keep => run.kernels.richModel(keep(uploadPart(image, options, run)), options.scale as 'full' | 'half')),
  ),
];

/** Registered first by every {@link Syntrace} object. */
export const standardPlugin = (version: string): Plugin => ({
  name: '@syntrace/core',
  version,
  contract: PLUGIN_CONTRACT,
  intermediates: standardIntermediates,
});

function intermediate(id: string, description: string, one: (image: Image, options: IntermediateOptions, run: Run) => Promise<Tensor<'f32'>>): Intermediate {
  return {
    id,
    description,
    async compute(images, options, run) {
      const results = await Promise.allSettled(images.map(image => one(image, options, run)));
      const failed = results.find(result => result.status === 'rejected');
      const tensors = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
      if (!failed) return tensors;
      run.kernels.free(...tensors);
      throw failed.reason;
    },
  };
}

function planes(image: Image, options: IntermediateOptions, run: Run): Promise<Tensor<'f32'>> {
  return withTensors(run.kernels, keep => run.kernels.colour(keep(uploadPart(image, options, run)), String(options.space) as ColourSpace));
}

function nprResidual(image: Image, options: IntermediateOptions, run: Run): Promise<Tensor<'f32'>> {
  const { kernels } = run;
  return withTensors(run.kernels, async keep => {
    const part = keep(uploadPart(image, options, run));
    return kernels.nprResidual(image.channels === 3 ? part : keep(await threeChannels(part, run)), { scale: true });
  });
}

/** Grey samples as R = G = B. */
const threeChannels = (grey: Tensor<'u8'>, run: Run): Promise<Tensor<'u8'>> =>
  withTensors(run.kernels, async keep => {
    const pixels = keep(await run.kernels.interleave(keep(await run.kernels.colour(grey, 'rgb'))));
    // Whole levels, so the conversion is exact.
    return run.kernels.tensor('u8', new Uint8Array(await run.kernels.read(pixels)), pixels.shape);
  });

function uploadPart(image: Image, options: IntermediateOptions, run: Run): Tensor<'u8'> {
  const windows = windowsOf(options);
  return windows ? uploadWindows(image, windows, run) : upload(image, run);
}

const upload = (image: Image, run: Run): Tensor<'u8'> => run.kernels.tensor('u8', image.data, [1, image.height, image.width, image.channels]);

/** Windows of one size, u8 [n,h,w,c]. Their rows are gathered here: of a large photograph only a few per cent are asked for, and copying all of it
 *  into a backend takes longer than judging it. @throws KERNEL_VALUE for windows outside the image or of different sizes */
function uploadWindows({ width, height, channels, data }: Image, windows: readonly Window[], run: Run): Tensor<'u8'> {
  const [first] = windows;
  const fits = (w: Window) =>
    w.width === first?.width &&
    w.height === first.height &&
    [w.x, w.y].every(at => Number.isSafeInteger(at) && at >= 0) &&
    w.x + w.width <= width &&
    w.y + w.height <= height;
  if (!first || !(first.width > 0 && first.height > 0) || !windows.every(fits))
    throw new SyntraceError('KERNEL_VALUE', { op: 'crop', detail: `windows ${windowsOption(windows)} are not of one size within ${width}×${height}` });
  const row = first.width * channels;
  const rows = new Uint8Array(windows.length * first.height * row);
  windows.forEach(({ x, y }, i) => {
    for (let r = 0; r < first.height; r++) {
      const from = ((y + r) * width + x) * channels;
      rows.set(data.subarray(from, from + row), (i * first.height + r) * row);
    }
  });
  return run.kernels.tensor('u8', rows, [windows.length, first.height, first.width, channels]);
}

const pick = (options: IntermediateOptions, keys: readonly string[]): IntermediateOptions =>
  Object.fromEntries(keys.flatMap(key => (options[key] === undefined ? [] : [[key, options[key]]])));

function numberOf(options: IntermediateOptions, key: string): number {
  const value = options[key];
  if (typeof value === 'number') return value;
  throw new SyntraceError('KERNEL_VALUE', { op: 'intermediate', detail: `option ${key} must be a number, received ${String(value)}` });
}

function windowsOf({ windows }: IntermediateOptions): readonly Window[] | undefined {
  if (windows === undefined) return undefined;
  return String(windows)
    .split(';')
    .map(text => {
      const [x, y, width, height] = text.split(',').map(Number);
      return { x: x!, y: y!, width: width!, height: height! };
    });
}
