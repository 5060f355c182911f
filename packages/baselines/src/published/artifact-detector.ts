import { type Artifact, type Detector, type DetectorContext, type Importable, loadArtifact, SyntraceError } from '@syntrace/core';
import { onnxDetector } from '@syntrace/detector-onnx';

/** A published method whose weights are the user's. */
export interface Published {
  readonly id: string;
  readonly description: string;
  /** Side of the window that it judges. */
  readonly side: number;
  readonly importable: Importable;
}

export interface PublishedOptions {
  /** Imported weights: a folder with `model.json` and `model.onnx`, or both in memory. Without them the detector takes a checkpoint, and judges nothing. */
  readonly weights?: URL | Artifact;
}

/** The method as a detector: what it is shown and what its answer means stand in the card that the import wrote. */
export function publishedDetector({ id, description, side, importable }: Published, { weights }: PublishedOptions): Detector {
  const load = async ({ loadAsset }: Pick<DetectorContext, 'loadAsset'>): Promise<Detector> =>
    described(id, weights instanceof URL ? await loadArtifact(weights, loadAsset) : (weights ?? missing(id)));
  return {
    id,
    description,
    unit: 'image',
    requires: { minimumSize: { width: side, height: side } },
    byDefault: false,
    open: async context => (await load(context)).open(context),
    ...(weights && { card: async context => (await load(context)).card!(context) }),
    importable,
  };
}

/** @throws ARTIFACT_INVALID for weights of another detector, and for a description that is not usable */
function described(id: string, { card, files }: Artifact): Detector {
  if (card.detector !== id) throw new SyntraceError('ARTIFACT_INVALID', { file: 'model.json', detail: `it is of detector ${card.detector}, expected ${id}` });
  const [name] = Object.keys(card.files).filter(file => file.endsWith('.onnx'));
  return onnxDetector({ ...card }, files.get(name ?? '') ?? new Uint8Array());
}

function missing(id: string): never {
  throw new SyntraceError('MODEL_MISSING', {
    id,
    remedy: `Its weights are published, but not ours to ship: \`syntrace models import ${id} CHECKPOINT --out DIR\`, then \`--weights DIR\`.`,
  });
}
