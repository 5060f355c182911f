import { basename } from 'node:path';
import { type ModelCard, SyntraceError } from '@syntrace/core';
import { openSession, type Session, type SessionOptions } from '../open-session.js';
import { grid } from '../output/grid.js';
import { paint } from '../output/terminal.js';
import { weightsAt } from '../use-weights.js';

type ModelsOptions = SessionOptions & { readonly json?: boolean };

/** The models behind the registered detectors; loading one checks its checksums. */
export async function modelsCommand(options: ModelsOptions): Promise<void> {
  const session = await openSession(options);
  const models = await Promise.all(cardsOf(session).map(async ({ detector, load }) => ({ detector, card: await load() })));
  if (options.json) {
    console.log(JSON.stringify(models, null, 2));
    return;
  }
  for (const { detector, card } of models) console.log(`${paint(process.stdout, 'bold', detector)}: ${card.method}\n${grid(['', ''], described(card))}\n`);
  for (const { id, card, importable } of session.syntrace.registry.listDetectors())
    if (!card && importable) console.log(`${paint(process.stdout, 'bold', id)}: no weights yet; syntrace models import ${id} CHECKPOINT --out DIR\n`);
}

function described(card: ModelCard): string[][] {
  const band = card.abstention ? `, inconclusive ${card.abstention.map(value => value.toFixed(3)).join('…')}` : '';
  return [
    ['threshold', `score ${card.threshold.toFixed(3)}${band}`],
    ['trained on', card.trainingData.map(d => `${d.name}: ${d.real} real, ${d.synthetic} synthetic`).join('\n')],
    ...Object.entries(card.measured).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
    ['licence', card.licence],
    ...Object.entries(card.files).map(([file, sum]) => [file, `sha256 ${sum} (checked)`]),
  ];
}

interface Verified {
  readonly model: string;
  readonly ok: boolean;
  readonly detector: string | null;
  readonly files: Readonly<Record<string, string>>;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
}

/** Checks models against their cards: those of the registered detectors, or those in folders. Exit 1 when one does not fit. */
export async function verifyCommand(folders: readonly string[], options: ModelsOptions): Promise<void> {
  const session = await openSession(options);
  const models = folders.length > 0 ? folders.map(folder => ({ model: folder, load: () => cardIn(folder, session) })) : shippedWith(session);
  const results = await Promise.all(models.map(({ model, load }) => verify(model, load)));
  if (options.json) console.log(JSON.stringify(results, null, 2));
  else
    console.log(
      grid(
        ['', 'model', 'found'],
        results.map(({ model, ok, detector, files, error }) => [
          ok ? '✓' : '✗',
          model,
          error ? `${error.code} ${error.message}\n→ ${error.hint}` : `detector ${detector}; ${Object.keys(files).join(', ')}: checksums fit`,
        ]),
      ),
    );
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
}

const cardsOf = ({ syntrace, loadAsset }: Session) =>
  syntrace.registry.listDetectors().flatMap(({ id, card }) => (card ? [{ detector: id, load: () => card({ loadAsset }) }] : []));

const shippedWith = (session: Session) => cardsOf(session).map(({ detector, load }) => ({ model: detector, load }));

/** The card of a folder's model; a detector whose weights a user can make also looks into its files. */
async function cardIn(folder: string, { loadAsset }: Session): Promise<ModelCard> {
  const { artifact, detector } = await weightsAt(folder);
  return detector ? detector.card!({ loadAsset }) : artifact.card;
}

async function verify(model: string, load: () => Promise<ModelCard>): Promise<Verified> {
  try {
    const { detector, files } = await load();
    return { model, ok: true, detector, files, error: null };
  } catch (error) {
    return { model, ok: false, detector: null, files: {}, error: SyntraceError.from(error, 'ARTIFACT_INVALID', { file: basename(model) }).toJSON() };
  }
}
