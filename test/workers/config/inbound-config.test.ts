// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how the file refers to the environment
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseSources } from '../../../workers/config/source-config.ts'

const SECRET = 'correct-horse-battery'
const line = (fields: string) => `sources:\n  - { id: own, kind: inbound, provider: aws, ${fields} }\n`
const read = (fields: string) => parseSources(line(fields), 'f', { SOURCE_OWN: SECRET, SOURCE_SHORT: 'x' })
const problem = (fields: string) => {
  const parsed = read(fields)
  return parsed.ok ? 'none' : parsed.error
}

test('a source that posts to us has a format and a secret, and no address', () => {
  const parsed = read('format: aws-health, secret: "${SOURCE_OWN}", name: Ours')
  expect(parsed.ok && parsed.value.sources).toEqual([
    {
      id: 'own',
      name: 'Ours',
      kind: 'inbound',
      format: 'aws-health',
      provider: 'aws',
      url: 'inbound:aws-health',
      secret: { name: 'SOURCE_OWN', digest: createHash('sha256').update(SECRET).digest('hex') },
      everyMs: 60_000,
      topics: [],
    },
  ])
  expect(JSON.stringify(parsed)).not.toContain(SECRET)
})

test('any JSON needs a map', () => {
  const parsed = read('format: json, secret: "${SOURCE_OWN}", map: { each: alerts, id: key, title: labels.name.0 }')
  expect(parsed.ok && parsed.value.sources[0]).toMatchObject({
    map: { each: 'alerts', id: 'key', title: 'labels.name.0' },
  })
})

test.each([
  [
    'format: cloudwatch, secret: "${SOURCE_OWN}"',
    "'format: cloudwatch' is not a format of posts: use azure-service-health, aws-health",
  ],
  ['format: json, secret: "${SOURCE_OWN}"', "'map' is missing: say where a post has its id and title"],
  [
    'format: grafana, secret: "${SOURCE_OWN}", map: { id: a, title: b }',
    "'map' belongs to the format json only: leave it out",
  ],
  [
    'format: json, secret: "${SOURCE_OWN}", map: { id: "a[0]", title: b }',
    "'id: a[0]' is not a path: write it like alert.title",
  ],
  [
    'format: json, secret: "${SOURCE_OWN}", map: { id: a, titel: b }',
    "'titel: b' is not a key here: did you mean 'title'?",
  ],
  ['format: grafana, secret: correct-horse-battery', "'secret: ***' is not the name of a secret"],
  ['format: grafana, secret: "${SOURCE_NONE}"', "'secret: ${SOURCE_NONE}' refers to SOURCE_NONE, which is not set"],
  ['format: grafana, secret: "${SOURCE_SHORT}"', 'which is too short: give it at least 16 random characters'],
  ['format: grafana', "'secret' is missing"],
  ['format: grafana, secret: "${SOURCE_OWN}", every: 5m', "'every: 5m' is not a key here"],
])('%s: %s', (fields, why) => {
  expect(problem(fields)).toContain(`f line 2: ${why.startsWith("'") ? why : ''}`)
  expect(problem(fields)).toContain(why)
  expect(problem(fields)).not.toContain(SECRET)
})
