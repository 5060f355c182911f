import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SyntraceError } from '@syntrace/core';
import { type Imported, importCheckpoint } from '@syntrace/model-runtime';
import { checkpointBytes } from '../checkpoint-bytes.js';
import { openSession } from '../open-session.js';
import { grid } from '../output/grid.js';
import { prepareFolder } from '../output/prepare.js';
import type { CommonOptions } from '../program-parts.js';

interface ImportOptions extends CommonOptions {
  readonly out: string;
  readonly sha256?: string;
  readonly licence?: string;
  readonly json?: boolean;
}

/** Makes `model.json` and `model.onnx` out of a published checkpoint. */
export async function importCommand(detectorId: string, checkpoint: string, options: ImportOptions): Promise<void> {
  const { syntrace } = await openSession(options);
  try {
    const { importable } = syntrace.registry.detector(detectorId);
    if (!importable) {
      const able = syntrace.registry.listDetectors().flatMap(detector => (detector.importable ? [detector.id] : []));
      throw new SyntraceError('USAGE', { detail: `detector "${detectorId}" takes no published weights; those that do: ${able.join(', ') || 'none'}` });
    }
    const bytes = await checkpointBytes(checkpoint, options.sha256);
    await prepareFolder(options.out);
    const imported = await importCheckpoint(bytes, basename(checkpoint), importable, syntrace.models()!);
    const { files, card } = imported.artifact;
    for (const [name, data] of files) await writeFile(join(options.out, name), data);
    const licensed = options.licence === undefined ? card : { ...card, licence: options.licence };
    await writeFile(join(options.out, 'model.json'), `${JSON.stringify(licensed, null, 2)}\n`);
    say(detectorId, imported, options);
  } finally {
    await syntrace.close();
  }
}

function say(detector: string, { artifact: { card, files }, layout, proof }: Imported, { out, json }: ImportOptions): void {
  if (json) {
    console.log(JSON.stringify({ detector, out, layout, proof, files: card.files, recorded: card.recorded }, null, 2));
    return;
  }
  const rows = [
    ['file', layout],
    [
      'proof',
      `a seeded network answers on ${proof.provider} as its official implementation does: difference ${proof.difference.toExponential(1)}, allowed ${proof.allowed}`,
    ],
    ...Object.entries(card.files).map(([name, sum]) => [name, `${files.get(name)!.length} bytes, sha256 ${sum}`]),
    ['next', `syntrace detect pictures/ --detector ${detector} --weights ${out}`],
  ];
  console.log(grid(['', ''], rows));
}
