export { createPlugin, type NewPlugin } from './create-plugin.js';
export { isKind, KINDS, type Kind } from './kinds.js';
