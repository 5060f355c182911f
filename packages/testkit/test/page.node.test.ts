import { expect, it } from 'vitest';
import { RULES } from '../src/index.js';
import { BAD_BACKENDS } from './bad-backends.js';
import { BAD_PLUGINS } from './bad-plugins.js';

const caught = (id: string) => [...(BAD_PLUGINS[id] ?? []), ...(BAD_BACKENDS[id] ?? [])].map(({ what }) => what).join('; ');

it('docs/plugin-rules.md names every rule with what it catches', async () => {
  const page = [
    '# Rules for plugins',
    '',
    '<!-- Written by `vitest run -u` in packages/testkit. -->',
    '',
    'What `@syntrace/testkit` and `syntrace plugins verify` test. For each rule there are plugins that break it (`packages/testkit/test`), and a test that the rule catches them.',
    '',
    '| rule | promise | catches, for example |',
    '| --- | --- | --- |',
    ...RULES.map(({ id, promise }) => `| \`${id}\` | ${promise} | ${caught(id)} |`),
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../../docs/plugin-rules.md');
});
