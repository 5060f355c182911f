import type { FittedCalibration } from '@syntrace/evaluation';

const number = (value: number): string => String(Number(value.toPrecision(4)));

/** What a calibration came to, on standard error. */
export function sayCalibration({ meaning: { threshold, abstention, calibration }, temperature, coverage, fitted }: FittedCalibration): void {
  const how =
    calibration?.method === 'platt'
      ? `slope ${number(calibration.slope)}, intercept ${number(calibration.intercept)}`
      : `${calibration?.scores.length ?? 0} points`;
  console.error(
    `calibration: ${how}${temperature === undefined ? '' : `, temperature ${number(temperature)}`}; threshold ${number(threshold)}${abstention ? `, inconclusive from ${number(abstention[0])} to ${number(abstention[1])}` : ''}`,
  );
  if (fitted.ece) console.error(`on these very pictures: ECE ${fitted.ece.value.toFixed(3)}, AUC ${fitted.auc?.value.toFixed(3) ?? '–'}`);
  if (!coverage) return;
  for (const [how, found] of [
    ['by picture', coverage.byPicture],
    ['by generator', coverage.byGenerator],
  ] as const) {
    if (!found) console.error(`coverage, halves ${how}: too few pictures to try`);
    else {
      const share = ({ value, low, high }: typeof found.real) => `${(100 * value).toFixed(1)} % (${(100 * low!).toFixed(1)}–${(100 * high!).toFixed(1)})`;
      console.error(
        `coverage over ${found.splits} halves ${how}, wanted ${(100 * (1 - coverage.alpha)).toFixed(1)} %: real ${share(found.real)}, synthetic ${share(found.synthetic)}; inconclusive ${share(found.inconclusive)}`,
      );
    }
  }
}
