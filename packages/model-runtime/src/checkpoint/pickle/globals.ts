import { SyntraceError } from '@syntrace/core';

/** Element types of PyTorch's storages. */
export const STORAGES = {
  FloatStorage: { dtype: 'float32', bytes: 4 },
  DoubleStorage: { dtype: 'float64', bytes: 8 },
  HalfStorage: { dtype: 'float16', bytes: 2 },
  BFloat16Storage: { dtype: 'bfloat16', bytes: 2 },
  LongStorage: { dtype: 'int64', bytes: 8 },
  IntStorage: { dtype: 'int32', bytes: 4 },
  ShortStorage: { dtype: 'int16', bytes: 2 },
  CharStorage: { dtype: 'int8', bytes: 1 },
  ByteStorage: { dtype: 'uint8', bytes: 1 },
  BoolStorage: { dtype: 'bool', bytes: 1 },
} as const;

export type StorageType = (typeof STORAGES)[keyof typeof STORAGES];

/** What a name in a pickle stands for here. Nothing is ever looked up in a program, let alone called.
 *  `inert`: an object of a training script that is passed over; it can be no part of a state. */
export type Global =
  | { readonly kind: 'storage'; readonly name: string; readonly type: StorageType }
  | { readonly kind: 'ordered-dict' | 'tensor' | 'parameter' | 'tuple' | 'inert'; readonly name: string };

const KNOWN: Readonly<Record<string, 'ordered-dict' | 'tensor' | 'parameter' | 'tuple'>> = {
  'collections.OrderedDict': 'ordered-dict',
  'torch._utils._rebuild_tensor_v2': 'tensor',
  'torch._utils._rebuild_parameter': 'parameter',
  'torch.Size': 'tuple',
};

/** Objects that training scripts and Lightning keep beside the state. */
const INERT: ReadonlySet<string> = new Set([
  'argparse.Namespace',
  'collections.Counter',
  'collections.defaultdict',
  'builtins.set',
  '__builtin__.set',
  'builtins.dict',
  '__builtin__.dict',
  'pathlib.PosixPath',
  'pathlib.WindowsPath',
  'numpy.dtype',
  'numpy.core.multiarray.scalar',
  'numpy._core.multiarray.scalar',
  '_codecs.encode',
  'torch.device',
  'torch.float32',
  'torch.optim.lr_scheduler.StepLR',
  'lightning_fabric.utilities.data.AttributeDict',
  'lightning.fabric.utilities.data.AttributeDict',
  'pytorch_lightning.utilities.parsing.AttributeDict',
  'lightning.pytorch.utilities.parsing.AttributeDict',
  'pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint',
  'lightning.pytorch.callbacks.model_checkpoint.ModelCheckpoint',
]);

/** @throws CHECKPOINT_UNSAFE for every other name */
export function globalOf(module: string, word: string, file: string): Global {
  const name = `${module}.${word}`;
  if (Object.hasOwn(KNOWN, name)) return { kind: KNOWN[name]!, name };
  if (module === 'torch' && Object.hasOwn(STORAGES, word)) return { kind: 'storage', name, type: STORAGES[word as keyof typeof STORAGES] };
  if (INERT.has(name)) return { kind: 'inert', name };
  throw new SyntraceError('CHECKPOINT_UNSAFE', { file, name });
}
