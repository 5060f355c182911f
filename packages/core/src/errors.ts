/** Every error that Syntrace raises: stable code → message template and what to do. `{name}` is filled from the details. */
export const ERRORS = {
  IMAGE_EMPTY: ['{uri} is empty (0 bytes)', 'The download or copy probably failed; fetch the file again.'],
  IMAGE_TRUNCATED: ['{uri} ends too early: {detail}', 'The file is cut off; fetch it again. A partly decoded picture is never judged.'],
  IMAGE_FORMAT_UNKNOWN: ['{uri} is not a picture: {detail}', 'Supported: JPEG, PNG, WebP, GIF, TIFF and AVIF.'],
  IMAGE_FORMAT_UNSUPPORTED: ['{uri} is {format}, which {platform} cannot read', '{remedy}'],
  IMAGE_TOO_LARGE: ['{uri} is too large: {detail}', 'Raise `maxPixels` or `maxBytes` (command line: --max-pixels, --max-bytes) if you trust the file.'],
  IMAGE_CORRUPT: [
    '{uri} cannot be decoded: {detail}',
    'The file is damaged; open it in a viewer to see whether it was whole once. `syntrace inspect` still reads what it declares.',
  ],
  IMAGE_UNREADABLE: ['{uri} cannot be read: {detail}', 'Check that the file exists and that you may read it.'],
  IMAGE_HTTP_REFUSED: [
    '{uri} was not fetched: {detail}',
    'Addresses are fetched only when the caller allows it (`allowHttp`), and never from private networks.',
  ],
  IMAGE_DECODER_UNAVAILABLE: [
    'the decoder for {uri} could not be loaded: {detail}',
    'Check the network, and in a page that its content security policy allows wasm-unsafe-eval; then try again.',
  ],
  IMAGE_TIMEOUT: ['{uri} did not arrive within {seconds} s', 'Raise `timeoutMs`, or download the file first.'],
  IMAGE_SIZE_DIFFERS: [
    '{uri} is {width}×{height}, the pictures before it are {expected}',
    'Crop the pictures to one size (`syntrace dataset crop`), or take a window of each (--size).',
  ],
  IMAGE_TOO_SMALL: [
    '{uri} is {width}×{height}, {who} needs at least {least}',
    'Give the original picture, not a thumbnail; enlarging it would not bring the traces back.',
  ],

  PLUGIN_INVALID: [
    'plugin {name} was refused: {detail}',
    'A plugin is an object with name, version, contract and at least one of detectors, kernels, intermediates; see docs/writing-a-detector.md.',
  ],
  PLUGIN_CONTRACT: [
    'plugin {name} was made for contract {found}, this core speaks contract {expected}',
    'Install a version of the plugin for contract {expected}, or a core that speaks {found}.',
  ],
  PLUGIN_RANGE: [
    'plugin {name} {version} needs {dependency} {range}, here is {found}',
    'Install a version of the plugin that takes {dependency} {found}, or another {dependency}.',
  ],
  PLUGIN_CLASH: ['{kind} id "{id}" of plugin {name} is taken by plugin {other}', 'Remove one of the two, or pass { replace: true }.'],
  PLUGIN_LOAD: ['plugin {name} could not be loaded: {detail}', 'Check the package name or path, and that it is installed where the command runs.'],
  DETECTOR_UNKNOWN: ['there is no detector "{id}"{nearest}', 'Registered: {available}.'],
  DETECTOR_FAILED: [
    'detector {id} failed at {stage} on {uri}: {detail}',
    'The other detectors and pictures are not affected; report it to the author of plugin {id}.',
  ],
  DETECTOR_NOT_TRAINABLE: ['detector "{id}" cannot be trained', 'Trainable here: {available}.'],
  INTERMEDIATE_UNKNOWN: ['there is no intermediate "{id}"{nearest}', 'Registered: {available}.'],

  BACKEND_UNKNOWN: ['there is no kernel backend "{id}"{nearest}', 'Registered: {available}.'],
  BACKEND_UNAVAILABLE: ['backend {id} cannot be used: {detail}', '{remedy}'],
  BACKEND_SELF_TEST: [
    'backend {id} computes {op} wrongly (difference {difference})',
    'The build does not fit this machine; use another backend and report the processor.',
  ],
  KERNEL_SHAPE: ['{op}: expected {expected}, received {received}', 'Check the sizes that you pass.'],
  KERNEL_DTYPE: ['{op}: expected dtype {expected}, received {received}', 'Convert the tensor first.'],
  KERNEL_VALUE: ['{op}: {detail}', 'Check the values that you pass.'],
  KERNEL_FOREIGN_TENSOR: ['{op}: the tensor belongs to {owner} or was freed', 'Read it there and upload it here.'],
  KERNEL_TRAP: ['{op} failed inside backend {backend}: {detail}', 'The backend was reopened; the picture can be tried again.'],

  ARTIFACT_MISSING: ['model file {file} is missing', 'Give the folder that holds model.json and the files it names.'],
  ARTIFACT_INVALID: ['model {file} is not usable: {detail}', 'Train or import it again.'],
  ARTIFACT_CHECKSUM: ['model file {file} has sha256 {found}, its card says {expected}', 'The file was changed or damaged; fetch it again.'],
  MODEL_MISSING: ['detector "{id}" has no weights here', '{remedy}'],
  MODEL_UNREACHABLE: ['{uri} cannot be fetched: {detail}', 'It is not in the cache ({cache}) either. Connect once, or give a path.'],
  MODEL_RUNTIME_MISSING: ['no model can be run here: {detail}', '{remedy}'],
  MODEL_SELF_TEST: [
    'provider {id} computes {file} wrongly (difference {difference}, allowed {allowed})',
    'Use another provider (`provider`, command line: --provider), and report the device.',
  ],
  MODEL_FAILED: ['model {file} failed on provider {id}: {detail}', 'Check the sizes of the inputs, and try provider cpu (in a browser: wasm).'],
  PROVIDER_UNKNOWN: ['there is no execution provider "{id}"{nearest}', 'Here: {available}.'],
  PROVIDER_UNAVAILABLE: ['execution provider {id} cannot be used: {detail}', '{remedy}'],
  CHECKPOINT_INVALID: [
    '{file} is not a usable checkpoint: {detail}',
    'Give the file as its authors published it (.pth, .ckpt or .safetensors), or the folder of a SavedModel.',
  ],
  CHECKPOINT_UNSAFE: [
    '{file} asks for {name}, which is not on the list of what a checkpoint may hold',
    'Nothing in it was executed. Get the file from its authors, or save its state_dict alone.',
  ],
  CHECKPOINT_MISMATCH: ['{file} is not a state of {network}: {detail}', 'Weights are never loaded in part; give a file of this very network.'],
  IMPORT_PROOF: [
    'this machine computes {network} wrongly (difference {difference}, allowed {allowed}), so nothing was imported',
    'Try another provider (--provider), and report the device.',
  ],
  ENSEMBLE_INVALID: ['ensemble is not usable: {detail}', 'See docs/ensembles.md for the JSON.'],
  TRAINING_INVALID: ['training cannot start: {detail}', 'Give folders with both classes, e.g. NAME/0_real and NAME/1_fake.'],
  TRAINING_UNAVAILABLE: ['networks cannot be trained here: {detail}', '{remedy}'],
  DATASET_INVALID: ['{path} is not a dataset: {detail}', 'Expected folders named 0_real and 1_fake (or real and fake), at any depth.'],
  DATA_INVALID: ['{file} is not usable: {detail}', 'Write the file again, or give another one; docs/datasets.md tells what is read.'],
  RESIDUAL_INVALID: [
    '{uri} is not a usable noise residual: {detail}',
    'Give pictures of one size, or residuals as .mat (version 5 or 7, variable Noise) or .npy [h, w] of that size.',
  ],
  REFERENCE_TOO_SMALL: [
    '{pictures} reference photographs are too few: {missing}',
    'Give more photographs of the size and kind of the collection that are known to be real.',
  ],
  ARTIFACT_PICKLE: [
    '{file} is a Python pickle, which is never executed',
    'Refit it from reference photographs or their residuals: syntrace noisescope prepare --reference DIR --out PREP.',
  ],
  JUDGE_CRASHED: [
    '{uri} ended the process that judged it: {detail}',
    'It was given up so that the others go on; report the picture to the author of the detector or decoder.',
  ],
  JUDGE_TIMEOUT: ['{uri} was not judged within {seconds} s', 'Raise --judge-seconds if the machine is slow.'],
  JUDGE_MEMORY: ['{uri} needed more than {mb} MB to judge', 'Raise --judge-memory, or lower --max-pixels.'],
  SERVER_MISSING: ['the server is not installed: {detail}', 'Install it beside syntrace: npm install @syntrace/server'],
  SERVER_ADDRESS: ['{host} is open to other machines, and there is no API key', 'Make one (`syntrace serve keys add NAME`), or listen on 127.0.0.1.'],
  SERVER_BUSY: ['no room for more work: {detail}', 'Try again after the seconds that Retry-After says.'],
  SERVER_LIMIT: ['too many requests: {detail}', 'Try again after the seconds that Retry-After says.'],
  REQUEST_INVALID: ['{detail}', 'See /docs on this server.'],
  REQUEST_UNKNOWN: ['there is no {detail}', 'See /docs on this server.'],
  REQUEST_TOO_LARGE: ['the request is too large: {detail}', 'Send less at a time.'],
  KEY_REFUSED: ['no valid API key: {detail}', 'Send it as `Authorization: Bearer KEY`; `syntrace serve keys add NAME` makes one.'],
  KEY_SCOPE: ['this key may not {scope}', 'Use a key with that scope (`syntrace serve keys add NAME --scope`).'],
  BATCH_UNKNOWN: ['there is no batch {id}', 'GET /v1/batches lists them.'],
  BATCH_STATE: ['batch {id} is {state}: {detail}', 'GET /v1/batches lists them.'],
  SOURCE_REFUSED: ['{source} may not be read: {detail}', 'The operator allows folders, buckets and addresses (--allow-folder, --allow-s3, --allow-http).'],
  DATABASE_UNAVAILABLE: ['the database cannot be used: {detail}', 'Check its address and that it runs.'],
  EXPORT_FAILED: ['{file} cannot be written: {detail}', 'Nothing was lost: make room, or choose another folder, and export again.'],
  CONFIG_INVALID: ['{file} is not usable: {detail}', 'See docs/configuration.md.'],
  USAGE: ['{detail}', 'See --help.'],
  ABORTED: ['the run was stopped', 'Start it again to go on, with --resume where the command has it.'],
} as const satisfies Record<string, readonly [message: string, hint: string]>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorDetails = Readonly<Record<string, string | number>>;

