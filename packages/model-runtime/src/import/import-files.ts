import type { ImportableFiles, ImportTools, ModelRuntime } from '@syntrace/core';
import { readCheckpoint } from '../checkpoint/read-checkpoint.js';
import { fitState } from '../network/fit-state.js';
import type { Imported } from './import-checkpoint.js';
import { exportRecorded, proveState } from './prove.js';

/** Turns published files into what a detector makes of them: one checkpoint, or a folder of them with tables beside. `files` by their path, with `/`; `name` is what errors call the whole.
 *  @throws whatever {@link ImportableFiles.take} and opening a model throw */
export const importFiles = (files: ReadonlyMap<string, Uint8Array>, name: string, importable: ImportableFiles, models: ModelRuntime): Promise<Imported> =>
  importable.take(files, name, toolsOf(models));

const toolsOf = (models: ModelRuntime): ImportTools => ({
  read(bytes, file) {
    const { tensors, wrapper, format } = readCheckpoint(bytes, file);
    return { tensors, layout: [format, ...(wrapper ? [`entry "${wrapper}"`] : [])].join(', ') };
  },
  fit: (tensors, network, file) => fitState(tensors, network, [], file).state,
  prove: (network, state, run) => proveState(network, state, run, models),
  exported: (network, state, shape) => exportRecorded(network, state, shape, models),
});
