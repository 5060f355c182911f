/** The module beside the package's code; bundlers copy it because they see this very expression. */
export const moduleAddress = (): URL => new URL('./c2pa_bg.wasm', import.meta.url);
