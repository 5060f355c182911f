import type { Image, Kernels } from '@syntrace/core';
import type { Sign } from '../signs/sign.js';
import { MESSAGES, type Message } from './messages.js';

/** The encoder refuses smaller pictures. */
const LEAST_SAMPLES = 256 * 256;
/** Standard deviations above what chance gives; 5 come up three times in ten million. What that means on photographs is in docs/provenance.md. */
const LEAST_DEVIATIONS = 5;
const WEIGHT = 6;

/** How much of a message was read. */
export interface WatermarkReading {
  readonly message: Message;
  /** Bits that agree, as the published package reads them. */
  readonly right: number;
  /** How far the votes of all blocks speak for the message: artanh of their correlation with its bits, in standard deviations of chance. */
  readonly deviations: number;
}

/** The message that the picture carries most nearly; `null` for pictures that are too small or grey. O(samples) */
export async function readWatermark(
  { width, height, channels, data }: Pick<Image, 'width' | 'height' | 'channels' | 'data'>,
  kernels: Kernels,
): Promise<WatermarkReading | null> {
  const blocks = Math.floor(width / 8) * Math.floor(height / 8);
  if (channels !== 3 || width * height < LEAST_SAMPLES || blocks < Math.max(...MESSAGES.map(({ bits }) => bits.length))) return null;
  const image = kernels.tensor('u8', data, [1, height, width, 3]);
  try {
    const votes = await kernels.watermarkVotes(
      image,
      MESSAGES.map(({ bits }) => bits.length),
    );
    const shares = await kernels.read(votes).finally(() => kernels.free(votes));
    let at = 0;
    const readings = MESSAGES.map((message): WatermarkReading => {
      const own = shares.subarray(at, at + message.bits.length);
      at += message.bits.length;
      // As the package rounds them.
      const right = message.bits.filter((bit, i) => bit === Number(own[i]! * 255 > 127)).length;
      return { message, right, deviations: Math.atanh(correlation(own, message.bits)) * Math.sqrt(own.length - 3) };
    });
    return readings.reduce((best, each) => (each.deviations > best.deviations ? each : best));
  } finally {
    kernels.free(image);
  }
}

/** Pearson's, of the votes with the bits; 0 where all votes are alike. */
function correlation(votes: Float32Array, bits: readonly number[]): number {
  let [v, b, vv, bb, vb] = [0, 0, 0, 0, 0];
  for (const [i, bit] of bits.entries()) {
    const vote = votes[i]!;
    v += vote;
    b += bit;
    vv += vote * vote;
    bb += bit * bit;
    vb += vote * bit;
  }
  const spread = Math.sqrt((bits.length * vv - v * v) * (bits.length * bb - b * b));
  // Votes that are the message itself would be infinitely far from chance.
  return spread > 0 ? Math.min(0.999_999, (bits.length * vb - v * b) / spread) : 0;
}

/** The sign of a watermark, if it stands out of chance. */
export function signOfWatermark(reading: WatermarkReading | null): Sign | null {
  if (!reading || reading.deviations < LEAST_DEVIATIONS) return null;
  const { message, right, deviations } = reading;
  const { id, generator, bits } = message;
  const statement = `the pixels carry the DWT-DCT watermark of ${generator} (${right} of ${bits.length} bits, ${deviations.toFixed(1)} standard deviations from chance)`;
  return { id, kind: 'watermark', generator, verified: null, declares: 'synthetic', weight: WEIGHT, place: 'pixels', statement, details: {} };
}
