import type { SpectrumKernels } from '@syntrace/core';
import { TextureBridge } from './texture.js';

/** Spectra compared with masks. */
export abstract class SpectrumBridge extends TextureBridge implements SpectrumKernels {}
