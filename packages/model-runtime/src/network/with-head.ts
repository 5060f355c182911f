import type { StoredTensor } from '@syntrace/core';
import { writeOnnxPart } from '../onnx/write.js';

/** An ONNX model with a linear layer behind one of its outputs [n, features], as a further output [n, 1]. `head` holds `fc.weight` [1, features] and `fc.bias` [1].
 *  Protocol buffers that stand one behind the other are one message whose lists are joined, so that the model's own bytes stay as they are. O(bytes) */
export function withHead(model: Uint8Array, features: string, head: ReadonlyMap<string, StoredTensor<'f32'>>, output: string): Uint8Array {
  const renamed = new Map([...head].map(([name, tensor]) => [`${output}.${name}`, tensor]));
  const inputs = [features, ...renamed.keys()];
  const part = writeOnnxPart({
    nodes: [{ operator: 'Gemm', name: `${output}.head`, inputs, outputs: [output], attributes: { transB: { integer: 1 } } }],
    initializers: renamed,
    output: { name: output, shape: ['n', 1] },
  });
  const whole = new Uint8Array(model.length + part.length);
  whole.set(model);
  whole.set(part, model.length);
  return whole;
}
