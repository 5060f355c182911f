/** A signal that fires on Ctrl-C or SIGTERM: the first time finished work is kept, the second time the process ends at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      if (process.stderr.isTTY) console.error('\nstopping (again: at once)');
      controller.abort(new Error(name));
    });
  }
  return controller.signal;
}
