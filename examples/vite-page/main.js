// Judges a chosen picture in the page; nothing leaves it. A plugin is loaded by its address.
import { createSyntrace, importPlugin, SyntraceError } from 'syntrace';

const syntrace = createSyntrace();
const [file, plugin, output] = ['input[type=file]', 'input[name=plugin]', 'output'].map(selector => document.querySelector(selector));

async function show(work) {
  try {
    output.textContent = await work();
  } catch (error) {
    output.textContent = SyntraceError.is(error) ? `${error.code}: ${error.message} ${error.hint}` : String(error);
  }
}

plugin.addEventListener('change', () =>
  show(async () => {
    const loaded = await importPlugin(plugin.value);
    syntrace.use(loaded);
    return `${loaded.name} ${loaded.version} is loaded`;
  }),
);

file.addEventListener('change', () =>
  show(async () => {
    const { verdict, detectors } = await syntrace.detect(file.files[0]);
    return `${verdict}: ${detectors.map(({ id, score }) => `${id} ${score?.toFixed(2) ?? 'abstains'}`).join(', ')}`;
  }),
);
document.title = 'ready';
