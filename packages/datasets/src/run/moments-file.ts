import { readFile } from 'node:fs/promises';
import { type Moments, readSafetensors, SyntraceError, writeSafetensors } from '@syntrace/core';
import { replaceFile } from './output-folder.js';

/** Keeps running statistics so that a run can go on: named [count, mean, m2] in one safetensors file. */
export async function saveMoments(path: string, states: Readonly<Record<string, Moments>>): Promise<void> {
  const f64 = (data: Float64Array) => ({ dtype: 'f64', shape: [data.length], data }) as const;
  const tensors = Object.entries(states).flatMap(([name, { count, mean, m2 }]) => [
    [`${name}.count`, f64(Float64Array.of(count))] as const,
    [`${name}.mean`, f64(mean)] as const,
    [`${name}.m2`, f64(m2)] as const,
  ]);
  await replaceFile(path, writeSafetensors(new Map(tensors)));
}

/** What {@link saveMoments} kept. @throws DATA_INVALID */
export async function loadMoments(path: string): Promise<Readonly<Record<string, Moments>>> {
  try {
    const tensors = readSafetensors(await readFile(path), path);
    const part = (name: string) => tensors.get(name)!.data as Float64Array;
    const names = [...tensors.keys()].flatMap(key => (key.endsWith('.count') ? [key.slice(0, -'.count'.length)] : []));
    return Object.fromEntries(names.map(name => [name, { count: part(`${name}.count`)[0]!, mean: part(`${name}.mean`), m2: part(`${name}.m2`) }]));
  } catch (error) {
    throw SyntraceError.from(error, 'DATA_INVALID', { file: path });
  }
}
