import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectResiduals, readNpy, residualsOf, writeNpy } from '@syntrace/detector-noisescope';
import { decode } from '@syntrace/image-io';

/** Residuals of picture files, each changed first, as one stack kept in OUT/residuals under a name that stands for files and change.
 *  `change(image, file)` gives the picture that the pile holds. */
export async function residualsOfFiles(kernels, out, name, files, change = image => image) {
  const folder = join(out, 'residuals');
  const kept = join(folder, `${name.replaceAll(/[^\w.-]+/g, '_')}.npy`);
  if (existsSync(kept)) return stackOf(readNpy(readFileSync(kept), kept));
  mkdirSync(folder, { recursive: true });
  const images = (async function* () {
    for (const file of files) {
      const image = await decode(file);
      yield { ...image, ...(await change(image, file)) };
    }
  })();
  const { residuals, places } = await collectResiduals(images, kernels, {});
  const left = places.findIndex(place => typeof place !== 'number');
  if (left >= 0) throw new Error(`${files[left]}: ${places[left].message}`);
  const { height, width, count } = residuals;
  const stack = await residuals.stack([...Array(count).keys()]);
  writeFileSync(`${kept}.part`, writeNpy('f32', [count, height, width], stack));
  renameSync(`${kept}.part`, kept);
  return stackOf({ shape: [count, height, width], data: stack });
}

function stackOf({ shape: [count, height, width], data }) {
  const size = height * width;
  return residualsOf(
    height,
    width,
    Array.from({ length: count }, (_, i) => data.subarray(i * size, (i + 1) * size)),
  );
}

export const held = (like, maps) => residualsOf(like.height, like.width, maps);

/** Each residual moved cyclically by its own multiple of 8 samples, none of them by nothing. */
export function shifted({ height, width, maps }) {
  const across = width / 8;
  return residualsOf(
    height,
    width,
    maps.map((map, i) => {
      const [down, right] = [8 * Math.floor((i + 1) / across), 8 * ((i + 1) % across)];
      const moved = new Float32Array(map.length);
      for (let y = 0; y < height; y++) {
        const row = map.subarray(y * width, (y + 1) * width);
        const to = ((y + down) % height) * width;
        moved.set(row.subarray(0, width - right), to + right);
        moved.set(row.subarray(width - right), to);
      }
      return moved;
    }),
  );
}
