/** Sides of the planes that every contestant transforms; scipy_peer.py is told the same. */
export const transforms = { dct2: [128, 224, 256, 512, 1024], rfft2: [128, 256, 512, 1024] };

/** Side of the planes for all other kernels. */
export const elsewhere = 512;

/** Sides of texture planes, mask planes and filtered pictures; rows of features. texture_peer.py is told the same. */
export const texture = { grey: 256, mask: 478, picture: 512, rows: [1000, 1024] };

/** Side of the picture that is filtered; side and number of the residuals of which all pairs are compared. noise_peer.py is told the same. */
export const noise = { residual: 256, side: 256, pairs: 100 };
