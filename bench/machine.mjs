import { cpus } from 'node:os';

/** What a figure was measured on, for tables and files. */
export function machine() {
  const [processor = { model: 'unknown' }] = cpus();
  const facts = {
    processor: processor.model.trim(),
    cores: cpus().length,
    system: `${process.platform}-${process.arch}`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  };
  return { ...facts, text: `${facts.processor}, ${facts.cores} cores, ${facts.system}, Node ${facts.node}, ${facts.date}` };
}
