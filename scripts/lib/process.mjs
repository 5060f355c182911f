import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, windows } from './paths.mjs';
import { write } from './say.mjs';

/**
 * Runs a command to its end; never throws for an exit code.
 * `show` passes the output on as it comes; it is collected in any case.
 * @returns code (127 when it could not be started, 124 when `timeoutMs` ran out), stdout, stderr, both as `output`, ms
 */
export function run(command, args, { cwd = root, env = process.env, show = false, timeoutMs, input } = {}) {
  const start = performance.now();
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd, env, shell: windows, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    const result = { code: 0, stdout: '', stderr: '', output: '', ms: 0 };
    let timedOut = false;
    const onTimeout = () => {
      timedOut = true;
      child.kill('SIGKILL');
    };
    const timer = timeoutMs && setTimeout(onTimeout, timeoutMs);
    const collect = name => chunk => {
      result[name] += chunk;
      result.output += chunk;
      if (show) write(chunk, name);
    };
    child.stdout.setEncoding('utf8').on('data', collect('stdout'));
    child.stderr.setEncoding('utf8').on('data', collect('stderr'));
    const finish = code => {
      clearTimeout(timer);
      result.code = timedOut ? 124 : code;
      result.ms = performance.now() - start;
      resolve(result);
    };
    child.on('error', error => {
      result.output += String(error);
      finish(127);
    });
    child.on('close', code => finish(code ?? 1));
    // A command that ends without reading its input is judged by its exit code.
    if (input !== undefined) child.stdin.on('error', () => {}).end(input);
  });
}

/** The last lines of a command's output, for an error message. */
export function tail(output, lines = 30) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Every executable of that name on the PATH of `env`, in order. */
export function findAll(name, env = process.env) {
  const names = windows ? [`${name}.exe`, `${name}.cmd`] : [name];
  const found = [];
  for (const folder of (env.PATH ?? env.Path ?? '').split(delimiter)) {
    for (const each of names) {
      const file = join(folder, each);
      if (folder && isExecutable(file) && !found.includes(file)) found.push(file);
    }
  }
  return found;
}

export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
