import { createHash } from 'node:crypto';
import type { Session } from './open-session.js';

/** A short word for what results depend on: detectors, their versions and models, and whatever else a command names. */
export async function fingerprint({ syntrace, choice, loadAsset }: Session, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const detectors = syntrace.registry.listDetectors();
  const models = await Promise.all(
    detectors.map(async ({ id, card }) => {
      const { threshold, abstention, calibration, files } = (await card?.({ loadAsset })) ?? {};
      return { id, version: syntrace.registry.versionOf(id), threshold, abstention, calibration, files };
    }),
  );
  return createHash('sha256')
    .update(JSON.stringify({ choice, models, ...more }))
    .digest('hex')
    .slice(0, 16);
}
