import type { Command } from 'commander';
import { collect, common, examples, integer, withWeights } from '../program-parts.js';

/** `syntrace serve` and `syntrace worker`: the service and its workers, of the optional package `@syntrace/server`. */
export function serverCommands(program: Command): void {
  const serve = engine(program.command('serve'))
    .description('serve judgements by HTTP, with batches, a durable queue and results that can be queried (needs @syntrace/server)')
    .option('--host <address>', 'address to listen on; other machines reach it only when there is an API key (default: 127.0.0.1)')
    .option('--port <n>', 'port (default: 3000)', integer)
    .option('--work <n>', 'chunks of batches that this process judges at one time; 0 leaves them to workers (default: one for each judging process)', integer)
    .option('--allow-origin <origin>', 'let pages of this origin use the server; may be given again', collect)
    .option('--trust-proxy', 'take clients’ addresses from X-Forwarded-For: only behind a proxy that sets it')
    .option('--per-minute <n>', 'requests a minute on loopback, where no key sets a limit (default: 6000)', integer)
    .option('--max-body <n>', 'most bytes of a request with a list or several pictures (default: 256 MiB)', integer)
    .addHelpText(
      'after',
      `${examples(
        'syntrace serve',
        'curl --data-binary @photo.jpg -H "content-type: image/jpeg" http://127.0.0.1:3000/v1/judge',
        'syntrace serve keys add app --scope judge && syntrace serve --host 0.0.0.0',
        'syntrace serve --database postgres://syntrace@db/syntrace --work 0 --allow-s3 s3://photos/2026/',
      )}\nThe API is described at /docs. Without --database everything lies in --data, for one process.`,
    )
    .action(async options => (await import('./serve.js')).serveCommand(options));

  const keys = serve.command('keys').description('API keys: made, listed and revoked while the server runs (with --database) or stands (without)');
  data(keys.command('add'))
    .description('make a key; it is shown once')
    .argument('<name>', 'what it is for')
    .option('--scope <scope>', 'judge, batch, read, metrics; may be given again (default: all)', collect)
    .option('--per-minute <n>', 'requests a minute (default: 600)', integer)
    .option('--json', 'as JSON')
    .addHelpText('after', examples('syntrace serve keys add app --scope judge --per-minute 120', 'syntrace serve keys add prometheus --scope metrics'))
    .action(async (name, options) => (await import('./keys.js')).addKeyCommand(name, options));
  data(keys.command('list', { isDefault: true }))
    .description('keys with their scopes; never their text')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('syntrace serve keys list', 'syntrace serve keys list --database postgres://syntrace@db/syntrace'))
    .action(async options => (await import('./keys.js')).listKeysCommand(options));
  data(keys.command('revoke'))
    .description('end a key; servers follow within five seconds')
    .argument('<id>', 'as keys list shows it')
    .addHelpText('after', examples('syntrace serve keys revoke 3f2a9c01d7be'))
    .action(async (id, options) => (await import('./keys.js')).revokeKeyCommand(id, options));

  data(serve.command('export'))
    .description('write results as Parquet, in folders that DuckDB reads as partitions')
    .requiredOption('--out <dir>', 'folder for week=…/batch=….parquet')
    .option('--batch <id>', 'only of this batch')
    .addHelpText('after', examples('syntrace serve export --out results', 'duckdb -c "SELECT verdict, count(*) FROM \'results/*/*.parquet\' GROUP BY 1"'))
    .action(async options => (await import('./export.js')).exportCommand(options));

  engine(program.command('worker'))
    .description('judge the batches of a service on this machine, until it is stopped (needs @syntrace/server)')
    .option('--metrics-port <n>', 'answer /health and /metrics on this port, on all addresses', integer)
    .option('--chunks <n>', 'chunks that are judged at one time (default: one for each judging process)', integer)
    .addHelpText(
      'after',
      `${examples(
        'syntrace worker --database postgres://syntrace@db/syntrace --allow-folder /photos',
        'syntrace worker --database postgres://syntrace@db/syntrace --processes 8 --backend native',
      )}\nIt takes only batches of its own engine: the same detectors, versions and weights. SIGTERM: it ends what it has begun, gives the rest back, and goes.`,
    )
    .action(async options => (await import('./worker.js')).workerCommand(options));
}

const data = (command: Command): Command =>
  command
    .option('--database <address>', 'postgres://…; default: PGlite in --data (environment: SYNTRACE_DATABASE)')
    .option('--data <dir>', 'folder of PGlite, and of uploads without --store (default: syntrace-data)');

function engine(command: Command): Command {
  return data(withWeights(common(command)))
    .option('--detector <id>', 'judge with this detector; may be given again', collect)
    .option('--ensemble <file>', 'judge with the ensemble described in a JSON file')
    .option('--look <how>', 'how npr looks at pictures')
    .option('--processes <n>', 'judging processes (default: one for each two cores)', integer)
    .option('--judge-seconds <n>', 'most seconds a picture may take (default: 60)', integer)
    .option('--judge-memory <mb>', 'most megabytes a judging process may hold (default: 2048)', integer)
    .option('--allow-http', 'let batches and requests name http(s) addresses (never in private networks)')
    .option('--allow-folder <dir>', 'let batches read pictures of this folder; may be given again', collect)
    .option('--allow-s3 <s3://bucket/prefix>', 'let batches read objects below this prefix; may be given again', collect)
    .option('--s3-endpoint <address>', 'of an S3-compatible service (default: Amazon’s); keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')
    .option('--s3-region <name>', 'its region (default: us-east-1)')
    .option('--store <place>', 'where uploads and residuals lie: a folder that all machines share, or s3://bucket/prefix (default: --data)')
    .option('--heartbeat-seconds <n>', 'after so many without a word the work of a worker is given to another; at least 10 (default: 30)', integer)
    .option('--drain-seconds <n>', 'how long a stopping process goes on with what it has begun (default: 30)', integer)
    .option('--log-level <level>', 'debug, info, warn, error, silent (default: info)')
    .option('--traces', 'send traces to the OpenTelemetry collector of OTEL_EXPORTER_OTLP_ENDPOINT (needs @opentelemetry/sdk-node)');
}
