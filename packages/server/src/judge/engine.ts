import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { fingerprint, type Session } from 'syntrace/session';
import type { Engine, EngineDetector } from './messages.js';

const require = createRequire(import.meta.url);
const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

/** What this process judges with: the fingerprint covers the operator's choice, each detector, its version and weights, and the packages that decode. */
export async function engineOf(session: Session): Promise<Engine> {
  const { syntrace, choice, loadAsset } = session;
  const versions = { syntrace: versionOf('syntrace'), core: versionOf('@syntrace/core'), imageIo: versionOf('@syntrace/image-io') };
  const detectors = await Promise.all(
    syntrace.registry.listDetectors().map(async ({ id, description, unit, card, restsOn = 'pixels' }): Promise<EngineDetector> => {
      const found = card ? ((await card({ loadAsset })) as unknown as Readonly<Record<string, unknown>>) : null;
      return { id, version: syntrace.registry.versionOf(id), description, unit, restsOn, card: found };
    }),
  );
  return {
    fingerprint: await fingerprint(session, { versions }),
    version: versions.syntrace,
    backend: (await syntrace.kernels()).backend,
    detectors,
    defaults: choice.detectors ?? (choice.ensemble ? [] : syntrace.defaultDetectors()),
  };
}

/** Of the answer to an ask: equal ones need not be computed twice for the same bytes. Only the detectors that judge count, so that another one's update costs nothing. */
export function answerFingerprint(engine: Engine, detectors: readonly string[] | undefined): string {
  const chosen = detectors ?? engine.defaults;
  if (chosen.length === 0) return engine.fingerprint;
  const facts = [...chosen].sort().map(id => {
    const known = engine.detectors.find(detector => detector.id === id);
    return [id, known?.version, known?.card];
  });
  return createHash('sha256')
    .update(JSON.stringify([engine.version, facts]))
    .digest('hex')
    .slice(0, 16);
}
