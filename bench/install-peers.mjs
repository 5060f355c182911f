// Installs what the kernels are compared with in Python, of the pinned versions, into bench/.peers (about 6 GB, most of it torch).
//   node bench/install-peers.mjs [PYTHON]      default: python3, 3.11 or newer
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peersFolder, pythonIn } from './kernels/python.mjs';

const python = process.argv[2] ?? 'python3';
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  console.error(`${[command, ...args].join(' ')} failed${error ? `: ${error.message}` : ''}`);
  console.error('A Python of 3.11 or newer with its module venv is needed, and its package registry must answer. The bench runs without peers too.');
  process.exit(1);
}

run(python, ['-m', 'venv', peersFolder]);
run(pythonIn(peersFolder), ['-m', 'pip', 'install', '--only-binary=:all:', '-r', requirements]);
console.log(`The peers are in ${join('bench', '.peers')}`);
