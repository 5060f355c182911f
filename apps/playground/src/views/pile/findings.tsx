import { useSignal } from '@preact/signals';
import type { PileResult } from '../../engine/protocol.js';
import { problemOf } from '../../engine/rpc.js';
import { download } from '../../state/download.js';
import { addDetectors } from '../../state/queue.js';
import { milliseconds, t, tn } from '../../words/translate.js';
import { ClusterGroup } from './cluster-group.js';
import { Thumbnails } from './thumbnails.js';

const LIBRARY = 'fingerprints.safetensors';

/** Clusters as groups of thumbnails with their fingerprints; then those alike to none other. */
export function PileFindings({ result }: { result: PileResult }) {
  const { clusters, alone, pictures, left, warnings, files, seconds } = result;
  return (
    <section class="findings" aria-labelledby="findings">
      <h2 id="findings">{t('findings')}</h2>
      <p role="status">
        {tn('clusters', clusters.length)} {tn('alone', alone.length)} <span class="quiet">{t('took', { time: milliseconds(1000 * seconds) })}</span>
      </p>
      {warnings.length > 0 && (
        <ul class="notes" aria-label={t('notes')}>
          {warnings.map(({ code, message }) => (
            <li key={code}>
              {message} <code>{code}</code>
            </li>
          ))}
        </ul>
      )}
      {clusters.map(cluster => (
        <ClusterGroup key={cluster.id} cluster={cluster} pictures={pictures} />
      ))}
      {alone.length > 0 && (
        <details>
          <summary>{tn('alone', alone.length)}</summary>
          <Thumbnails pictures={alone.map(i => pictures[i]!)} />
        </details>
      )}
      {left.length > 0 && (
        <details>
          <summary>{tn('left-out', left.length)}</summary>
          <ul>
            {left.map(({ name, reason }) => (
              <li key={name}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
      <Files files={files} />
    </section>
  );
}

function Files({ files }: { files: PileResult['files'] }) {
  const said = useSignal('');
  const library = files.get(LIBRARY);
  const useLibrary = (bytes: Uint8Array) =>
    addDetectors({ kind: 'fingerprints', name: LIBRARY, bytes }).then(
      () => {
        said.value = t('fingerprints-added');
      },
      (error: unknown) => {
        said.value = problemOf(error).message;
      },
    );
  return (
    <>
      <h3>{t('files')}</h3>
      <p class="buttons">
        {[...files].map(([name, bytes]) => (
          <button key={name} type="button" class="button" onClick={() => download(name, bytes, 'application/octet-stream')}>
            {name}
          </button>
        ))}
        {library && (
          <button type="button" class="button main" onClick={() => void useLibrary(library)}>
            {t('fingerprints-use')}
          </button>
        )}
      </p>
      <p role="status">{said.value}</p>
    </>
  );
}
