import { signal } from '@preact/signals';

/** How far the page works without a network. */
export const offline = signal<'unsupported' | 'preparing' | 'ready' | 'everything'>('preparing');

/** The reader of Content Credentials is fetched so long after the page is ready, unless the user saves data. */
const IDLE_MS = 4000;

interface Saving {
  readonly connection?: { readonly saveData?: boolean };
}

/** Registers the service worker that keeps the site's files; in development there is none. */
export async function keepForOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) {
    offline.value = 'unsupported';
    return;
  }
  try {
    await navigator.serviceWorker.register('./sw.js');
    await navigator.serviceWorker.ready;
    offline.value = 'ready';
    if (!(navigator as Saving).connection?.saveData) setTimeout(() => void keep('c2pa'), IDLE_MS);
  } catch {
    // A page that is not secure, or storage that is refused: it works as long as there is a network.
    offline.value = 'unsupported';
  }
}

/** Also what only few pictures need. */
export async function keepEverything(): Promise<boolean> {
  const kept = await keep('');
  if (kept) offline.value = 'everything';
  return kept;
}

async function keep(word: string): Promise<boolean> {
  const { active } = await navigator.serviceWorker.ready;
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === true);
    active?.postMessage({ keep: word }, [port2]);
  });
}
