import type { Camera } from '../camera/camera.js';
import { SHAPE_FITS } from '../camera/statements.js';
import { declaredBy, type Provenance } from '../provenance.js';
import type { ThumbnailComparison } from '../thumbnail/compare.js';
import { signOfWatermark } from '../watermark/find-watermark.js';
import type { PixelReading } from './read-pixels.js';

type Said = Pick<Provenance, 'declared' | 'signs' | 'camera' | 'findings'>;

/** What a file says, together with what its pixels say. */
export function withPixels<T extends Said>(provenance: T, { watermark, thumbnail }: PixelReading): T {
  const sign = signOfWatermark(watermark);
  const signs = sign ? [...provenance.signs, sign] : provenance.signs;
  const differs = thumbnail?.match.verdict === 'differs' && provenance.findings.every(({ code }) => code !== 'THUMBNAIL_DIFFERS');
  return {
    ...provenance,
    signs,
    declared: declaredBy(signs),
    camera: provenance.camera && thumbnail ? withThumbnail(provenance.camera, thumbnail) : provenance.camera,
    findings: differs ? [...provenance.findings, { code: 'THUMBNAIL_DIFFERS' as const, message: DIFFERS }] : provenance.findings,
  };
}

const DIFFERS = 'the embedded thumbnail shows something else: the picture was changed since, or the thumbnail is not its own';

function withThumbnail(camera: Camera, { match }: ThumbnailComparison): Camera {
  if (!camera.thumbnail) return camera;
  const fits = match.verdict === 'fits';
  const statements = fits
    ? [...camera.statements.filter(text => text !== SHAPE_FITS), `the embedded thumbnail shows this picture (correlation ${match.correlation.toFixed(3)})`]
    : camera.statements;
  return { ...camera, thumbnail: { ...camera.thumbnail, match }, statements };
}
