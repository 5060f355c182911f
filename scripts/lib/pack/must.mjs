import { run, tail } from '../process.mjs';

/** A command that must end well; gives its standard output. */
export async function must(command, args, options) {
  const { code, stdout, output } = await run(command, args, { timeoutMs: 300_000, ...options });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: exit code ${code}\n${tail(output, 20)}`);
  return stdout;
}
