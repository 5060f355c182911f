import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { PLUGIN_CONTRACT, SyntraceError } from '@syntrace/core';
import semver from 'semver';

/** What marks a package as a plugin. */
const KEYWORD = 'syntrace-plugin';

/** The part of a package.json that tells whether a plugin fits, without running any of it. */
export interface PluginManifest {
  readonly name: string;
  readonly version: string;
  readonly keywords?: readonly string[];
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly syntrace?: { readonly contract?: number };
}

type ProjectManifest = Readonly<Partial<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Readonly<Record<string, string>>>>>;

/** Plugins among the dependencies of the project in which the command runs, by their keyword. Their code is not touched. */
export function findPlugins(from = process.cwd()): readonly PluginManifest[] {
  const project = manifestAbove(from);
  if (!project) return [];
  const { dependencies, devDependencies, optionalDependencies } = project.json as ProjectManifest;
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .sort()
    .flatMap(name => {
      const manifest = manifestOf(name, project.folder);
      return manifest?.keywords?.includes(KEYWORD) ? [manifest] : [];
    });
}

/** The package.json of a package by name, or of a folder by its path, as Node would find them; nothing for a lone file. */
export function manifestOf(name: string, from = process.cwd()): PluginManifest | undefined {
  if (/^[./]|^[a-z]:[\\/]/i.test(name)) return readJson(join(resolve(from, name), 'package.json'));
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = readJson(join(folder, 'node_modules', name, 'package.json'));
    if (manifest || dirname(folder) === folder) return manifest;
  }
}

/** Why a plugin does not fit these packages, told by its package.json alone. A range that is none, as a workspace's, is passed over. */
export function misfitOf({ name, version, peerDependencies = {}, syntrace }: PluginManifest): SyntraceError | undefined {
  const contract = syntrace?.contract;
  if (contract !== undefined && contract > PLUGIN_CONTRACT) return new SyntraceError('PLUGIN_CONTRACT', { name, found: contract, expected: PLUGIN_CONTRACT });
  for (const [dependency, found] of Object.entries(OURS)) {
    const range = peerDependencies[dependency];
    if (range === undefined || !semver.validRange(range) || semver.satisfies(found, range, { includePrerelease: true })) continue;
    return new SyntraceError('PLUGIN_RANGE', { name, version, dependency, range, found });
  }
  return undefined;
}

const ownRequire = createRequire(import.meta.url);
const versionOf = (name: string): string => (ownRequire(`${name}/package.json`) as PluginManifest).version;
/** What a plugin may ask a range of. */
const OURS: Readonly<Record<string, string>> = { '@syntrace/core': versionOf('@syntrace/core'), syntrace: versionOf('syntrace') };

function manifestAbove(from: string): { readonly folder: string; readonly json: object } | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const json = readJson(join(folder, 'package.json'));
    if (json) return { folder, json };
    if (dirname(folder) === folder) return undefined;
  }
}

/** A file that is not there, or no JSON, is no manifest. */
function readJson(file: string): PluginManifest | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PluginManifest;
  } catch {
    return undefined;
  }
}
