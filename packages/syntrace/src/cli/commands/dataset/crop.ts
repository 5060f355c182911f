import { SyntraceError } from '@syntrace/core';
import { type Crop, cropFolder } from '@syntrace/datasets';
import { sayFailed, type ToolOptions, withTool } from './tool.js';

interface CropOptions extends ToolOptions {
  readonly out: string;
  readonly crop: string;
  readonly compat?: boolean;
}

export async function cropCommand(folder: string, options: CropOptions): Promise<void> {
  const crop = parseCrop(options.crop, options.compat ?? false);
  const { written, failed, log } = await withTool(options, ({ kernels, running, report }) =>
    cropFolder(folder, options.out, crop, kernels, { ...running, onProgress: (done, total) => report('crop', done, total) }),
  );
  sayFailed(failed);
  console.error(`wrote ${written} pictures and ${log}`);
}

/** `celeba`, `lsun`, `centre:WxH`, `window:X,Y,WxH`. @throws USAGE */
function parseCrop(text: string, compat: boolean): Crop {
  if (text === 'celeba') return { kind: 'celeba' };
  if (text === 'lsun') return { kind: 'lsun', compat };
  const centre = /^centre:(\d+)x(\d+)$/.exec(text)?.slice(1).map(Number) as [number, number] | undefined;
  if (centre?.every(side => side > 0)) return { kind: 'centre', width: centre[0], height: centre[1] };
  const window = /^window:(\d+),(\d+),(\d+)x(\d+)$/.exec(text)?.slice(1).map(Number) as [number, number, number, number] | undefined;
  if (window && window[2] > 0 && window[3] > 0) return { kind: 'window', x: window[0], y: window[1], width: window[2], height: window[3] };
  throw new SyntraceError('USAGE', { detail: `unknown crop ${text}; known: celeba, lsun, centre:WIDTHxHEIGHT, window:X,Y,WIDTHxHEIGHT` });
}
