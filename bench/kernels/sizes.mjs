/** Number of planes in a batch, and their sides, that every contestant transforms; scipy_peer.py is told the same. */
export const transforms = { planes: 8, dct2: [128, 224, 256, 512, 1024], rfft2: [128, 256, 512, 1024], fft2: [256, 512] };

/** Side of the planes for all other kernels. */
export const elsewhere = 512;

/** Sides of texture planes, mask planes and filtered pictures; pictures whose neighbouring pixels are compared, and their side; rows of features.
 *  texture_peer.py is told the same. */
export const texture = { grey: 256, mask: 478, picture: 512, npr: [8, 512], rows: [1000, 1024] };

/** Side and number of the pictures that are filtered; side and number of the residuals of which all pairs are compared. noise_peer.py is told the same. */
export const noise = { residual: 256, pictures: 4, side: 256, pairs: Number(process.env.SYNTRACE_BENCH_PAIRS ?? 1000) };
