import { LAYOUTS } from '@syntrace/datasets';
import { grid } from '../../output/grid.js';

export function layoutsCommand({ json }: { readonly json?: boolean }): void {
  const rows = [
    ...LAYOUTS.map(({ id, title }) => ({ id, title })),
    { id: 'manifest', title: 'a .csv or .parquet with path, label and optionally group, split' },
  ];
  console.log(
    json
      ? JSON.stringify(rows, null, 2)
      : grid(
          ['layout', 'what it is'],
          rows.map(({ id, title }) => [id, title]),
        ),
  );
}
