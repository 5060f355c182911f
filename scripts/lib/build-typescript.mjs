import { toolsEnvironment } from './environment.mjs';
import { run, tail } from './process.mjs';
import { StepError, step } from './say.mjs';

/** `turbo run build`: every package's dist, from the cache where its sources have not changed. */
export async function buildTypeScript() {
  await step('turbo run build', async () => {
    const { code, output } = await run('turbo', ['run', 'build', '--output-logs=errors-only'], { env: toolsEnvironment() });
    if (code !== 0)
      throw new StepError(`A package does not build\n${tail(output, 60)}`, 'The error is in the lines above; `npx tsup` in that package shows it alone.');
  });
}
