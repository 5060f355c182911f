import { createGlue } from 'virtual:learn-glue';
import { type LinearModel, type LinearProblem, messageOf, SyntraceError } from '@syntrace/core';

/** Fits in an instance of its own, so that a large problem's memory is given back and a trap harms no other fit.
 *  @throws TRAINING_INVALID, ABORTED */
export async function fit(module: WebAssembly.Module, method: 'logistic' | 'ridge', problem: LinearProblem): Promise<LinearModel> {
  checkTypes(problem);
  // The solver holds the thread until it is done; what was drawn or aborted just before comes first.
  await new Promise(resolve => setTimeout(resolve));
  stopIfAborted(problem.signal);
  const model = solve(module, method, problem);
  stopIfAborted(problem.signal);
  return model;
}

function solve(module: WebAssembly.Module, method: 'logistic' | 'ridge', { x, y, sampleWeights, features, l2 }: LinearProblem): LinearModel {
  try {
    const glue = createGlue();
    glue.initSync({ module });
    const values = glue[method](x, y, sampleWeights, features, l2);
    const [bias, iterations, gradient] = values.subarray(features) as unknown as [number, number, number];
    return { weights: values.slice(0, features), bias, iterations, gradient };
  } catch (error) {
    const detail = isTrap(error) ? `${method} ran out of memory or failed (${x.length} values; ${messageOf(error)})` : `${method}: ${messageOf(error)}`;
    throw new SyntraceError('TRAINING_INVALID', { detail }, error);
  }
}

const isTrap = (error: unknown) => error instanceof WebAssembly.RuntimeError || error instanceof RangeError;

/** What wasm-bindgen would convert silently; the rest is checked in Rust. */
function checkTypes({ x, y, sampleWeights, features, l2 }: LinearProblem): void {
  const refuse = (expected: string, received: unknown): never => {
    throw new SyntraceError('TRAINING_INVALID', { detail: `expected ${expected}, received ${String(received)}` });
  };
  if (!(x instanceof Float32Array)) refuse('x as Float32Array', Object.prototype.toString.call(x));
  if (!(y instanceof Uint8Array)) refuse('y as Uint8Array', Object.prototype.toString.call(y));
  if (!(sampleWeights instanceof Float64Array)) refuse('sampleWeights as Float64Array', Object.prototype.toString.call(sampleWeights));
  if (!(Number.isSafeInteger(features) && features > 0 && features < 2 ** 31)) refuse('features as a whole number above 0', features);
  if (typeof l2 !== 'number') refuse('l2 as a number', l2);
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new SyntraceError('ABORTED', {}, signal.reason);
}
