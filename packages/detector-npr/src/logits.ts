import { type Image, type ModelSession, type Run, type StoredTensor, windowsOption } from '@syntrace/core';
import type { Shown } from './looks.js';
import { NPR_NETWORK } from './network.js';
import { groupsOf, stacked } from './stack.js';

const [INPUT, OUTPUT] = [NPR_NETWORK.input.name, NPR_NETWORK.output.name];

/** The logits of every window, picture by picture. Windows of one size go through the network together, whichever picture they are of. */
export async function logitsOf(shown: readonly Shown[], session: ModelSession, run: Run): Promise<readonly Float32Array[]> {
  const logits = shown.map(({ windows }) => new Float32Array(windows.length));
  const residuals = await Promise.all(shown.map(each => residualOf(each, run)));
  for (const members of groupsOf(residuals)) {
    const output = await session.run({ [INPUT]: stacked(members.map(i => residuals[i]!)) });
    let at = 0;
    for (const i of members) {
      logits[i]!.set(output[OUTPUT]!.data.subarray(at, at + logits[i]!.length));
      at += logits[i]!.length;
    }
  }
  return logits;
}

async function residualOf({ image, windows }: { readonly image: Image; readonly windows: Shown['windows'] }, run: Run): Promise<StoredTensor<'f32'>> {
  const [residual] = await run.intermediate('residual.npr', [image], { windows: windowsOption(windows) });
  return { dtype: 'f32', shape: residual!.shape, data: await run.kernels.read(residual!) };
}
