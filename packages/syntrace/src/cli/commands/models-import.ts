import { stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Detector, SyntraceError } from '@syntrace/core';
import { type Imported, importCheckpoint, importClassifier, importFiles } from '@syntrace/model-runtime';
import { aliasOf } from '../aliases.js';
import { checkpointBytes } from '../checkpoint-bytes.js';
import { openSession, type Session } from '../open-session.js';
import { grid } from '../output/grid.js';
import { prepareFolder } from '../output/prepare.js';
import type { CommonOptions } from '../program-parts.js';
import { classifierFilesIn } from './classifier-files.js';
import { filesIn } from './files-in.js';

interface ImportOptions extends CommonOptions {
  readonly out: string;
  readonly sha256?: string;
  readonly licence?: string;
  readonly meanVar?: string;
  readonly encoder?: string;
  readonly json?: boolean;
}

/** Makes `model.json` and `model.onnx` out of a published checkpoint, or of the folder of a published classifier. */
export async function importCommand(name: string, checkpoint: string, options: ImportOptions): Promise<void> {
  const { detector: detectorId } = aliasOf(name);
  const { syntrace } = await openSession(options);
  try {
    const imported = await imports(syntrace.registry.detector(detectorId), checkpoint, options, syntrace);
    await prepareFolder(options.out);
    const { files, card } = imported.artifact;
    for (const [name, data] of files) await writeFile(join(options.out, name), data);
    const licensed = options.licence === undefined ? card : { ...card, licence: options.licence };
    await writeFile(join(options.out, 'model.json'), `${JSON.stringify(licensed, null, 2)}\n`);
    say(detectorId, imported, options);
  } finally {
    await syntrace.close();
  }
}

async function imports(detector: Detector, checkpoint: string, options: ImportOptions, syntrace: Session['syntrace']): Promise<Imported> {
  const { id, importable, importableClassifiers, importableFiles } = detector;
  const isFolder = (await stat(checkpoint).catch(() => null))?.isDirectory() ?? false;
  const able = (key: 'importable' | 'importableClassifiers' | 'importableFiles') => {
    const ids = syntrace.registry.listDetectors().flatMap(each => (each[key] ? [each.id] : []));
    return ids.join(', ') || 'none';
  };
  const refuse = (detail: string): never => {
    throw new SyntraceError('USAGE', { detail });
  };
  if (importableFiles) {
    if (options.meanVar !== undefined || options.encoder !== undefined) return refuse(`--mean-var and --encoder are for other detectors than ${id}`);
    if (isFolder && options.sha256 !== undefined) return refuse('--sha256 is for a file; a folder has several');
    const files = isFolder ? await filesIn(checkpoint, importableFiles) : new Map([[basename(checkpoint), await checkpointBytes(checkpoint, options.sha256)]]);
    return importFiles(files, basename(resolve(checkpoint)), importableFiles, syntrace.models()!);
  }
  if (isFolder) {
    if (!importableClassifiers)
      return refuse(`detector "${id}" takes no folders; those that do: ${[able('importableClassifiers'), able('importableFiles')].join(', ')}`);
    if (options.sha256 !== undefined) return refuse('--sha256 is for a file; a folder has several');
    if (options.encoder !== undefined) return refuse('--encoder is for a detector whose checkpoint is a file');
    return importClassifier(await classifierFilesIn(checkpoint, options.meanVar), importableClassifiers, syntrace.models()!);
  }
  if (options.meanVar !== undefined) return refuse('--mean-var is for the folder of a classifier');
  if (!importable) {
    const folders = importableClassifiers ? ', only the folder of a SavedModel' : '';
    return refuse(`detector "${id}" takes no published weights in a file${folders}; those that do: ${able('importable')}`);
  }
  const bytes = await checkpointBytes(checkpoint, options.sha256);
  const { encoder } = options;
  const beside = encoder === undefined ? undefined : { bytes: await checkpointBytes(encoder, undefined), file: basename(encoder) };
  return importCheckpoint(bytes, basename(checkpoint), importable, syntrace.models()!, beside);
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
      proof
        ? `a seeded network answers on ${proof.provider} as another implementation of it does: difference ${proof.difference.toExponential(1)}, allowed ${proof.allowed}`
        : 'none: the encoder came as ONNX and is run as it is',
    ],
    ...Object.entries(card.files).map(([name, sum]) => [name, `${files.get(name)!.length} bytes, sha256 ${sum}`]),
    ['next', `syntrace detect pictures/ --detector ${detector} --weights ${out}`],
  ];
  console.log(grid(['', ''], rows));
}
