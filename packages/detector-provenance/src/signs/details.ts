import type { Details } from './sign.js';

const KEYS: Readonly<Record<keyof Details, readonly string[]>> = {
  model: [
    'model',
    'Model',
    'sd_model_name',
    'base_model',
    'model_name',
    'ckpt_name',
    'unet_name',
    'model_weights',
    'use_stable_diffusion_model',
    'Stable Diffusion model',
  ],
  seed: ['seed', 'Seed', 'noise_seed'],
  sampler: ['sampler', 'Sampler', 'sampler_name', 'scheduler'],
  steps: ['steps', 'Steps', 'num_inference_steps'],
  version: ['version', 'Version', 'app_version'],
  prompt: ['prompt', 'positive_prompt', 'Prompt', 'c', 'text'],
};
const MOST_VALUES = 5000;
const MOST_LENGTH = 200;

/** Model, seed, sampler and the like out of generation parameters: JSON of any nesting, or `Key: value` lines. `{}` where there are none. */
export function detailsOf(value: string, withPrompt: boolean): Details {
  const pairs = jsonPairs(value) ?? textPairs(value);
  const found: Record<string, string> = {};
  for (const [detail, keys] of Object.entries(KEYS)) {
    if (detail === 'prompt' && !withPrompt) continue;
    const hit = keys.map(key => pairs.get(key)).find(text => text !== undefined);
    if (hit !== undefined) found[detail] = detail === 'prompt' ? hit : hit.slice(0, MOST_LENGTH);
  }
  return found;
}

/** First value of each key, nearest the top first; `null` when it is no JSON object. */
function jsonPairs(value: string): Map<string, string> | null {
  const root = parseObject(value);
  if (!root) return null;
  const pairs = new Map<string, string>();
  const queue: object[] = [root];
  for (let i = 0; i < queue.length && i < MOST_VALUES; i++) {
    for (const [key, item] of Object.entries(queue[i]!)) {
      if (typeof item === 'object' && item !== null) queue.push(item);
      else if ((typeof item === 'string' || typeof item === 'number') && !pairs.has(key)) pairs.set(key, String(item));
    }
  }
  return pairs;
}

/** A JSON object, also after a word and a colon as ComfyUI writes it into EXIF. */
export function parseObject(value: string): Record<string, unknown> | null {
  const start = value.indexOf('{');
  if (start < 0 || start > 16) return null;
  try {
    const parsed: unknown = JSON.parse(value.slice(start));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** AUTOMATIC1111: the prompt, then `Steps: 20, Sampler: Euler a, …`. Midjourney: `… --v 5.2 --seed 7 Job ID: …`. */
function textPairs(value: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const start = value.lastIndexOf('Steps: ');
  if (start >= 0) {
    pairs.set('prompt', value.slice(0, start).trim());
    for (const [, key = '', text = ''] of value.slice(start).matchAll(/([A-Z][\w ]{0,40}): ([^,\n]{1,200})/g)) if (!pairs.has(key)) pairs.set(key, text.trim());
    return pairs;
  }
  const job = value.indexOf(' Job ID: ');
  if (job < 0) return pairs;
  pairs.set('prompt', value.slice(0, job).trim());
  for (const [, flag = '', text = ''] of value.slice(0, job).matchAll(/--(v|niji|seed) ([\w.]{1,20})/g)) pairs.set(flag === 'seed' ? 'seed' : 'version', text);
  return pairs;
}
