import { setTimeout as sleep } from 'node:timers/promises'

type Attributes = Readonly<Record<string, string | number | boolean>>

/** Work → the same as a span of a trace, while it runs. It gets a function that adds attributes to its span. */
export type Trace = <T>(name: string, attributes: Attributes, work: (add: (more: Attributes) => void) => T) => T

/** While traces are off: nothing but the work. */
export const untraced: Trace = (_name, _attributes, work) => work(ignore)
const ignore = (): void => undefined

/** By these ids the spans of a commit, of each server and of a message are found together. */
export const idsOf = (events: readonly { id: string }[]): Attributes => ({
  'nephoscope.events': events.length,
  'nephoscope.event.first': events[0]?.id ?? '',
  'nephoscope.event.last': events.at(-1)?.id ?? '',
})

export type Tracing = { trace: Trace; stop(): Promise<void> }

/** How long a collector may take to accept the last spans when a process stops, in ms. */
const STOP_PATIENCE_MS = 1_000

/**
 * Sends spans to a collector by OTLP over HTTP, in JSON. The SDK is loaded only here, and reads what else the
 * specification names from the environment: headers, sampler, names of the service.
 * @param endpoint OTEL_EXPORTER_OTLP_ENDPOINT; undefined: traces are off
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export async function startTracing(
  endpoint: string | undefined,
  service: string,
  log: { warn(fields: object, message: string): void },
): Promise<Tracing> {
  if (endpoint === undefined) return { trace: untraced, stop: async () => undefined }
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const warn = (message: string) => log.warn({ message: message.slice(0, 300) }, 'traces are not sent')
  api.diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: api.DiagLogLevel.WARN },
  )
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` })
  const provider = new sdk.NodeTracerProvider({
    resource: resources
      .resourceFromAttributes({ 'service.name': service })
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  })
  provider.register()
  const tracer = api.trace.getTracer('nephoscope')
  return {
    trace: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, span => {
        const failed = (error: unknown): never => {
          // only its kind: a message may repeat what a source said
          span.setStatus({ code: api.SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
          span.end()
          throw error
        }
        try {
          const result = work(more => span.setAttributes(more))
          if (!(result instanceof Promise)) {
            span.end()
            return result
          }
          const ended = result.then(value => {
            span.end()
            return value
          }, failed)
          return ended as typeof result // a promise of the same value
        } catch (error) {
          return failed(error)
        }
      }),
    async stop() {
      await Promise.race([provider.shutdown().catch(error => warn(String(error))), sleep(STOP_PATIENCE_MS)])
    },
  }
}
