import type { Explanation, Score } from '@syntrace/core';
import { must } from '../rule.js';

const VERDICTS = ['real', 'synthetic', 'inconclusive'];
const isShare = (value: unknown) => value === null || (typeof value === 'number' && value >= 0 && value <= 1);
const isNumber = (value: unknown) => value === null || Number.isFinite(value);

/** @throws unless every field is there, in range, and says the same as the others */
export function checkAnswer(answer: Score, about: string): void {
  must(typeof answer === 'object' && answer !== null, `${about}: the answer is no object`);
  const { score, probability, threshold, realShare, verdict, warnings } = answer;
  must(isNumber(score) && isNumber(threshold), `${about}: score and threshold must be finite numbers or null, received ${score} and ${threshold}`);
  must(isShare(probability), `${about}: probability must be within 0…1 or null, received ${probability}`);
  must(isShare(realShare), `${about}: realShare must be within 0…1 or null, received ${realShare}`);
  must(VERDICTS.includes(verdict), `${about}: verdict must be one of ${VERDICTS.join(', ')}, received ${String(verdict)}`);
  must(Array.isArray(warnings), `${about}: warnings must be a list`);
  for (const { code, message } of warnings) must(isText(code) && isText(message), `${about}: each warning needs a code and a message`);
  must(answer.evidence !== undefined, `${about}: evidence is missing (null is allowed)`);
  if (score === null) {
    must(verdict === 'inconclusive' && probability === null && threshold === null, `${about}: an abstention has no verdict, probability or threshold`);
    must(warnings.length > 0, `${about}: an abstention gives its reason as a warning`);
    return;
  }
  must(threshold !== null, `${about}: a score needs the threshold that gives it meaning`);
  must(verdict !== 'synthetic' || score > threshold, `${about}: synthetic with score ${score}, not above its threshold ${threshold}`);
  must(verdict !== 'real' || score <= threshold, `${about}: real with score ${score}, above its threshold ${threshold}`);
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const LARGEST = 16_384;

/** @throws unless it can be drawn and read */
export function checkExplanation({ id, title, description, picture, enlarge }: Explanation): void {
  must(isText(id) && isText(title) && isText(description), `explanation ${String(id)} needs an id, a title and a sentence`);
  const { width, height, data } = picture;
  const isSide = (side: number) => Number.isInteger(side) && side >= 1 && side <= LARGEST;
  must(isSide(width) && isSide(height), `explanation ${id} is ${width}×${height}`);
  must(data.length === 4 * width * height, `explanation ${id} has ${data.length} samples, ${width}×${height} RGBA needs ${4 * width * height}`);
  must(
    data.some((value, i) => i % 4 === 3 && value > 0),
    `explanation ${id} is transparent everywhere`,
  );
  must(enlarge === undefined || (Number.isInteger(enlarge) && enlarge >= 1), `explanation ${id}: enlarge must be a whole number, received ${enlarge}`);
}
