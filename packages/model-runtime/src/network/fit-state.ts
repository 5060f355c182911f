import { type CheckpointTensor, fromHalf, isCounter, type Network, type Parameter, parametersOf, type StoredTensor, SyntraceError } from '@syntrace/core';

/** A state whose every parameter was found, and nothing else. */
export interface FittedState {
  readonly state: ReadonlyMap<string, StoredTensor<'f32'>>;
  /** What was cut off before every name, e.g. `module.`. */
  readonly prefix: string;
}

/** How many names a refusal lists. */
const NAMED = 4;

/** Takes a checkpoint as the state of a network: every parameter must be there in float32 with its shape, and nothing beside them but counters and
 *  `ignored` names; a common prefix is cut. Nothing is ever loaded in part. `part`: the network may be a part of what the file holds, whose other entries are not read,
 *  and in half precision. @throws CHECKPOINT_MISMATCH */
export function fitState(
  tensors: ReadonlyMap<string, CheckpointTensor>,
  network: Network,
  ignored: readonly string[],
  file: string,
  { part = false }: { readonly part?: boolean } = {},
): FittedState {
  const refuse = (detail: string): never => {
    throw new SyntraceError('CHECKPOINT_MISMATCH', { file, network: network.name, detail });
  };
  const parameters = parametersOf(network);
  const prefix = prefixOf(tensors, parameters);
  const missing = parameters.filter(({ name }) => !tensors.has(prefix + name)).map(({ name }) => name);
  if (missing.length > 0) return refuse(`${missing.length} of ${parameters.length} parameters are missing: ${listed(missing)}`);
  const wanted = new Set(parameters.map(({ name }) => prefix + name));
  const isKnown = (name: string) =>
    wanted.has(name) || isCounter(name) || (part && !name.startsWith(prefix)) || ignored.some(start => name.startsWith(prefix + start));
  const extra = [...tensors.keys()].filter(name => !isKnown(name));
  if (extra.length > 0) return refuse(`${extra.length} entries do not belong to it: ${listed(extra)}`);
  const state = parameters.map(parameter => [parameter.name, fitted(parameter, tensors.get(prefix + parameter.name)!, part, refuse)] as const);
  return { state: new Map(state), prefix };
}

/** What stands before the names: of all that the file offers, that under which most parameters are found. */
function prefixOf(tensors: ReadonlyMap<string, CheckpointTensor>, parameters: readonly Parameter[]): string {
  const first = parameters[0]!.name;
  const found = (prefix: string) => parameters.filter(({ name }) => tensors.has(prefix + name)).length;
  const candidates = [...tensors.keys()].flatMap(name => (name === first || name.endsWith(`.${first}`) ? [name.slice(0, -first.length)] : []));
  return candidates.toSorted((a, b) => found(b) - found(a) || a.length - b.length)[0] ?? '';
}

/** An entry as a parameter, copied. `half`: float16 is widened, which is exact. */
export function fitted({ name, shape, role }: Parameter, tensor: CheckpointTensor, half: boolean, refuse: (detail: string) => never): StoredTensor<'f32'> {
  const isHalf = half && tensor.dtype === 'float16';
  if (tensor.dtype !== 'float32' && !isHalf) return refuse(`${name} is ${tensor.dtype}, expected float32${half ? ' or float16' : ''}`);
  if (tensor.shape.join() !== shape.join()) return refuse(`${name} has the shape [${tensor.shape.join(', ')}], expected [${shape.join(', ')}]`);
  // A copy: what the file holds need not lie at a multiple of four bytes. (A Buffer of Node would be shared if it were sliced.)
  const { buffer } = new Uint8Array(tensor.bytes);
  const data = isHalf ? fromHalf(new Uint16Array(buffer)) : new Float32Array(buffer);
  if (!data.every(Number.isFinite)) return refuse(`${name} holds numbers that are not finite`);
  if (role === 'variance' && !data.every(value => value >= 0)) return refuse(`${name} holds variances below 0`);
  return { dtype: 'f32', shape, data };
}

const listed = (names: readonly string[]): string => (names.length > NAMED ? `${names.slice(0, NAMED).join(', ')}, …` : names.join(', '));
