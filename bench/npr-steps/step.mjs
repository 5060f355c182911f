// Times a training step of the NPR network through the package's door:   node step.mjs BATCH SIDE STEPS THREADS
// Prints the best wall and processor seconds a step as JSON.
import { NPR_NETWORK } from '@syntrace/detector-npr';
import { createLearners } from '@syntrace/training';

const [batch, side, steps, threads] = process.argv.slice(2).map(Number);
const trainer = await (await createLearners()).network(NPR_NETWORK, { loss: 'binary', rate: 2e-4, seed: 1, threads });
const labels = Uint8Array.from({ length: batch }, (_, i) => i % 2);
const data = Float32Array.from({ length: batch * 3 * side * side }, () => Math.random() - 0.5);
const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
for (let i = 0; i <= steps; i++) {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await trainer.step({ dtype: 'f32', shape: [batch, 3, side, side], data }, labels);
  const { user, system } = process.cpuUsage(used);
  best[0] = Math.min(best[0], (performance.now() - start) / 1000);
  best[1] = Math.min(best[1], (user + system) / 1e6);
}
console.log(JSON.stringify({ seconds: best[0], cpuSeconds: best[1], detail: 'crates/learn-networks' }));
