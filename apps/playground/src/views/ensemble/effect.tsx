import { Scroll } from '../../parts/scroll.js';
import { TableHead } from '../../parts/table-head.js';
import { VerdictBadge } from '../../parts/verdict.js';
import { pictures } from '../../state/pictures.js';
import { number, percent, t } from '../../words/translate.js';

/** What the ensemble says of the pictures that are there; nothing is computed anew. */
export function Effect() {
  const judged = pictures.value.filter(({ answer }) => answer.value !== null);
  return (
    <section aria-labelledby="effect">
      <h2 id="effect">{t('effect')}</h2>
      {judged.length === 0 ? (
        <p class="quiet">{t('effect-empty')}</p>
      ) : (
        <Scroll label={t('pictures')}>
          <table class="effect">
            <TableHead columns={[t('picture'), t('verdict'), t('score'), t('probability-short')]} />
            <tbody>
              {judged.map(({ id, name, answer }) => {
                const { verdict, score, probability } = answer.value!;
                return (
                  <tr key={id}>
                    <th scope="row">
                      <bdi>{name}</bdi>
                    </th>
                    <td>
                      <VerdictBadge verdict={verdict} />
                    </td>
                    <td>{score === null ? '–' : <data value={score}>{number(score)}</data>}</td>
                    <td>{probability === null ? '–' : percent(probability)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
