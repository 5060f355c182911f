import { existsSync } from 'node:fs';
import { explainFailure } from './explain-failure.mjs';
import { findAll, run, tail } from './process.mjs';
import { say, step } from './say.mjs';

/** Whether packages can be installed here without asking anybody: Debian, and root. */
export function canInstallDebianPackages() {
  return existsSync('/etc/debian_version') && findAll('apt-get').length > 0 && process.getuid?.() === 0;
}

async function missing(names) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
  const { stdout } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names]);
  return names.filter(name => !stdout.split('\n').includes(`${name} installed`));
}

/**
 * Installs what is missing of these packages.
 * @returns {Promise<{ ok: true } | { ok: false, reason: string, hint: string }>}
 */
export async function ensureDebianPackages(names) {
  const wanted = await missing(names);
  if (wanted.length === 0) return { ok: true };
  if (!canInstallDebianPackages()) {
    return {
      ok: false,
      reason: `Debian packages are missing (${wanted.join(' ')}) and only root can install them`,
      hint: `sudo apt-get install --no-install-recommends ${wanted.join(' ')}`,
    };
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  let last = { code: 0, output: '' };
  await step(`apt-get install ${wanted.join(' ')}`, async () => {
    last = await run('apt-get', ['update', '-q'], { env });
    const install = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...wanted], { env });
    // An update that failed only matters if the install did too.
    last = install.code === 0 ? install : { code: install.code, output: `${last.output}\n${install.output}` };
    return { ok: install.code === 0 };
  });
  if (last.code === 0) return { ok: true };
  say(tail(last.output, 12));
  return { ok: false, ...explainFailure(last.output, `Try by hand: apt-get install ${wanted.join(' ')}`) };
}
