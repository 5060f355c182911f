import { CommanderError } from 'commander';
import { buildProgram } from './program.js';
import { reportError } from './report-error.js';

/** 128 + SIGPIPE, as other commands end whose reader has gone. */
const READER_GONE = 141;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(READER_GONE);
  throw error;
});

try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const code = await reportError(error);
    process.exitCode = code;
    // A picture that is still awaited, from standard input say, must not hold the command up; what was printed goes out first.
    process.stdout.write('', () => process.exit(code));
  }
}
