import { isTorchLegacy, readTorchLegacy } from './container/torch-legacy.js';
import { readTorchZip } from './container/torch-zip.js';
import { isZip } from './container/zip.js';
import { refuserOf } from './refuse.js';
import { isSafetensors, readSafetensorsState } from './safetensors-state.js';
import { type CheckpointState, stateOf } from './state.js';

/** The format a checkpoint came in. */
export type CheckpointFormat = 'PyTorch zip' | 'PyTorch legacy' | 'safetensors';

/** Reads the state out of a checkpoint: `.pth`, `.pt` and `.ckpt` of PyTorch in both formats, and safetensors. No pickle is executed. O(bytes)
 *  @throws CHECKPOINT_INVALID, CHECKPOINT_UNSAFE, ARTIFACT_INVALID for damaged safetensors */
export function readCheckpoint(bytes: Uint8Array, file: string): CheckpointState & { readonly format: CheckpointFormat } {
  const refuse = refuserOf(file);
  if (isZip(bytes)) {
    const { value, storages } = readTorchZip(bytes, file, refuse);
    return { ...stateOf(value, storages, refuse), format: 'PyTorch zip' };
  }
  if (isTorchLegacy(bytes)) {
    const { value, storages } = readTorchLegacy(bytes, file, refuse);
    return { ...stateOf(value, storages, refuse), format: 'PyTorch legacy' };
  }
  if (isSafetensors(bytes)) return { ...readSafetensorsState(bytes, file), format: 'safetensors' };
  return refuse(bytes.length === 0 ? 'it is empty' : 'it is neither a PyTorch checkpoint nor safetensors');
}
