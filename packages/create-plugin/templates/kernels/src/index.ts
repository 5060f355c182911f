import { definePlugin, type Plugin } from '@syntrace/core';
import manifest from '../package.json' with { type: 'json' };
import { backend } from './backend.js';

const plugin: Plugin = definePlugin({ name: manifest.name, version: manifest.version, contract: 1, kernels: [backend] });
export default plugin;
