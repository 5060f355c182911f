import type { DetectorContext, Image, Kernels, Run, Tensor, Warning, Window } from '@syntrace/core';
import { withTensors } from '@syntrace/core';
import type { GeneratorEvidence } from '../evidence.js';
import type { Model, WindowSet } from '../model/model.js';
import { centreCrop } from './crop.js';
import { closeAll, type FrontEnd, openFrontEnds } from './front-end.js';
import { type Group, groupsOf, tensorsOf } from './groups.js';
import { nearness } from './near.js';
import { halfOf, hasFlatPlane, logSpectra, planesOf } from './spectra.js';

/** A model whose denoisers are open and whose heads lie on the kernels. */
export class OpenModel {
  private constructor(
    readonly model: Model,
    readonly frontEnds: ReadonlyMap<string, FrontEnd>,
    private readonly groups: ReadonlyMap<WindowSet, readonly Group[]>,
    private readonly kernels: Kernels,
  ) {}

  static async on(model: Model, { kernels, models, logger }: DetectorContext): Promise<OpenModel> {
    const frontEnds = await openFrontEnds(model, models);
    const groups = new Map<WindowSet, readonly Group[]>();
    for (const set of model.sets) groups.set(set, await groupsOf(set, kernels));
    const open = new OpenModel(model, frontEnds, groups, kernels);
    for (const set of model.sets) logger.info(`masksim: ${open.timeOf(set)} for a window of ${set.window}×${set.window} samples`);
    return open;
  }

  groupsOf(set: WindowSet): readonly Group[] {
    return this.groups.get(set)!;
  }

  /** How long a picture will take, in words. */
  timeOf({ window, generators }: WindowSet): string {
    const names = new Set(generators.map(({ frontEnd }) => frontEnd));
    const seconds = [...names].reduce((sum, name) => sum + this.frontEnds.get(name)!.seconds(window), 0);
    return `about ${seconds < 1 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }

  async close(): Promise<void> {
    for (const { heads } of [...this.groups.values()].flat()) this.kernels.free(...tensorsOf(heads));
    await closeAll(this.frontEnds);
  }
}

/** A picture as the model saw it. */
export interface Looked {
  readonly set: WindowSet;
  readonly window: Window;
  readonly near: readonly GeneratorEvidence[];
}

/** How near the middle of a picture is to each generator of the largest window that fits; or why it cannot be told. */
export async function look(image: Image, open: OpenModel, run: Run): Promise<Looked | Warning> {
  const { sets } = open.model;
  const set = sets.find(({ window }) => window <= Math.min(image.width, image.height));
  if (!set) {
    const least = sets.at(-1)!.window;
    return {
      code: 'IMAGE_TOO_SMALL',
      message: `${image.width}×${image.height} samples; the masks look at ${least}×${least}, and a picture must never be enlarged for them`,
    };
  }
  const window = centreCrop(image.width, image.height, set.window);
  const planes = await planesOf(image, window, run);
  if (await hasFlatPlane(planes, run))
    return { code: 'MASKSIM_GREY', message: 'a colour plane of the window is flat, as those of grey pictures are: it has no noise to look at' };
  const near: GeneratorEvidence[] = [];
  for (const [name, groups] of byFrontEnd(open.groupsOf(set)))
    await withTensors(run.kernels, async keep => {
      const spectra = keep(await logSpectra(planes, open.frontEnds.get(name)!, run));
      for (const group of groups) near.push(...(await nearTo(group, spectra, run)));
    });
  return { set, window, near };
}

function byFrontEnd(groups: readonly Group[]): ReadonlyMap<string, readonly Group[]> {
  const found = new Map<string, Group[]>();
  for (const group of groups) found.set(group.frontEnd, [...(found.get(group.frontEnd) ?? []), group]);
  return found;
}

/** The spectra that a group's heads take. */
export const spectraFor = async (
  { half }: Group,
  spectra: Tensor<'f32'>,
  keep: <T extends Tensor>(tensor: T) => T,
  run: Pick<Run, 'kernels'>,
): Promise<Tensor<'f32'>> => (half ? keep(await halfOf(spectra, run)) : spectra);

const nearTo = (group: Group, spectra: Tensor<'f32'>, run: Run): Promise<readonly GeneratorEvidence[]> =>
  withTensors(run.kernels, async keep => {
    const { cosines, logits } = await run.kernels.maskSimilarity(await spectraFor(group, spectra, keep, run), group.heads);
    const [all, values] = [await run.kernels.read(keep(cosines)), await run.kernels.read(keep(logits))];
    return group.generators.map((generator, i) => nearness(generator, all.subarray(3 * i, 3 * i + 3), values[i]!));
  });
