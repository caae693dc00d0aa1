import { expect, test } from 'vitest'
import { configuredOf } from '../../../workers/config/configured.ts'
import { loadSources } from '../../../workers/config/sources-file.ts'
import { targetKinds } from '../../../workers/notify/targets/registry.ts'

const load = async (text: string, environment: Record<string, string> = {}) => {
  const { sources } = await loadSources('sources.yaml', environment, async () => text, {
    vendors: new Map(),
    targets: targetKinds,
  })
  if (!sources.ok) throw new Error(sources.error)
  return configuredOf(sources.value)
}

const file = (every: string) => `
sources:
  - { id: shop, name: Shop, kind: statuspage, provider: shop, url: 'https://status.shop.example?key=\${SOURCE_KEY}', every: ${every} }
notify:
  targets:
    - { id: chat, kind: slack, token: '\${SOURCE_CHAT}', channel: C0123456789 }
  rules:
    - { id: night, channels: [all], to: [chat] }
`
const environment = { SOURCE_KEY: 'a-key-of-the-shop', SOURCE_CHAT: 'xoxb-a-secret-of-the-chat' }

test('each name has a mark that changes with it and with its secret, and shows neither', async () => {
  const first = await load(file('5m'), environment)
  expect(Object.entries(first).map(([part, names]) => [part, Object.keys(names)])).toEqual([
    ['sources', ['shop']],
    ['stacks', []],
    ['targets', ['chat']],
    ['rules', ['night']],
    ['walls', []],
    ['settings', ['simulated', 'roundTrips']],
  ])
  expect(await load(file('5m'), environment)).toEqual(first)
  const paced = await load(file('6m'), environment)
  expect([paced.sources, paced.targets]).toEqual([
    { shop: expect.not.stringMatching(first.sources?.shop ?? '') },
    first.targets,
  ])
  const rotated = await load(file('5m'), { ...environment, SOURCE_CHAT: 'xoxb-another-of-the-chat' })
  expect([rotated.sources, rotated.targets?.chat === first.targets?.chat]).toEqual([first.sources, false])
  expect(JSON.stringify(first)).not.toContain('secret')
})
