import { createGlue } from 'virtual:learn-glue';
import { type LinearModel, type LinearProblem, messageOf, SyntraceError } from '@syntrace/core';

export type Method = 'logistic' | 'ridge' | 'elastic';
type AnyProblem = LinearProblem & { readonly l1?: number };

/** Fits in an instance of its own, so that a large problem's memory is given back and a trap harms no other fit.
 *  @throws TRAINING_INVALID, ABORTED */
export async function fit(module: WebAssembly.Module, method: Method, problem: AnyProblem): Promise<LinearModel> {
  checkTypes(problem);
  // The solver holds the thread until it is done; what was drawn or aborted just before comes first.
  await new Promise(resolve => setTimeout(resolve));
  stopIfAborted(problem.signal);
  const model = solve(module, method, problem);
  stopIfAborted(problem.signal);
  return model;
}

function solve(module: WebAssembly.Module, method: Method, { x, y, sampleWeights, features, classes = 2, l2, l1 = 0 }: AnyProblem): LinearModel {
  try {
    const glue = createGlue();
    glue.initSync({ module });
    const values = glue[method](x, y, sampleWeights, features, classes, l2, l1);
    const outputs = classes === 2 ? 1 : classes;
    const [iterations, gradient] = values.subarray(-2) as unknown as [number, number];
    return { weights: values.slice(0, outputs * features), bias: values.slice(outputs * features, -2), iterations, gradient };
  } catch (error) {
    const detail = isTrap(error) ? `${method} ran out of memory or failed (${x.length} values; ${messageOf(error)})` : `${method}: ${messageOf(error)}`;
    throw new SyntraceError('TRAINING_INVALID', { detail }, error);
  }
}

const isTrap = (error: unknown) => error instanceof WebAssembly.RuntimeError || error instanceof RangeError;

/** What wasm-bindgen would convert silently; the rest is checked in Rust. */
function checkTypes({ x, y, sampleWeights, features, classes = 2, l2, l1 = 0 }: AnyProblem): void {
  const refuse = (expected: string, received: unknown): never => {
    throw new SyntraceError('TRAINING_INVALID', { detail: `expected ${expected}, received ${String(received)}` });
  };
  if (!(x instanceof Float32Array)) refuse('x as Float32Array', Object.prototype.toString.call(x));
  if (!(y instanceof Uint8Array)) refuse('y as Uint8Array', Object.prototype.toString.call(y));
  if (!(sampleWeights instanceof Float64Array)) refuse('sampleWeights as Float64Array', Object.prototype.toString.call(sampleWeights));
  if (!(Number.isSafeInteger(features) && features > 0 && features < 2 ** 31)) refuse('features as a whole number above 0', features);
  if (!(Number.isSafeInteger(classes) && classes > 1 && classes <= 256)) refuse('2 to 256 classes', classes);
  if (typeof l2 !== 'number') refuse('l2 as a number', l2);
  if (typeof l1 !== 'number') refuse('l1 as a number', l1);
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new SyntraceError('ABORTED', {}, signal.reason);
}
