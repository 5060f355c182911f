import { SyntraceError } from '@syntrace/core';
import { LOOKS, type Look } from '@syntrace/detector-npr';

/** A look by its name, as an option. @throws USAGE */
export function lookNamed(name: string | undefined): { readonly look?: Look } {
  if (name === undefined) return {};
  const look = LOOKS.find(each => each === name);
  if (!look) throw new SyntraceError('USAGE', { detail: `--look takes ${LOOKS.join(', ')}, received ${name}` });
  return { look };
}

/** How the published code looks at the pictures of a layout (NPR, sections 4 and 8). */
const PUBLISHED: Readonly<Record<string, Look>> = {
  forensynths: 'resized',
  diffusionforensics: 'resized',
  universalfakedetect: 'resized',
  // Not listed there: as the other sets of the same script.
  diffusion1kstep: 'resized',
  'gangen-detection': 'whole',
  aigcdetectbenchmark: 'whole',
  genimage: 'genimage',
};

/** @throws USAGE for a layout that was never published with this method */
export function publishedLook(layout: string): Look {
  const look = PUBLISHED[layout];
  if (look) return look;
  throw new SyntraceError('USAGE', {
    detail: `--compat: no published test has the layout ${layout}; give --look, or --layout (${Object.keys(PUBLISHED).join(', ')})`,
  });
}
