import { type Learners, SyntraceError } from '@syntrace/core';
import { createLearners } from '@syntrace/training';
import { classifierNetwork } from '../src/classifier/networks.js';

/** Learners, and whether they train networks here: that needs the addon of this platform. */
export async function openLearners(): Promise<{ readonly learners: Learners; readonly trains: boolean }> {
  const learners = await createLearners();
  const network = classifierNetwork('linear', { size: 2, channels: 1, outputs: 1 });
  try {
    await learners.network(network, { loss: 'binary', rate: 0.1, seed: 1 });
    return { learners, trains: true };
  } catch (error) {
    if (!SyntraceError.is(error, 'TRAINING_UNAVAILABLE')) throw error;
    process.stderr.write(`\nSKIPPED: training of networks: ${error.message}\n`);
    return { learners, trains: false };
  }
}
