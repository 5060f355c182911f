{
  "name": "__NAME__",
  "version": "0.1.0",
  "description": "A plugin for Syntrace",
  "license": "MIT",
  "author": "__AUTHOR__",
  "type": "module",
  "sideEffects": false,
  "keywords": ["syntrace-plugin"],
  "syntrace": { "contract": 1 },
  "exports": {
    ".": { "types": "./dist/index.d.ts", "default": "./dist/index.js" },
    "./package.json": "./package.json"
  },
  "files": ["dist"],
  "engines": { "node": ">=20.19" },
  "scripts": {
    "build": "tsup",
    "typecheck": "tsc --noEmit",
    "test": "tsup && tsc --noEmit && vitest run",
    "prepack": "tsup",
    "changeset": "changeset",
    "release": "changeset publish"
  },
  "peerDependencies": { "@syntrace/core": "__CORE__" },
  "devDependencies": {
    "@changesets/cli": "^2.29.0 || ^3.0.0",
    "@syntrace/core": "__CORE__",
    "@syntrace/kernels-wasm": "__KERNELS_WASM__",
    "@syntrace/testkit": "__TESTKIT__",
    "tsup": "^8.5.0 || ^9.0.0",
    "typescript": "^5.9.0",
    "vitest": "^4.0.0 || ^5.0.0"
  }
}
