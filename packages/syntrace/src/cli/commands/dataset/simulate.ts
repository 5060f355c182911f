import { SyntraceError } from '@syntrace/core';
import { OPERATORS, type Operator, simulateFolder } from '@syntrace/datasets';
import { sayFailed, type ToolOptions, withTool } from './tool.js';

interface SimulateOptions extends ToolOptions {
  readonly out: string;
  readonly operators: string;
  readonly seed: number;
}

export async function simulateCommand(folder: string, options: SimulateOptions): Promise<void> {
  const operators = options.operators.split(',').map(known);
  const { real, fake } = await withTool(options, ({ kernels, running, report }) =>
    simulateFolder(folder, options.out, { operators, seed: options.seed }, kernels, {
      ...running,
      onProgress: (done, total) => report('simulate', done, total),
    }),
  );
  sayFailed(fake.failed);
  console.error(`wrote ${real.written} photographs, ${fake.written} simulated pictures and ${fake.log}`);
}

function known(name: string): Operator {
  const operator = OPERATORS.find(each => each === name.trim());
  if (!operator) throw new SyntraceError('USAGE', { detail: `unknown operator ${name}; known: ${OPERATORS.join(', ')}` });
  return operator;
}
