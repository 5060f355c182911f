/** How residuals are taken out of pictures: the published choice (spec section 2). Part of every stored residual's key. */
export const EXTRACTION = {
  method: 'mihcak',
  version: 1,
  sigma: 2,
  levels: 4,
  wavelet: 'db4',
  grey: 'ntsc-inverse',
  zeroMean: false,
  fourierWiener: false,
} as const;
