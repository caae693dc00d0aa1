import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InboundFormat } from '../../../../shared/domain/source.ts'
import { ReadIncident } from '../../../../workers/formats/reader.ts'
import { post, readPost } from './read-post.ts'

const documented: readonly [InboundFormat, string][] = [
  ['azure-service-health', 'azure-service-health'],
  ['azure-service-health', 'azure-activity-log'],
  ['azure-service-health', 'azure-resource-health'],
  ['aws-health', 'aws-health'],
  ['aws-health', 'aws-sns'],
  ['google-service-health', 'google-log-entry'],
  ['google-service-health', 'google-monitoring'],
  ['alertmanager', 'alertmanager'],
  ['grafana', 'grafana'],
  ['json', 'json'],
]
const map = { each: 'monitors', id: 'check.key', title: 'check.name', text: 'note', regions: 'where', url: 'link' }

const poison = [
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '\u202Egnp.exe',
  'x\u0000y',
  '\uD800',
  '9'.repeat(400),
  'long '.repeat(20_000),
  null,
  -1,
  1e308,
  [],
  {},
  [[[]]],
  JSON.parse('{"__proto__": {"polluted": true}}'),
]

const leavesOf = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, child]) => leavesOf(child, [...path, key]))]
    : [path]

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return by
  const copy: object = Array.isArray(value) ? [...value] : { ...value }
  Reflect.set(copy, key, replaced(Reflect.get(value, key), rest, by))
  return copy
}

function expectSound(format: InboundFormat, value: unknown): void {
  const told = readPost(format, value, { provider: 'aws', map })
  if (!told.ok) {
    expect(told.error).toMatch(/^[^\n]{10,300}$/)
    return
  }
  for (const incident of told.value.incidents) {
    expect(ReadIncident.safeParse(incident).error).toBeUndefined()
    expect(incident.isPrivate).toBe(true)
  }
  const text = JSON.stringify(told.value.incidents)
  expect(text).not.toMatch(/<script|\\u00[01]|\\ud[89a-f]|[\u202A-\u202E\u2066-\u2069]/i)
  expect(text).not.toMatch(/"url":"(?!https?:)/i)
}

test.each(documented)(
  '%s: %s with anything in place of any part is read soundly, or refused in one line',
  async (format, name) => {
    const document: unknown = JSON.parse(await post(name))
    for (const path of leavesOf(document)) for (const by of poison) expectSound(format, replaced(document, path, by))
  },
)

test('any JSON at all is no exception', () => {
  fc.assert(
    fc.property(fc.constantFrom(...documented), fc.jsonValue(), ([format], value) => {
      expectSound(format, value)
    }),
    { numRuns: 500 },
  )
})
