import { createGlue } from 'virtual:learn-glue';
import { type LinearModel, type LinearProblem, messageOf, type OneClassModel, type OneClassProblem, SyntraceError } from '@syntrace/core';

export type Method = 'logistic' | 'ridge' | 'elastic' | 'squaredHinge';
type AnyProblem = LinearProblem & { readonly l1?: number };

type Glue = ReturnType<typeof createGlue>;

/** Fits a linear model. @throws TRAINING_INVALID, ABORTED */
export async function fit(module: WebAssembly.Module, method: Method, problem: AnyProblem): Promise<LinearModel> {
  checkTypes(problem);
  const { x, y, sampleWeights, features, classes = 2, l2, l1 = 0 } = problem;
  const values = await solved(module, method, problem, glue => glue[method](x, y, sampleWeights, features, classes, l2, l1));
  const outputs = classes === 2 ? 1 : classes;
  const [iterations, gradient] = values.subarray(-2) as unknown as [number, number];
  return { weights: values.slice(0, outputs * features), bias: values.slice(outputs * features, -2), iterations, gradient };
}

/** LIBSVM's default. */
const TOLERANCE = 1e-3;

/** Fits a one-class machine. @throws TRAINING_INVALID, ABORTED */
export async function fitOneClass(module: WebAssembly.Module, problem: OneClassProblem): Promise<OneClassModel> {
  const { x, features, nu, gamma, tolerance = TOLERANCE } = problem;
  checkRows(problem);
  checkNumbers({ nu, gamma, tolerance });
  const values = await solved(module, 'oneClass', problem, glue => glue.oneClass(x, features, nu, gamma, tolerance));
  const count = (values.length - 1) / 2;
  return { support: [...values.subarray(0, count)], coefficients: values.slice(count, -1), offset: values.at(-1)! };
}

/** Solves in an instance of its own, so that a large problem's memory is given back and a trap harms no other fit. */
async function solved(
  module: WebAssembly.Module,
  method: string,
  { x, signal }: Pick<AnyProblem, 'x' | 'signal'>,
  solve: (glue: Glue) => Float64Array,
): Promise<Float64Array> {
  // The solver holds the thread until it is done; what was drawn or aborted just before comes first.
  await new Promise(resolve => setTimeout(resolve));
  stopIfAborted(signal);
  try {
    const glue = createGlue();
    glue.initSync({ module });
    const values = solve(glue);
    stopIfAborted(signal);
    return values;
  } catch (error) {
    if (SyntraceError.is(error)) throw error;
    const detail = isTrap(error) ? `${method} ran out of memory or failed (${x.length} values; ${messageOf(error)})` : `${method}: ${messageOf(error)}`;
    throw new SyntraceError('TRAINING_INVALID', { detail }, error);
  }
}

const isTrap = (error: unknown) => error instanceof WebAssembly.RuntimeError || error instanceof RangeError;

function refuse(expected: string, received: unknown): never {
  throw new SyntraceError('TRAINING_INVALID', { detail: `expected ${expected}, received ${String(received)}` });
}

/** What wasm-bindgen would convert silently; the rest is checked in Rust. */
function checkTypes({ x, y, sampleWeights, features, classes = 2, l2, l1 = 0 }: AnyProblem): void {
  checkRows({ x, features });
  if (!(y instanceof Uint8Array)) refuse('y as Uint8Array', Object.prototype.toString.call(y));
  if (!(sampleWeights instanceof Float64Array)) refuse('sampleWeights as Float64Array', Object.prototype.toString.call(sampleWeights));
  if (!(Number.isSafeInteger(classes) && classes > 1 && classes <= 256)) refuse('2 to 256 classes', classes);
  checkNumbers({ l2, l1 });
}

function checkRows({ x, features }: Pick<AnyProblem, 'x' | 'features'>): void {
  if (!(x instanceof Float32Array)) refuse('x as Float32Array', Object.prototype.toString.call(x));
  if (!(Number.isSafeInteger(features) && features > 0 && features < 2 ** 31)) refuse('features as a whole number above 0', features);
}

function checkNumbers(numbers: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(numbers)) if (typeof value !== 'number') refuse(`${name} as a number`, value);
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new SyntraceError('ABORTED', {}, signal.reason);
}
