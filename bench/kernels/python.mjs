import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where bench/install-peers.mjs puts the Python peers. */
export const peersFolder = fileURLToPath(new URL('../.peers', import.meta.url));

export const pythonIn = folder => (process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python'));

/** The Python of the peers: that of SYNTRACE_PYTHON, of bench/.peers, or the system's. */
export const python = process.env.SYNTRACE_PYTHON ?? (existsSync(pythonIn(peersFolder)) ? pythonIn(peersFolder) : 'python3');
