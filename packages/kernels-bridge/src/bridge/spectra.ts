import type { MaskGradients, MaskHeads, SpectrumKernels, Tensor } from '@syntrace/core';
import { TextureBridge } from './texture.js';

/** Spectra compared with masks. */
export abstract class SpectrumBridge extends TextureBridge implements SpectrumKernels {
  centredLogSpectrum(x: Tensor<'f32'>, eps: number): Promise<Tensor<'f32'>> {
    return this.one('centredLogSpectrum', [x], [eps]);
  }

  centredLogSpectrumGradient(x: Tensor<'f32'>, gradient: Tensor<'f32'>, eps: number): Promise<Tensor<'f32'>> {
    return this.one('centredLogSpectrumGradient', [x, gradient], [eps]);
  }

  maskOfLogits(logits: Tensor<'f32'>): Promise<Tensor<'f32'>> {
    return this.one('maskOfLogits', [logits]);
  }

  async maskSimilarity(spectra: Tensor<'f32'>, heads: MaskHeads): Promise<{ cosines: Tensor<'f64'>; logits: Tensor<'f64'> }> {
    const [cosines, logits] = (await this.run('maskSimilarity', [spectra, ...parts(heads)])) as [Tensor<'f64'>, Tensor<'f64'>];
    return { cosines, logits };
  }

  maskSimilarityMap(spectra: Tensor<'f32'>, heads: MaskHeads): Promise<Tensor<'f32'>> {
    return this.one('maskSimilarityMap', [spectra, ...parts(heads)]);
  }

  async maskGradients(spectra: Tensor<'f32'>, heads: MaskHeads, labels: Tensor<'u8'>): Promise<MaskGradients> {
    const results = await this.run('maskGradients', [spectra, ...parts(heads), labels]);
    const names = ['loss', 'cosines', 'masks', 'references', 'mixing', 'norm', 'scale', 'spectra'] as const;
    return Object.fromEntries(names.map((name, i) => [name, results[i]])) as unknown as MaskGradients;
  }
}

const parts = ({ masks, references, mixing, norm, scale }: MaskHeads): Tensor[] => [masks, references, mixing, norm, scale];
