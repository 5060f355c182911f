import type { Image, Kernels } from '@syntrace/core';
import type { Sign } from '../signs/sign.js';
import { MESSAGES, type Message } from './messages.js';

/** The encoder refuses smaller pictures. */
const LEAST_SAMPLES = 256 * 256;
/** Bits that may be wrong, as a share of the message; what this lets through by chance is in docs/provenance.md. */
const WRONG_SHARE = 1 / 16;
const WEIGHT = 6;

/** How much of a message was read. */
export interface WatermarkReading {
  readonly message: Message;
  /** Bits that agree. */
  readonly right: number;
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
      // As the package rounds them.
      const right = message.bits.filter((bit, i) => bit === Number(shares[at + i]! * 255 > 127)).length;
      at += message.bits.length;
      return { message, right };
    });
    return readings.reduce((best, each) => (shareOf(each) > shareOf(best) ? each : best));
  } finally {
    kernels.free(image);
  }
}

const shareOf = ({ message, right }: WatermarkReading): number => right / message.bits.length;

/** The sign of a watermark, if enough of it was read. */
export function signOfWatermark(reading: WatermarkReading | null): Sign | null {
  if (!reading || 1 - shareOf(reading) > WRONG_SHARE) return null;
  const { message, right } = reading;
  const { id, generator, bits } = message;
  const statement = `the pixels carry the DWT-DCT watermark of ${generator} (${right} of ${bits.length} bits)`;
  return { id, kind: 'watermark', generator, verified: null, declares: 'synthetic', weight: WEIGHT, place: 'pixels', statement, details: {} };
}
