/** The part of an Emscripten build that is used here. */
export interface PixelModule {
  decode(bytes: Uint8Array, ...options: boolean[]): ImageData | null;
}

type Factory = (options: Record<string, unknown>) => Promise<PixelModule>;

/** Above this, an instance is given up after use: WebAssembly memory grows and never shrinks. */
const KEEP_PIXELS = 16 * 1024 * 1024;

/** Runs a codec's `decode` and tells what it wrote to its error output. An instance that threw is never used again. */
export function codecOf(
  factory: unknown,
  wasm: Uint8Array<ArrayBuffer>,
  ...options: boolean[]
): (bytes: Uint8Array) => Promise<{ picture: ImageData | null; said: string[] }> {
  let compiled: Promise<WebAssembly.Module> | undefined;
  let opened: Promise<{ module: PixelModule; said: string[] }> | undefined;

  const open = async () => {
    compiled ??= WebAssembly.compile(wasm);
    const binary = await compiled;
    const said: string[] = [];
    const say = (text: string) => said.push(text);
    const module = await new Promise<PixelModule>((resolve, reject) => {
      const instantiateWasm = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
        WebAssembly.instantiate(binary, imports).then(done, reject);
        return {};
      };
      (factory as Factory)({ noInitialRun: true, print: say, printErr: say, instantiateWasm }).then(resolve, reject);
    });
    return { module, said };
  };

  return async bytes => {
    opened ??= open();
    const current = opened;
    try {
      const { module, said } = await current;
      said.length = 0;
      const picture = module.decode(bytes, ...options);
      if ((picture?.width ?? 0) * (picture?.height ?? 0) > KEEP_PIXELS) opened = undefined;
      return { picture, said: [...said] };
    } catch (error) {
      if (opened === current) opened = undefined;
      const said = await current.then(
        ({ said }) => said.join('\n'),
        () => '',
      );
      throw new Error(said || 'the decoder stopped', { cause: error });
    }
  };
}
