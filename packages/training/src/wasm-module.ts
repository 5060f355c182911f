/** The committed build, beside the package's code; bundlers copy it because they see this very expression. */
export const moduleAddress = (): URL => new URL('../pkg/syntrace_learn_wasm_bg.wasm', import.meta.url);
