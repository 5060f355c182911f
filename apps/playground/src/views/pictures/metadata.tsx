import type { Inspected, Problem } from '../../engine/protocol.js';
import { ProblemNote } from '../../parts/problem.js';
import type { Picture } from '../../state/pictures.js';
import { t } from '../../words/translate.js';

/** What the file says, by the code behind `syntrace inspect`. */
export function Metadata({ picture }: { picture: Picture }) {
  const inspected = picture.inspected.value;
  return (
    <section class="metadata" aria-labelledby="metadata-title" aria-busy={inspected === null}>
      <h3 id="metadata-title">{t('metadata')}</h3>
      {inspected === null ? (
        <p class="quiet">{t('reading')}</p>
      ) : isProblem(inspected) ? (
        <ProblemNote problem={inspected} />
      ) : (
        <Sections inspected={inspected} />
      )}
    </section>
  );
}

const isProblem = (value: Inspected | Problem): value is Problem => 'code' in value;

const Sections = ({ inspected }: { inspected: Inspected }) => (
  <dl class="sections">
    {inspected.sections.map(({ title, lines }) => (
      <div key={title} class={title === 'Warnings' ? 'warned' : ''}>
        <dt>{title}</dt>
        {lines.map(line => (
          <dd key={line}>{line}</dd>
        ))}
      </div>
    ))}
  </dl>
);
