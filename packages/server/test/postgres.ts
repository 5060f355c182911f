import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const debian = '/usr/lib/postgresql';
/** Newest PostgreSQL of Debian's packages, or the one on the path. */
const bin = existsSync(debian)
  ? readdirSync(debian)
      .map(version => join(debian, version, 'bin'))
      .filter(folder => existsSync(join(folder, 'initdb')))
      .at(-1)
  : undefined;

/** Why there is no PostgreSQL here, or nothing. */
export const noPostgres: string | undefined = bin ? undefined : 'PostgreSQL is not installed (Debian: apt-get install postgresql)';

export interface Cluster {
  readonly address: string;
  readonly folder: string;
  restart(mode?: 'fast' | 'immediate'): void;
  stop(): void;
}

export const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** A cluster of one's own in a temporary folder; PostgreSQL refuses to run as root, so that its own account has it then. */
export async function startPostgres(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'syntrace-postgres-'));
  const asRoot = process.getuid?.() === 0;
  const run = (program: string, args: readonly string[]) => {
    const command = [join(bin!, program), ...args];
    const [file, ...rest] = asRoot ? [existsSync('/usr/sbin/runuser') ? '/usr/sbin/runuser' : 'runuser', '-u', 'postgres', '--', ...command] : command;
    const { status, stderr, error } = spawnSync(file!, rest, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
  };
  if (asRoot) {
    chmodSync(folder, 0o755);
    spawnSync('chown', ['postgres', folder]);
  }
  const data = join(folder, 'data');
  const port = await freePort();
  run('initdb', ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--no-sync', '--locale=C']);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=100`;
  const control = (...args: readonly string[]) => run('pg_ctl', ['-D', data, '-w', '-t', '60', '-l', join(folder, 'log'), ...args]);
  control('-o', options, 'start');
  return {
    address: `postgres://postgres@127.0.0.1:${port}/postgres`,
    folder,
    restart: (mode = 'fast') => control('-o', options, '-m', mode, 'restart'),
    stop() {
      control('-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
