import { definePlugin, type Plugin } from '@syntrace/core';
import { onnxDetector } from '@syntrace/detector-onnx';
import card from '../model/model.json' with { type: 'json' };
import manifest from '../package.json' with { type: 'json' };

const detector = onnxDetector(card, new URL('../model/model.onnx', import.meta.url));

const plugin: Plugin = definePlugin({ name: manifest.name, version: manifest.version, contract: 1, detectors: [detector] });
export default plugin;
