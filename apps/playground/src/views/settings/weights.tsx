import type { Named } from '../../engine/protocol.js';
import { FileButton } from '../../parts/file-buttons.js';
import { ProblemNote } from '../../parts/problem.js';
import { useAttempt } from '../../parts/use-attempt.js';
import { ask, detectors } from '../../state/engines.js';
import { addDetectors } from '../../state/queue.js';
import { t } from '../../words/translate.js';

/** Published checkpoints, own weights, and saved fingerprints. Everything is read here and goes nowhere. */
export function Weights() {
  const { busy, said, problem, attempt } = useAttempt();
  const importable = detectors.value.filter(each => each.importable);
  const importInto = (detector: string, file: Named) =>
    attempt(async () => {
      const artifact = await ask(engine => engine.importWeights(detector, file));
      await addDetectors({ kind: 'weights', name: file.name, artifact });
      return t('weights-imported', { detector, name: file.name });
    });
  const useOwn = (files: readonly Named[]) =>
    attempt(async () => {
      const flat = files.map(({ name, file }) => ({ name: name.split('/').at(-1)!, file }));
      const artifact = await ask(engine => engine.readArtifact(flat));
      await addDetectors({ kind: 'weights', name: artifact.card.detector, artifact });
      return t('weights-taken', { detector: artifact.card.detector });
    });
  const useFingerprints = ({ name, file }: Named) =>
    attempt(async () => {
      await addDetectors({ kind: 'fingerprints', name, bytes: new Uint8Array(await file.arrayBuffer()) });
      return t('fingerprints-added');
    });
  return (
    <section aria-labelledby="weights" aria-busy={busy}>
      <h2 id="weights">{t('weights')}</h2>
      <p class="quiet">{t('weights-about')}</p>
      <p class="buttons">
        {importable.map(({ id }) => (
          <FileButton
            key={id}
            label={t('weights-import', { detector: id })}
            multiple={false}
            accept=".pth,.pt,.ckpt,.safetensors"
            onFiles={([file]) => file && void importInto(id, file)}
          />
        ))}
        <FileButton label={t('weights-own')} accept=".json,.onnx,.safetensors" onFiles={files => files.length > 0 && void useOwn(files)} />
        <FileButton label={t('fingerprints-load')} multiple={false} accept=".safetensors,.npy" onFiles={([file]) => file && void useFingerprints(file)} />
      </p>
      <p role="status">{busy ? t('working') : said}</p>
      {problem && <ProblemNote problem={problem} />}
    </section>
  );
}
