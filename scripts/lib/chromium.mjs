import { canInstallDebianPackages, ensureDebianPackages } from './debian-packages.mjs';
import { findAll, isExecutable } from './process.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const places = [
  '/usr/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium: CHROMIUM_PATH, else one on the PATH or where systems put it. */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return isExecutable(process.env.CHROMIUM_PATH) ? process.env.CHROMIUM_PATH : undefined;
  return names.flatMap(name => findAll(name))[0] ?? places.find(isExecutable);
}

/** Finds Chromium or, as root on Debian, installs it. */
export async function ensureChromium() {
  const before = findChromium();
  if (before || process.env.CHROMIUM_PATH || !canInstallDebianPackages()) return before;
  await ensureDebianPackages(['chromium']);
  return findChromium();
}

export const chromiumHint = 'Install Chromium or Chrome, or set CHROMIUM_PATH to one; the tests in the browser are left out until then.';

/** Flags that keep Chromium quiet and let it start as root. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
