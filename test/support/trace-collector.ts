import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Value = { stringValue?: string; intValue?: number; boolValue?: boolean }
type Attribute = { key: string; value: Value }

export type CollectedSpan = {
  name: string
  /** `service.name` of the process that sent it. */
  service: string
  traceId: string
  spanId: string
  parentSpanId?: string
  attributes: Record<string, string | number | boolean | undefined>
}

/** Takes spans as OTLP over HTTP sends them in JSON. @see https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export async function startTraceCollector() {
  const spans: CollectedSpan[] = []
  const refused: string[] = []
  const http = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    if (request.url !== '/v1/traces' || request.headers['content-type'] !== 'application/json')
      refused.push(`${request.url} ${request.headers['content-type']}`)
    else
      for (const { resource, scopeSpans } of JSON.parse(Buffer.concat(chunks).toString()).resourceSpans)
        for (const span of scopeSpans.flatMap((scope: { spans: object[] }) => scope.spans))
          spans.push({
            ...span,
            service: String(valuesOf(resource.attributes)['service.name']),
            attributes: valuesOf(span.attributes),
          })
    response.setHeader('Content-Type', 'application/json').end('{}')
  }).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo // it listens on a port
  return { url: `http://127.0.0.1:${port}`, spans, refused, close: () => http.close() }
}

const valuesOf = (attributes: readonly Attribute[]) =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.boolValue] as const),
  )
