import type { TextureKernels } from '@syntrace/core';
import { NoiseBridge } from './noise.js';

/** Texture and colour statistics. */
export abstract class TextureBridge extends NoiseBridge implements TextureKernels {}
