import { bytesOf, type Picture } from '../shared/picture.js';
import { DecoderUnavailable } from './decoder-unavailable.js';

/** The part of an Emscripten build that is used here. */
interface PixelModule {
  decode(bytes: Uint8Array, ...options: boolean[]): ImageData | null;
}

type Factory = (options: Record<string, unknown>) => Promise<PixelModule>;

/** What a call gave: the picture, and the lines that the codec wrote to its error output. */
interface Outcome {
  readonly picture: Picture | null;
  readonly said: string[];
}

/** Above this, an instance is given up after use: WebAssembly memory grows and never shrinks. */
const KEEP_PIXELS = 16 * 1024 * 1024;

/** Runs a codec's `decode`. An instance that threw is never used again. @throws Error with the codec's words, DecoderUnavailable */
export function codecOf(factory: unknown, wasm: Uint8Array<ArrayBuffer>, ...options: boolean[]): (bytes: Uint8Array) => Promise<Outcome> {
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
    const { module, said } = await opened.catch(error => {
      [compiled, opened] = [undefined, undefined];
      throw new DecoderUnavailable(error);
    });
    said.length = 0;
    try {
      const picture = module.decode(bytes, ...options);
      if (picture && picture.width * picture.height > KEEP_PIXELS) opened = undefined;
      return { picture: picture && { width: picture.width, height: picture.height, data: bytesOf(picture.data) }, said: [...said] };
    } catch (error) {
      opened = undefined;
      throw new Error(said.join('\n') || 'the decoder stopped', { cause: error });
    }
  };
}
