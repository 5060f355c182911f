import { type Image, type Run, type Tensor, type Window, windowsOption } from '@syntrace/core';
import type { Preprocessing } from './meaning.js';

/** What a classifier is shown of windows of an image, before it is standardised: f32 [windows, channels, size, size]. The run owns the result. */
export async function valuesOf(image: Image, windows: readonly Window[], { input, colour, eps }: Preprocessing, run: Run): Promise<Tensor<'f32'>> {
  const options = { space: colour === 'grey' ? 'pillow-l' : 'rgb', windows: windowsOption(windows) };
  const [values] = input === 'pixels' ? await run.intermediate('planes', [image], options) : await run.intermediate('dct2.log', [image], { ...options, eps });
  return values!;
}
