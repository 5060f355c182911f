// For Vite (vitest): files of weights as bytes inside a module, as tsup's binary loader gives them.
import { readFileSync } from 'node:fs';

/** @param {string} extension e.g. `.safetensors` */
export const embedWeights = extension => ({
  name: 'embed-weights',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith(extension)) return null;
    return `export default Uint8Array.from(atob('${readFileSync(id).toString('base64')}'), character => character.charCodeAt(0));`;
  },
});