const MARKER = Symbol.for('syntrace.error');
const fill = (template: string, details: ErrorDetails) => template.replace(/\{(\w+)\}/g, (_, key: string) => String(details[key] ?? ''));

/** The only error class that leaves Syntrace: a stable code, the message in the user's words, and what to do. */
export class SyntraceError extends Error {
  override readonly name = 'SyntraceError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, cause?: unknown) {
    const [message, hint] = ERRORS[code];
    super(fill(message, details), cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = fill(hint, details);
    this.details = details;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** Whether a value is a SyntraceError (of this code), also across duplicated copies of this package. */
  static is(error: unknown, code?: ErrorCode): error is SyntraceError {
    const marked = typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[MARKER] === true;
    return marked && (code === undefined || (error as SyntraceError).code === code);
  }

  /** The error itself, or the given code around it. */
  static from(error: unknown, code: ErrorCode, details: ErrorDetails): SyntraceError {
    return SyntraceError.is(error) ? error : new SyntraceError(code, { detail: messageOf(error), ...details }, error);
  }

  toJSON(): { code: ErrorCode; message: string; hint: string } {
    return { code: this.code, message: this.message, hint: this.hint };
  }
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    // Objects without a prototype cannot be made a string.
    return 'an unknown error';
  }
}

/** `, did you mean "x"?` for the nearest known name, or nothing when none is near. */
export function nearestName(wanted: string, known: readonly string[]): string {
  const distances = known.map(name => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }));
  const best = distances.sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(2, wanted.length / 3) ? `, did you mean "${best.name}"?` : '';
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length]!;
}
