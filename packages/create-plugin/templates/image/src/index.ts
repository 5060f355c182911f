import { definePlugin, type Plugin } from '@syntrace/core';
import manifest from '../package.json' with { type: 'json' };
import { detector } from './detector.js';

const plugin: Plugin = definePlugin({ name: manifest.name, version: manifest.version, contract: 1, detectors: [detector] });
export default plugin;
