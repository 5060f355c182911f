import { abstain, type DecodeEmbedded, type Detector, type Image, type OpenDetector, type Score, scoreOf, type Warning } from '@syntrace/core';
import { DISAGREEMENTS } from './camera/disagreements.js';
import { explainer } from './explain.js';
import { type PixelTools, readPixels } from './pixels/read-pixels.js';
import { withPixels } from './pixels/with-pixels.js';
import { type Provenance, type ProvenanceOptions, type ProvenanceReader, provenanceReader } from './provenance.js';
import { signOfWatermark } from './watermark/find-watermark.js';

/** What the detector read; without the named values, which may be private. */
export type ProvenanceEvidence = Omit<Provenance, 'fields' | 'tables'> | null;

/** Log-odds are what `signs.json` gives; they were set by hand, so no share of real photographs is claimed. */
const MEANING = { threshold: 0, abstention: null, calibration: { method: 'platt', slope: 1, intercept: 0 }, realScoreQuantiles: [] } as const;

/** Judges by what the file declares about its own origin. Never says `real`: metadata can be copied, and what is missing is no evidence. */
export function provenanceDetector(options: Omit<ProvenanceOptions, 'loadAsset' | 'prompts'> = {}): Detector<ProvenanceEvidence> {
  return {
    id: 'provenance',
    description:
      'What the file declares about its own origin: Content Credentials (C2PA), IPTC, generator metadata, open watermarks. Abstains where nothing is declared',
    unit: 'image',
    requires: { minimumSize: { width: 1, height: 1 }, encodedBytes: true },
    restsOn: 'declaration',
    open: async ({ loadAsset, decodeEmbedded }) => open(provenanceReader({ ...options, loadAsset }), decodeEmbedded),
  };
}

function open(reader: ProvenanceReader, decodeEmbedded: DecodeEmbedded | undefined): OpenDetector<ProvenanceEvidence> {
  return {
    async detect(batch, { kernels, logger, signal }) {
      const scores: Score<ProvenanceEvidence>[] = [];
      for (const image of batch) {
        signal.throwIfAborted();
        scores.push(await judge(image, reader, { kernels, logger, ...(decodeEmbedded && { decodeEmbedded }) }));
      }
      return scores;
    },
    explain: explainer(decodeEmbedded),
    close: async () => {},
  };
}

async function judge(image: Image, reader: ProvenanceReader, tools: PixelTools): Promise<Score<ProvenanceEvidence>> {
  const { encoded } = image.source;
  const reading = await readPixels(image, encoded, tools);
  if (!encoded && !signOfWatermark(reading.watermark))
    return abstain({ code: 'PROVENANCE_NO_FILE', message: 'these pixels never were a file, or its bytes were not kept' }, null);
  // Without bytes the reader finds an empty file that says nothing.
  const { fields: _fields, tables: _tables, ...evidence } = await reader.read(encoded ?? new Uint8Array());
  return scoreOfProvenance(withPixels(evidence, reading));
}

/** The strongest sign decides; several signs often are copies of one, so they don't add up. */
export function scoreOfProvenance(evidence: NonNullable<ProvenanceEvidence>): Score<ProvenanceEvidence> {
  const weight = Math.max(0, ...evidence.signs.map(sign => sign.weight));
  const warnings = evidence.findings.map(({ code, message }): Warning => ({ code: `PROVENANCE_${code}`, message }));
  const statements = statementsOf(evidence);
  if (weight > 0) return { ...scoreOf(weight, MEANING, evidence, warnings), statements };
  const answer = abstain(reasonOf(evidence), evidence);
  return { ...answer, warnings: [...answer.warnings, ...warnings], statements };
}

const MOST_HISTORY = 10;

function statementsOf({ signs, credential, camera, findings }: NonNullable<ProvenanceEvidence>): readonly string[] {
  const disagreements = findings.filter(({ code }) => DISAGREEMENTS.has(code)).map(({ message }) => message);
  return [...signs.map(sign => sign.statement), ...(credential?.history.slice(0, MOST_HISTORY) ?? []), ...(camera?.statements ?? []), ...disagreements];
}

function reasonOf({ declared, signs }: NonNullable<ProvenanceEvidence>): Warning {
  const broken = signs.find(sign => sign.verified === 'invalid');
  if (broken) return { code: 'PROVENANCE_INVALID', message: broken.statement };
  if (declared === 'capture')
    return { code: 'PROVENANCE_CAPTURE', message: 'the file declares a camera as its origin; that can be copied, so it does not count towards real' };
  if (signs.length > 0) return { code: 'PROVENANCE_UNDECIDED', message: signs[0]!.statement };
  return { code: 'PROVENANCE_NOTHING', message: 'the file declares nothing about its origin, which is no evidence for anything' };
}
