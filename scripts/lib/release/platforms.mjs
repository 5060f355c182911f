// The platforms that get the native addons as packages of their own, by the names of napi-rs.

/** `cuda`: whether the addon for NVIDIA cards is built there too. */
export const PLATFORMS = {
  'linux-x64-gnu': { os: 'linux', cpu: 'x64', libc: 'glibc', cuda: true },
  'linux-arm64-gnu': { os: 'linux', cpu: 'arm64', libc: 'glibc', cuda: true },
  'linux-x64-musl': { os: 'linux', cpu: 'x64', libc: 'musl' },
  'linux-arm64-musl': { os: 'linux', cpu: 'arm64', libc: 'musl' },
  'darwin-x64': { os: 'darwin', cpu: 'x64' },
  'darwin-arm64': { os: 'darwin', cpu: 'arm64' },
  'win32-x64-msvc': { os: 'win32', cpu: 'x64', cuda: true },
};

/** The addons: file, the folder in which it is built and whose version it has, and the package that carries it. `optional`: whether that folder's package brings it
 *  along; the addon for cards is larger, and few have one, so it is asked for by name. */
export const ADDONS = [
  { file: 'syntrace-kernels', folder: 'kernels-native', packageName: '@syntrace/kernels-native', what: 'native kernels', optional: true },
  { file: 'syntrace-kernels-cuda', folder: 'kernels-native', packageName: '@syntrace/kernels-cuda', what: 'native kernels with CUDA', cuda: true },
  { file: 'syntrace-learn', folder: 'training', packageName: '@syntrace/training', what: 'training of networks', optional: true },
];

/** The packages that are published without their addons. */
export const HOLDERS = [...new Set(ADDONS.map(({ folder }) => folder))];

/** The package.json of an addon's package for a platform. */
export function platformManifest({ file, packageName, what }, platform, version) {
  const { os, cpu, libc } = PLATFORMS[platform];
  const name = `${file}.${platform}.node`;
  return {
    name: `${packageName}-${platform}`,
    version,
    description: `The ${what} of Syntrace for ${platform}`,
    license: 'MIT',
    main: name,
    files: [name],
    os: [os],
    cpu: [cpu],
    ...(libc && { libc: [libc] }),
    engines: { node: '>=20.19' },
  };
}

/** The package.json of a holder as it is published: without an addon of its own, with those of all platforms as optional dependencies. */
export function publishedManifest(folder, manifest) {
  const carried = ADDONS.filter(addon => addon.folder === folder && addon.optional);
  const optional = carried.flatMap(({ packageName }) => Object.keys(PLATFORMS).map(platform => [`${packageName}-${platform}`, manifest.version]));
  return { ...manifest, files: manifest.files.filter(file => file !== '*.node'), optionalDependencies: Object.fromEntries(optional) };
}
