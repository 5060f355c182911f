import { type Image, type ModelSession, type Run, type StoredTensor, windowsOption } from '@syntrace/core';
import type { Shown } from './looks.js';
import { NPR_NETWORK } from './network.js';

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

/** Places of residuals of one size. */
function groupsOf(residuals: readonly StoredTensor[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  residuals.forEach(({ shape }, i) => {
    const size = shape.slice(1).join();
    groups.set(size, [...(groups.get(size) ?? []), i]);
  });
  return [...groups.values()];
}

async function residualOf({ image, windows }: { readonly image: Image; readonly windows: Shown['windows'] }, run: Run): Promise<StoredTensor<'f32'>> {
  const [residual] = await run.intermediate('residual.npr', [image], { windows: windowsOption(windows) });
  return { dtype: 'f32', shape: residual!.shape, data: await run.kernels.read(residual!) };
}

function stacked(parts: readonly StoredTensor<'f32'>[]): StoredTensor<'f32'> {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  parts.reduce((at, part) => {
    data.set(part.data, at);
    return at + part.data.length;
  }, 0);
  return { dtype: 'f32', shape: [parts.reduce((sum, { shape }) => sum + shape[0]!, 0), ...first!.shape.slice(1)], data };
}
