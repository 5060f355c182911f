// Dependencies point downwards only: detectors -> core -> nothing.

/** A package may depend on packages of a lower level only. */
const levels = {
  core: 0,
  'kernels-wasm': 1,
  'kernels-native': 1,
  'image-io': 1,
  'model-runtime': 1,
  evaluation: 1,
  testkit: 1,
  datasets: 2,
  training: 2,
  syntrace: 3,
  server: 4,
  'server-client': 1,
  'create-plugin': 4,
};
const detectorLevel = 1;

const isPlugin = name => name.startsWith('detector-') || name === 'baselines';
const level = name => (isPlugin(name) ? detectorLevel : levels[name]);
const shortName = dependency => (dependency === 'syntrace' ? 'syntrace' : dependency.replace(/^@syntrace\//, ''));
const isOurs = dependency => dependency === 'syntrace' || dependency.startsWith('@syntrace/');

export function dependencyProblems({ name, json }) {
  const problems = [];
  const { dependencies = {}, peerDependencies = {}, optionalDependencies = {} } = json;
  const needed = { ...dependencies, ...peerDependencies, ...optionalDependencies };
  if (level(name) === undefined) problems.push(`scripts/lib/package-rules/dependency-rules.mjs does not know its level`);
  if (name === 'core' && Object.keys(needed).length > 0) problems.push(`core depends on ${Object.keys(needed).join(', ')}`);
  if (isPlugin(name)) {
    const others = Object.keys(needed).filter(each => each !== '@syntrace/core');
    if (others.length > 0) problems.push(`a plugin depends on nothing but @syntrace/core, this one on ${others.join(', ')}`);
    if (!peerDependencies['@syntrace/core']) problems.push('@syntrace/core must be its peer dependency');
  }
  for (const [dependency, range] of Object.entries(needed)) {
    if (!isOurs(dependency)) {
      if (!peerDependencies[dependency] && !/^\d/.test(range)) problems.push(`${dependency} is not pinned: ${range}`);
      continue;
    }
    if (range !== 'workspace:^') problems.push(`${dependency} must be "workspace:^"`);
    if (!(level(shortName(dependency)) < level(name))) problems.push(`${name} must not depend on ${dependency}: dependencies point downwards`);
  }
  return problems;
}

/** A cycle among the packages' dependencies (development ones included), as names in order, or undefined. */
export function findCycle(packages) {
  const edges = new Map(
    packages.map(({ json }) => [
      json.name,
      Object.keys({ ...json.dependencies, ...json.peerDependencies, ...json.optionalDependencies, ...json.devDependencies }).filter(isOurs),
    ]),
  );
  const done = new Set();
  const visit = (name, path) => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const next of edges.get(name) ?? []) {
      const cycle = visit(next, [...path, name]);
      if (cycle) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of edges.keys()) {
    const cycle = visit(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}
