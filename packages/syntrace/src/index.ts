// Types of both entry points; at run time the `node` or the browser entry is taken.
export { createInspector, createSyntrace, detect } from './node.js';
export * from './shared-exports.js';
