// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how targets refer to the environment
import { expect, test } from 'vitest'
import { z } from 'zod'
import { loadSources } from '../../../workers/config/sources-file.ts'
import { target } from '../../../workers/notify/target.ts'
import { region } from '../../support/builders.ts'

const chat = target({
  kind: 'chat',
  config: z.object({
    url: z.string().regex(/^https:/, 'is not an address: write it like https://x'),
    room: z.string().optional(),
  }),
  secrets: ['room'],
  dropsDoubles: false,
  render: () => null,
  send: async () => ({ kind: 'sent' as const }),
})
const known = { vendors: new Map(), regions: new Map([['aws/us-east-1', region('aws/us-east-1')]]), targets: { chat } }
const stacks = 'stacks:\n  - { id: shop, uses: [aws/us-east-1] }\n'

async function load(files: Record<string, string>, environment: Record<string, string> = {}) {
  const read = async (name: string) => files[name] ?? Promise.reject(new Error('no such file'))
  return (await loadSources('a.yaml', environment, read, known)).sources
}
const notifyOf = async (text: string, environment?: Record<string, string>) => {
  const sources = await load({ 'a.yaml': stacks + text }, environment)
  if (!sources.ok) throw new Error(sources.error)
  return sources.value.notify
}
const problemsOf = async (text: string, environment?: Record<string, string>) => {
  const sources = await load({ 'a.yaml': stacks + text }, environment)
  return sources.ok ? [] : sources.error.split('\n')
}

test('a rule needs little', async () => {
  const { rules } = await notifyOf(
    'notify:\n  targets: [{ id: team, kind: chat, url: "https://a" }]\n  rules: [{ stack: shop, to: team }]\n',
  )
  expect(rules).toEqual([
    {
      id: 'shop',
      stack: 'shop',
      channels: [],
      what: ['opened', 'worse', 'resolved'],
      from: 'degraded_performance',
      strength: 'likely',
      to: ['team'],
      quiet: null,
      repeatMs: null,
      digest: null,
      timeZone: 'UTC',
    },
  ])
})

test('a rule may say much', async () => {
  const { rules } = await notifyOf(`notify:
  targets: [{ id: team, kind: chat, url: "https://a" }]
  rules:
    - { id: night, channels: [provider/aws, region/aws/us-east-1], what: [opened, silent], from: major_outage,
        strength: certain, to: [team], quiet: { hours: '22:00-07:00', except: major_outage }, repeat: 30m,
        digest: weekly mon 08:30, tz: Berlin }
`)
  expect(rules[0]).toMatchObject({
    channels: ['provider/aws', 'region/aws/us-east-1'],
    what: ['opened', 'silent'],
    quiet: { hours: { from: 22 * 60, until: 7 * 60 }, except: 'major_outage' },
    repeatMs: 30 * 60_000,
    digest: { every: 'weekly', weekday: 1, minute: 8 * 60 + 30 },
    timeZone: 'Europe/Berlin',
  })
})

test('a secret is filled in, and kept beside the target', async () => {
  const text = 'notify:\n  targets: [{ id: team, kind: chat, url: "https://a/${SOURCE_HOOK}" }]\n'
  const { targets } = await notifyOf(text, { SOURCE_HOOK: 'very-secret' })
  expect(targets[0]).toMatchObject({
    id: 'team',
    config: { url: 'https://a/very-secret' },
    secrets: { SOURCE_HOOK: 'very-secret' },
  })
  expect(await problemsOf(text)).toEqual([
    "a.yaml line 4: 'url: https://a/${SOURCE_HOOK}' refers to SOURCE_HOOK, which is not set: set it in the environment of the workers",
  ])
})

test.each([
  [
    'targets: [{ id: team, kind: chatt, url: "https://a" }]',
    "'kind: chatt' is not a kind of target: did you mean chat?",
  ],
  [
    'targets: [{ id: team, kind: chat, url: "http://${SOURCE_HOOK}" }]',
    "'url: http://${SOURCE_HOOK}' is not an address: write it like https://x",
  ],
  [
    'targets: [{ id: team, kind: chat, url: "https://a", rom: x }]',
    "'rom: x' is not a key of chat: did you mean room?",
  ],
  ['targets: [{ id: team, kind: chat, rom: x }]', "'rom: x' is not a key of chat: did you mean room?"],
  ['targets: [{ id: team, kind: chat }]', "'url' is missing: chat needs it, and docs/targets.md says where to find it"],
  [
    'targets: [{ id: team, kind: chat, url: "https://a", room: "very-secret" }]',
    "'id: team' has its room in the file: write it there as ${SOURCE_NAME}, and set that in the environment",
  ],
  ['rules: [{ stack: shop, to: [] }]', "'to' names nobody: give it the id of a target"],
  [
    'rules: [{ stack: shop, channels: news, to: team }]',
    "'stack: shop' stands beside channels: give a rule one of them",
  ],
  ['rules: [{ stack: shop, to: team }]', "'to: team' is not among the targets: add it, or leave it out"],
  [
    'rules: [{ stack: shopp, to: team }]\n  targets: [{ id: team, kind: chat, url: "https://a" }]',
    "'stack: shopp' is not among the stacks: did you mean shop?",
  ],
  ['rules: [{ to: team }]', "'stack' is missing: give a rule one of them"],
  ['rules: [{ chanels: news, to: team }]', "'chanels: news' is not a key here: did you mean 'channels'?"],
  ['rules: [{ stack: shop, to: team, what: [open] }]', "'what: open' is not something that can happen: use opened"],
  ['rules: [{ stack: shop, to: team, channels: [region/aws/us-east-2] }]', 'did you mean aws/us-east-1?'],
  [
    'rules: [{ stack: shop, to: team, digest: daily }]',
    "'digest: daily' is no time of a digest: write daily 08:00 or weekly mon 08:00",
  ],
  [
    'rules: [{ stack: shop, to: team, tz: Atlantis }]',
    "'tz: Atlantis' is not a time zone: write it like Europe/Berlin or Tokyo",
  ],
  ['rules: [{ stack: shop, to: team, repeat: 5s }]', "'repeat: 5s' is out of range: use 1m to 24h"],
  [
    'rules: [{ stack: shop, to: team, quiet: { hours: "22-7" } }]',
    "are no hours: give two different times of the day, such as '22:00-07:00'",
  ],
  [
    'rules: [{ stack: shop, to: team }, { stack: shop, to: team }]\n  targets: [{ id: team, kind: chat, url: "https://a" }]',
    "'id: shop' is taken already at a.yaml line",
  ],
])('refuses %s with its line and its mend', async (line, problem) => {
  const [first, ...others] = await problemsOf(`notify:\n  ${line}\n`, { SOURCE_HOOK: 'very-secret' })
  expect(first).toContain(problem)
  expect(first).toMatch(/^a\.yaml line 4: /)
  expect(others).toEqual([])
  expect(first).not.toContain('very-secret')
})

test('a rule may name a target of another file', async () => {
  const rules = 'include: [b.yaml]\nnotify:\n  rules: [{ channels: news, to: team }]\n'
  const sources = await load({
    'a.yaml': rules,
    'b.yaml': 'notify: { targets: [{ id: team, kind: chat, url: "https://a" }] }',
  })
  expect(sources).toMatchObject({ ok: true, value: { notify: { targets: [{ id: 'team' }], rules: [{ id: 'news' }] } } })
})
