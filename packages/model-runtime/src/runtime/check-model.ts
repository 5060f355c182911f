import { checkSum, type ModelFile, SyntraceError } from '@syntrace/core';
import { onnxProblem } from '../onnx/scan.js';

/** Larger models are refused before they are looked at: 2 GiB is also the most that a protocol buffer holds. */
export const MAX_MODEL_BYTES = 2 ** 31;

/** Refuses a model that must not reach a runtime. O(bytes)
 *  @throws ARTIFACT_CHECKSUM for other bytes than the card names, ARTIFACT_INVALID for sizes above the limit, data outside the file, and what is no ONNX */
export async function checkModel({ name, bytes, sha256 }: ModelFile, maxBytes: number): Promise<void> {
  if (bytes.length > maxBytes) throw new SyntraceError('ARTIFACT_INVALID', { file: name, detail: `it has ${bytes.length} bytes, the limit is ${maxBytes}` });
  await checkSum(name, bytes, sha256);
  const problem = onnxProblem(bytes);
  if (problem) throw new SyntraceError('ARTIFACT_INVALID', { file: name, detail: problem });
}
