// Runs a command that leaves its counts in a file, and reads them.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../process.mjs';

/** `start(file)` gives [command, args, options]; a command that fails without having counted a failure counts as one. */
export async function childResults(name, start) {
  const folder = mkdtempSync(join(tmpdir(), 'syntrace-results-'));
  try {
    const file = join(folder, 'results.json');
    const [command, args, options] = start(file);
    const { code } = await run(command, args, { show: true, ...options });
    const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: [], skipped: [] };
    if (code !== 0 && results.failed.length === 0) results.failed.push(`${name}: ended with exit code ${code}`);
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
