import { type Attributes, SpanStatusCode, trace } from '@opentelemetry/api';
import { messageOf, SyntraceError } from '@syntrace/core';

const tracer = trace.getTracer('syntrace');

/** A span around work; free until traces are switched on. */
export function traced<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async span => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Sends traces to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names. The SDK is large and not a dependency. @throws SERVER_MISSING without it */
export async function startTraces(service: string): Promise<() => Promise<void>> {
  const name = '@opentelemetry/sdk-node';
  try {
    const { NodeSDK } = (await import(name)) as { NodeSDK: new (options: object) => { start(): void; shutdown(): Promise<void> } };
    const sdk = new NodeSDK({ serviceName: service });
    sdk.start();
    return () => sdk.shutdown();
  } catch (error) {
    throw new SyntraceError('SERVER_MISSING', { detail: `--traces needs ${name} (${messageOf(error)})` }, error);
  }
}
