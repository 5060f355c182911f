import { messageOf, type StoredTensor, SyntraceError } from '@syntrace/core';
import { inflate } from './inflate.js';
import { type MatElement, MI, matElements, numbersOf } from './mat-elements.js';

const HEADER = 128;
/** Bytes that a variable may inflate to: a residual of 8192² in double. */
const LARGEST = 1 << 29;
const COMPLEX = 0x0800;

/** Reads the variable `Noise` of a MAT-file of version 5 or 7 (zlib), little endian, real, as float32 [h, w]: what the published extractor writes.
 *  Version 7.3 (HDF5) is refused.
 *  @throws RESIDUAL_INVALID */
export async function readMatResidual(bytes: Uint8Array, uri: string): Promise<StoredTensor<'f32'>> {
  const refuse = (detail: string): never => {
    throw new SyntraceError('RESIDUAL_INVALID', { uri, detail });
  };
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEADER));
  if (head.startsWith('MATLAB 7.3') || head.slice(1, 4) === 'HDF')
    return refuse("it is a MAT-file of version 7.3 (HDF5); save it by save(…, '-v7') or as .npy");
  if (bytes.length < HEADER || !head.startsWith('MATLAB 5.0')) return refuse('it is not a MAT-file of version 5 or 7');
  if (head.slice(126, 128) !== 'IM') return refuse('it is big endian');
  const names: string[] = [];
  try {
    for (const element of matElements(bytes.subarray(HEADER))) {
      const matrix = element.type === MI.compressed ? [...matElements(await inflate(element.data, LARGEST))][0] : element;
      if (matrix?.type !== MI.matrix) continue;
      const variable = variableOf(matrix);
      if (variable.name === 'Noise') return matrixOf(variable);
      names.push(variable.name);
    }
  } catch (error) {
    return refuse(`it is damaged: ${messageOf(error)}`);
  }
  return refuse(`it has no variable Noise${names.length ? `, but ${names.join(', ')}` : ''}`);
}

interface Variable {
  readonly name: string;
  readonly flags: number;
  readonly sizes: readonly number[];
  readonly values: MatElement | undefined;
}

function variableOf({ data }: MatElement): Variable {
  const [flags, sizes, name, values] = [...matElements(data)];
  if (!flags || !sizes || !name) throw new Error('a variable without flags, size and name');
  return { flags: numbersOf(flags)[0] ?? 0, sizes: [...numbersOf(sizes)], name: new TextDecoder('latin1').decode(name.data), values };
}

/** Column-major numbers to a row-major map. */
function matrixOf({ flags, sizes, values }: Variable): StoredTensor<'f32'> {
  if (flags & COMPLEX) throw new Error('Noise is complex');
  const [height = 0, width = 0] = sizes;
  const numbers = values ? numbersOf(values) : new Float64Array();
  if (sizes.length !== 2 || numbers.length !== height * width) throw new Error(`Noise has sizes ${sizes.join('×')} and ${numbers.length} values`);
  const data = Float32Array.from({ length: numbers.length }, (_, i) => numbers[(i % width) * height + Math.floor(i / width)]!);
  return { dtype: 'f32', shape: [height, width], data };
}
