import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as keda from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { validate as lintContainerfile } from 'dockerfile-utils';
import { Deployment } from 'kubernetes-models/apps/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { temporary } from './service.js';

const deploy = fileURLToPath(new URL('../deploy/', import.meta.url));
const read = (name: string) => readFileSync(join(deploy, name), 'utf8');
interface Manifest {
  readonly kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: checked by its model
  readonly spec: any;
}
const manifests = readdirSync(join(deploy, 'kubernetes')).flatMap(file =>
  parseAllDocuments(read(`kubernetes/${file}`)).map(document => document.toJS() as Manifest),
);
const MODELS: Record<string, new (manifest: never) => { validate(): void }> = {
  Deployment,
  Service,
  PodDisruptionBudget,
  NetworkPolicy,
  ScaledObject: keda.ScaledObject,
  TriggerAuthentication: keda.TriggerAuthentication,
};

describe('what is deployed', () => {
  it.each(manifests.filter(({ kind }) => kind in MODELS).map(manifest => [manifest.kind, manifest] as const))(
    '%s fits the schema of its kind',
    (kind, manifest) => {
      expect(() => new MODELS[kind]!(manifest as never).validate()).not.toThrow();
    },
  );

  it('a manifest that does not fit is seen', () => {
    const [deployment] = manifests.filter(({ kind }) => kind === 'Deployment');
    expect(() => new Deployment({ ...deployment, spec: { ...deployment!.spec, replicas: 'two' } } as never).validate()).toThrow();
  });

  it('what is stopped has the time to end what it has begun', () => {
    for (const { spec } of manifests.filter(({ kind }) => kind === 'Deployment')) {
      const [{ args }] = spec.template.spec.containers;
      expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(Number(args[args.indexOf('--drain-seconds') + 1]));
    }
    expect(read('syntrace.service')).toMatch(/drain-seconds 60[\s\S]*TimeoutStopSec=75/);
  });

  it('alerts name metrics that exist', () => {
    const metrics = readFileSync(fileURLToPath(new URL('../src/metrics.ts', import.meta.url)), 'utf8');
    const rules = manifests.find(({ kind }) => kind === 'PrometheusRule')!.spec.groups[0].rules as readonly { readonly alert: string; readonly expr: string }[];
    const runbook = readFileSync(fileURLToPath(new URL('../../../docs/server-runbook.md', import.meta.url)), 'utf8');
    for (const { alert, expr } of rules) {
      for (const [name] of expr.matchAll(/syntrace_\w+/g)) expect(metrics, alert).toContain(`'${name}'`);
      expect(runbook, alert).toContain(alert);
    }
  });

  it('the Containerfile has no faults', () => {
    expect(lintContainerfile(read('Containerfile'))).toEqual([]);
  });

  it('compose and the manifests start commands that exist, with options that exist', () => {
    const compose = parse(read('compose.yaml'), { merge: true }) as { services: Record<string, { command?: string[]; read_only?: boolean }> };
    const commands = [
      ...Object.values(compose.services).flatMap(({ command }) => (command ? [command] : [])),
      ...manifests.filter(({ kind }) => kind === 'Deployment').map(({ spec }) => spec.template.spec.containers[0].args as string[]),
    ];
    expect(commands.length).toBe(4);
    const bin = fileURLToPath(new URL('../../syntrace/bin/syntrace.js', import.meta.url));
    const help = new Map(['serve', 'worker'].map(name => [name, spawnSync(process.execPath, [bin, name, '--help'], { encoding: 'utf8' }).stdout]));
    for (const [name, ...args] of commands)
      for (const option of args.filter(arg => arg.startsWith('--'))) expect(help.get(name!), `${name} ${option}`).toContain(`${option} `);
    expect(compose.services.worker?.read_only).toBe(true);
  });

  it('systemd takes the units', context => {
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) return context.skip();
    const folder = temporary();
    for (const unit of ['syntrace.service', 'syntrace-worker@.service']) {
      const name = unit.replace('@', '@1');
      copyFileSync(join(deploy, unit), join(folder, name));
      const { stderr } = spawnSync('systemd-analyze', ['verify', join(folder, name)], { encoding: 'utf8' });
      expect(stderr.split('\n').filter(line => line.includes(name) && /Unknown|Failed to parse|Invalid|not executable/.test(line))).toEqual([]);
    }
    return undefined;
  });
});
