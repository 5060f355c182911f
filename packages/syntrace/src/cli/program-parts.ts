import { type Command, InvalidArgumentError } from 'commander';

/** Options that every command which judges or computes takes. */
export interface CommonOptions {
  readonly backend?: string;
  readonly provider?: string;
  readonly concurrency?: number;
  readonly plugin?: readonly string[];
  readonly maxPixels?: number;
  readonly maxBytes?: number;
}

export const withPlugins = (command: Command): Command => command.option('--plugin <package|path>', 'load this plugin too; may be given again', collect);

export function common(command: Command): Command {
  return withPlugins(command)
    .option('--backend <id>', 'auto, cuda, native, wasm, or the id of a plugin’s backend; an explicit choice is honoured or refused')
    .option('--provider <id>', 'what runs models: auto, cpu, cuda; an explicit choice is honoured or refused')
    .option('--concurrency <n>', 'threads for kernels and models, and pictures decoded at one time', integer)
    .option('--max-pixels <n>', 'refuse larger pictures before decoding', integer)
    .option('--max-bytes <n>', 'refuse larger files', integer);
}

/** Weights and calibrations of one's own, by the detector that they name. */
export const withWeights = (command: Command): Command =>
  command
    .option('--calibration <file>', 'what its scores mean, as made by calibrate; may be given again', collect)
    .option('--weights <dir>', 'own weights, as made by train or models import (or https://…/#sha256=…); may be given again', collect);

export const examples = (...lines: readonly string[]): string => `\nExamples:\n${lines.map(line => `  $ ${line}`).join('\n')}`;
export const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number');
  return value;
}

export function integer(text: string): number {
  const value = number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('expected a whole number');
  return value;
}
