import { spawnSync } from 'node:child_process';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { type BackendReport, messageOf, type ProviderReport, probeBackends } from '@syntrace/core';
import { decode, encodePng } from '@syntrace/image-io';
import { openSession, type RefusedPlugin } from '../open-session.js';
import { grid } from '../output/grid.js';
import type { CommonOptions } from '../program-parts.js';

interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'missing' | 'broken';
  readonly detail: string;
  readonly hint: string;
}

/** Prints what works, why each backend was or was not taken, and how to get what is missing. Exit 1 when nothing can be judged. */
export async function doctorCommand(options: CommonOptions & { readonly json?: boolean }): Promise<void> {
  const refused: RefusedPlugin[] = [];
  const { syntrace } = await openSession(options, refused);
  const backends = await probeBackends(syntrace.registry, { threads: options.concurrency ?? availableParallelism() });
  const providers = (await syntrace.models()?.providers()) ?? [];
  const findings = [
    node(),
    machine(),
    ...backends.map(backend),
    ...providers.map(provider),
    ...refused.map(plugin),
    await decoding(),
    await judging(options),
    await training(),
    rust(),
  ];
  await syntrace.close();
  if (options.json) console.log(JSON.stringify({ findings, backends, providers }, null, 2));
  else {
    console.log(
      grid(
        ['', 'what', 'found'],
        findings.map(f => [{ ok: '✓', missing: '·', broken: '✗' }[f.state], f.what, f.hint ? `${f.detail}\n→ ${f.hint}` : f.detail]),
      ),
    );
  }
  process.exitCode = findings.some(finding => finding.state === 'broken') ? 1 : 0;
}

const ok = (what: string, detail: string): Finding => ({ what, state: 'ok', detail, hint: '' });

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = major > 20 || (major === 20 && minor >= 19);
  return { what: 'Node', state: fits ? 'ok' : 'broken', detail: process.version, hint: fits ? '' : 'Syntrace runs on Node 20.19 and newer.' };
}

const machine = (): Finding =>
  ok(
    'machine',
    `${platform()} ${arch()}, ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
  );

const backend = (report: BackendReport): Finding => available('backend', report);
const provider = (report: ProviderReport): Finding => available('provider', report);

const plugin = ({ name, error }: RefusedPlugin): Finding => ({
  what: `plugin ${name}`,
  state: 'broken',
  detail: `${error.code}: ${error.message}`,
  hint: error.hint,
});

const available = (kind: string, { id, chosen, availability }: BackendReport | ProviderReport): Finding =>
  availability.ok
    ? ok(`${kind} ${id}`, `${availability.detail}${chosen ? ' (taken by auto)' : ''}`)
    : { what: `${kind} ${id}`, state: 'missing', detail: `${availability.code}: ${availability.message}`, hint: availability.hint };

async function check(what: string, work: () => Promise<string>, state: 'missing' | 'broken', hint: string): Promise<Finding> {
  try {
    return ok(what, await work());
  } catch (error) {
    return { what, state, detail: messageOf(error), hint };
  }
}

const decoding = (): Promise<Finding> =>
  check(
    'pictures',
    async () => (await decode(await testPicture())).source.decoder.replace(/^\w+ \((.*)\)$/, 'JPEG, PNG, WebP, GIF, TIFF, AVIF ($1)'),
    'broken',
    'Reinstall sharp: npm install sharp',
  );

const judging = (options: CommonOptions): Promise<Finding> =>
  check(
    'detectors',
    async () => {
      const { syntrace } = await openSession(options, []);
      try {
        const { detectors } = await syntrace.detect(await testPicture());
        return `${detectors.map(({ id, version }) => `${id} ${version}`).join(', ')} judged a test picture; checksums of the weights fit`;
      } finally {
        await syntrace.close();
      }
    },
    'broken',
    'See the error; `syntrace models list` shows the weights.',
  );

const training = (): Promise<Finding> =>
  check('training', async () => `@syntrace/training, ${(await import('@syntrace/training')) && 'WebAssembly'}`, 'missing', 'npm install @syntrace/training');

/** Only those who build from source need it. */
function rust(): Finding {
  const found = spawnSync('cargo', ['--version'], { encoding: 'utf8' });
  return found.status === 0
    ? ok('cargo', found.stdout.trim())
    : { what: 'cargo', state: 'missing', detail: 'not found', hint: 'Only needed to build the native backend or the WASM from source: https://rustup.rs' };
}

/** 128×128 of a diagonal ramp. */
const testPicture = (): Promise<Uint8Array> =>
  encodePng({ width: 128, height: 128, data: Uint8Array.from({ length: 128 * 128 * 3 }, (_, i) => (i * 7) & 255) });
