import { readFile } from 'node:fs/promises';
import { type DetectOptions, type LoadAsset, type Plugin, parseEnsemble, type Syntrace, SyntraceError } from '@syntrace/core';
import { parseCalibration, recalibrated } from '../calibration.js';
import type { Input } from '../input.js';
import { createSyntrace } from '../node.js';
import { loadNodeAsset, type NodeHostOptions } from '../node-host.js';
import { useDetector } from '../weights.js';
import { aliasOf } from './aliases.js';
import { loadConfig, loadPlugin } from './load-config.js';
import type { CommonOptions } from './program-parts.js';
import { type LookOptions, useWeights } from './use-weights.js';

export interface SessionOptions extends CommonOptions, LookOptions {
  readonly detector?: readonly string[];
  readonly ensemble?: string;
  readonly weights?: readonly string[];
  readonly calibration?: readonly string[];
  readonly allowHttp?: boolean;
}

export interface Session {
  readonly syntrace: Syntrace<Input>;
  /** Which detectors or ensemble the user chose. */
  readonly choice: Pick<DetectOptions, 'detectors' | 'ensemble'>;
  /** For pictures that are decoded outside a run. */
  readonly limits: Pick<NodeHostOptions, 'maxPixels' | 'maxBytes'>;
  /** For model cards, which need no kernels. */
  readonly loadAsset: LoadAsset;
}

/** A plugin that could not be taken, with the reason. */
export interface RefusedPlugin {
  readonly name: string;
  readonly error: SyntraceError;
}

/** Defaults, then the config file, then the command line. A plugin that cannot be taken ends the command, as what was asked for is honoured or refused;
 *  commands that only look around pass `refused`, where it is noted instead. */
export async function openSession(options: SessionOptions, refused?: RefusedPlugin[]): Promise<Session> {
  const config = await loadConfig();
  const pick = <K extends 'backend' | 'provider' | 'concurrency' | 'maxPixels' | 'maxBytes'>(key: K) => {
    const value = options[key] ?? config[key];
    return value === undefined ? {} : { [key]: value };
  };
  const limits = { ...pick('maxPixels'), ...pick('maxBytes') };
  const syntrace = createSyntrace({
    ...limits,
    ...(options.allowHttp && { allowHttp: true }),
    ...pick('backend'),
    ...pick('provider'),
    ...pick('concurrency'),
    // The shipped ensemble was fitted for the shipped weights and calibrations.
    ...((options.weights ?? config.weights ?? options.calibration) && { ensemble: null }),
  });
  for (const plugin of [...(config.plugins ?? []), ...(options.plugin ?? [])]) await takePlugin(plugin, syntrace, refused);
  await useWeights(syntrace, options.weights ?? config.weights ?? [], options);
  for (const file of options.calibration ?? []) await useCalibration(syntrace, file);
  return { syntrace, choice: await chosen(options, config), limits, loadAsset: loadNodeAsset };
}

async function takePlugin(plugin: Plugin | string, syntrace: Syntrace<Input>, refused: RefusedPlugin[] | undefined): Promise<void> {
  try {
    syntrace.use(typeof plugin === 'string' ? await loadPlugin(plugin) : plugin);
  } catch (error) {
    if (!refused || !SyntraceError.is(error)) throw error;
    refused.push({ name: typeof plugin === 'string' ? plugin : String(plugin.name), error });
  }
}

async function chosen(options: SessionOptions, config: { detectors?: readonly string[]; ensemble?: string }): Promise<Session['choice']> {
  if (options.detector) return { detectors: options.detector.map(name => aliasOf(name).detector) };
  const file = options.ensemble ?? (config.detectors ? undefined : config.ensemble);
  if (file) return { ensemble: parseEnsemble(await readText(file)) };
  return config.detectors ? { detectors: config.detectors } : {};
}

/** @throws ARTIFACT_MISSING, ARTIFACT_INVALID, DETECTOR_UNKNOWN */
async function useCalibration(syntrace: Syntrace<Input>, file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SyntraceError('ARTIFACT_MISSING', { file }, error);
  });
  const calibration = parseCalibration(text, file);
  useDetector(syntrace, recalibrated(syntrace.registry.detector(calibration.detector), calibration, file));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw SyntraceError.from(error, 'ENSEMBLE_INVALID', {});
  }
}
