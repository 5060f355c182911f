import { openSession, type SessionOptions } from '../open-session.js';
import { grid } from '../output/grid.js';

/** The models behind the registered detectors; loading one checks its checksums. */
export async function modelsCommand(options: SessionOptions & { readonly json?: boolean }): Promise<void> {
  const { syntrace } = await openSession(options);
  const context = await syntrace.context();
  const described = syntrace.registry.listDetectors().filter(detector => detector.card);
  const models = await Promise.all(described.map(async detector => ({ detector: detector.id, card: await detector.card!(context) })));
  await syntrace.close();
  if (options.json) {
    console.log(JSON.stringify(models, null, 2));
    return;
  }
  for (const { detector, card } of models) {
    console.log(`${detector}: ${card.method}`);
    const measured = Object.entries(card.measured).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
    const rows = [
      ['threshold', `score ${card.threshold.toFixed(3)}${card.abstention ? `, inconclusive ${card.abstention.map(v => v.toFixed(3)).join('…')}` : ''}`],
      ['trained on', card.trainingData.map(d => `${d.name}: ${d.real} real, ${d.synthetic} synthetic`).join('\n')],
      ...measured,
      ['licence', card.licence],
      ...Object.entries(card.files).map(([file, sum]) => [file, `sha256 ${sum} (checked)`]),
    ];
    console.log(`${grid(['', ''], rows)}\n`);
  }
}
