import type { Detection } from '@syntrace/core';
import { Scroll } from '../../parts/scroll.js';
import { TableHead } from '../../parts/table-head.js';
import { VerdictBadge } from '../../parts/verdict.js';
import { detectors } from '../../state/engines.js';
import { memberIds } from '../../state/ensemble.js';
import type { Picture } from '../../state/pictures.js';
import { milliseconds, number, percent, t } from '../../words/translate.js';

/** What each detector says, in a row of its own. */
export const DetectorTable = ({ picture }: { picture: Picture }) => (
  <Scroll label={t('detectors-of', { name: picture.name })}>
    <table class="detectors">
      <TableHead columns={[t('detector'), t('verdict'), t('score'), t('threshold'), t('probability-short'), t('time')]} />
      {memberIds.value.map(id => (
        <Row key={id} id={id} detection={picture.detections.value.get(id)} />
      ))}
    </table>
  </Scroll>
);

function Row({ id, detection }: { id: string; detection: Detection | undefined }) {
  const info = detectors.value.find(each => each.id === id);
  const sentences = detection ? [...(detection.statements ?? []), ...detection.warnings.map(({ message }) => message)] : [];
  return (
    <tbody data-detector={id}>
      <tr>
        <th scope="row">
          <span title={info?.description}>{id}</span> <span class="quiet">{detection?.version ?? info?.version}</span>
        </th>
        {detection ? <Answered detection={detection} /> : <td colSpan={5}>{t('stage-judging')}</td>}
      </tr>
      {sentences.length > 0 && (
        <tr class="said">
          <td colSpan={6}>
            <ul class="statements">
              {[...new Set(sentences)].map(sentence => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </td>
        </tr>
      )}
    </tbody>
  );
}

const Answered = ({ detection: { verdict, score, threshold, probability, ms } }: { detection: Detection }) => (
  <>
    <td>{score === null ? <span class="quiet">{t('abstained')}</span> : <VerdictBadge verdict={verdict} />}</td>
    <td>{score === null ? '–' : <data value={score}>{number(score)}</data>}</td>
    <td>{threshold === null ? '–' : number(threshold)}</td>
    <td>{probability === null ? '–' : <data value={probability}>{percent(probability)}</data>}</td>
    <td>{milliseconds(ms)}</td>
  </>
);
