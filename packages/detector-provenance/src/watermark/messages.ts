/** Messages that public programs embed by the DWT-DCT method of invisible-watermark. Watermarks whose detectors are not public
 *  (SynthID of Google, Stable Signature of Meta, those of OpenAI and Amazon) cannot be read here. */
export interface Message {
  readonly id: string;
  readonly generator: string;
  readonly bits: readonly number[];
  readonly origin: string;
}

const ofWord = (word: string): readonly number[] => [...word].flatMap(char => Array.from({ length: 8 }, (_, i) => (char.charCodeAt(0) >> (7 - i)) & 1));
const ofDigits = (digits: string): readonly number[] => Array.from(digits, Number);

export const MESSAGES: readonly Message[] = [
  { id: 'watermark-sd1', generator: 'Stable Diffusion 1', bits: ofWord('StableDiffusionV1'), origin: 'CompVis/stable-diffusion, scripts/txt2img.py' },
  { id: 'watermark-sd2', generator: 'Stable Diffusion 2', bits: ofWord('SDV2'), origin: 'Stability-AI/stablediffusion, scripts/txt2img.py' },
  {
    id: 'watermark-sdxl',
    generator: 'Stable Diffusion XL',
    bits: ofDigits('101100111110110010010000011110111011000110011110'),
    origin: 'Stability-AI/generative-models and diffusers, pipelines/stable_diffusion_xl/watermark.py',
  },
  {
    id: 'watermark-flux',
    generator: 'FLUX',
    // Written as 48 bits in the program, which drops the two zeros in front.
    bits: ofDigits('1010101111111010000111100111001111010100101110'),
    origin: 'black-forest-labs/flux, src/flux/util.py',
  },
];
