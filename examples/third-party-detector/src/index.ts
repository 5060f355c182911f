import { definePlugin, type Plugin } from '@syntrace/core';
import { detector } from './detector.js';

const plugin: Plugin = definePlugin({ name: '@example/detector-detail', version: '1.2.0', contract: 1, detectors: [detector] });
export default plugin;
