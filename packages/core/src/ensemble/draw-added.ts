import type { Detection, Explanation } from '../contract/detector.js';
import type { Kernels } from '../contract/kernels.js';
import { withTensors } from '../with-tensors.js';

/** Samples of half a bar, of its height and of the gap below it. */
const [HALF, BAR, GAP] = [40, 4, 2];

/** Bars for what each member added to an ensemble's score, from the middle to the right where it speaks for synthetic. Nothing where fewer than two did. */
export async function drawAdded(ensemble: string, members: readonly Detection[], kernels: Kernels): Promise<readonly Explanation[]> {
  const told = members.filter(({ added }) => added !== undefined);
  if (told.length < 2) return [];
  const most = Math.max(...told.map(({ added }) => Math.abs(added!))) || 1;
  const [width, height] = [2 * HALF + 1, told.length * (BAR + GAP) - GAP];
  const plane = new Float32Array(width * height);
  told.forEach(({ added }, m) => {
    const end = HALF + Math.round((HALF * added!) / most);
    for (let y = m * (BAR + GAP); y < m * (BAR + GAP) + BAR; y++) plane.fill(added!, y * width + Math.min(HALF, end), y * width + Math.max(HALF, end) + 1);
  });
  const words = told.map(({ id, added }) => `${id} ${added! < 0 ? '−' : '+'}${Math.abs(added!).toFixed(2)}`);
  const data = await withTensors(kernels, async keep =>
    kernels.read(keep(await kernels.heatMap(keep(kernels.tensor('f32', plane, [height, width])), { map: 'coolwarm', low: -most, high: most }))),
  );
  return [
    {
      id: `${ensemble}.added`,
      title: 'What each member added',
      description: `To the score of the ensemble, from the top: ${words.join(', ')}. To the right of the middle: towards synthetic.`,
      picture: { width, height, data },
      enlarge: 4,
      scale: { low: 'real', high: 'synthetic', map: 'coolwarm' },
    },
  ];
}
