// Reads from a failed command's output what went wrong, in words that say what to do.

const causes = [
  [/ENOSPC|No space left on device/i, 'the disk is full', 'Free about 3 GB (the tools take 0.4 GB, a full build of the Rust crates 2 GB) and run this again.'],
  [/EACCES|EPERM|Permission denied/i, 'a file or folder may not be written', 'Check who owns this folder (and ~/.npm, ~/.cargo): they must be yours.'],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET)|CERT_/,
    "the registry's certificate is not trusted",
    "Behind a proxy with a certificate of its own, set NODE_EXTRA_CA_CERTS to that certificate's file.",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|Could not resolve|Temporary failure resolving|network|failed to download|ERR_PNPM_META_FETCH_FAIL/i,
    'the package registry did not answer',
    'A network is needed once. Check the connection (and HTTPS_PROXY or your npm/cargo registry settings) and run this again; what is done is kept.',
  ],
  [
    /E404|ERR_PNPM_NO_MATCHING_VERSION|404 Not Found/i,
    'the registry does not have a package that is asked for',
    'If you use a mirror, see that it is complete.',
  ],
  [
    /ERR_PNPM_OUTDATED_LOCKFILE|ERR_PNPM_NO_LOCKFILE|ERR_PNPM_FROZEN_LOCKFILE/,
    'pnpm-lock.yaml does not fit the package.json files',
    'After a change of dependencies: `npm run bootstrap -- --update-lockfile`, then commit pnpm-lock.yaml.',
  ],
  [/EBADENGINE|Unsupported engine/i, 'this Node is too old for a package', 'Use Node 20.19 or newer.'],
];

/** @returns {{ reason: string, hint: string }} */
export function explainFailure(output, fallback = 'Its output is above; run the command by hand to see more.') {
  const cause = causes.find(([pattern]) => pattern.test(output));
  return cause ? { reason: cause[1], hint: cause[2] } : { reason: 'it failed', hint: fallback };
}
