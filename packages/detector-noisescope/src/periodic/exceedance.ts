/** Chance that at least `above` of `pictures` exceed a threshold that `referenceAbove` of `reference` photographs exceed, if all are photographs:
 *  the rate is not known better than the reference tells, so it is drawn from its Beta(referenceAbove + 1, rest + 1) (beta-binomial tail). O(pictures) */
export function exceedance(above: number, pictures: number, referenceAbove: number, reference: number): number {
  const [a, b] = [referenceAbove + 1, reference - referenceAbove + 1];
  let tail = 0;
  for (let k = above; k <= pictures; k++) tail += Math.exp(logChoose(pictures, k) + logBeta(k + a, pictures - k + b) - logBeta(a, b));
  return Math.min(1, tail);
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Stirling's series after shifting the argument to at least 10: relative error below 1e-12. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift += Math.log(z);
  const inverse = 1 / z;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 * (1 / 1260 - inverse ** 2 / 1680)));
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series - shift;
}
