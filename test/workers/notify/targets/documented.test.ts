import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { targetKinds } from '../../../../workers/notify/targets/registry.ts'

const document = readFileSync(new URL('../../../../docs/targets.md', import.meta.url), 'utf8')

/** `${NAME}` → a value that the name suggests. */
const filled = (yaml: string): string =>
  yaml.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    if (name.endsWith('_SECRET')) return `whsec_${'abcdefgh'.repeat(4)}`
    return /TOKEN|PASSWORD|KEY/.test(name) ? 'abcdefghijklmnopqrstuvwxyz012345' : 'https://hooks.example.com/x?sig=y'
  })

const Line = z.looseObject({ id: z.string(), kind: z.string() })
const Block = z.union([
  z.array(Line),
  Line.transform(line => [line]),
  z.object({ notify: z.object({ targets: z.array(Line) }) }).transform(({ notify }) => notify.targets),
])
const examples = [...document.matchAll(/```yaml\n([^`]*)```/g)].flatMap(([, yaml = '']) =>
  Block.parse(parse(filled(yaml))),
)

describe('docs/targets.md', () => {
  test.each(examples.map(example => [example.kind, example] as const))('its lines of %s are valid', (kind, example) => {
    const { id, kind: _, ...config } = example
    expect(id).not.toBe('')
    expect(targetKinds[kind]?.config.safeParse(config).error?.issues).toEqual(undefined)
    expect(targetKinds[kind]).toBeDefined()
  })

  test('says of each kind in its table whether it tells exactly once, and shows its lines', () => {
    const rows = [...document.matchAll(/^\| `([a-z-]+)`\s+\|[^|]+\| (\w+)/gm)].map(([, kind, once]) => [
      kind,
      once === 'yes',
    ])
    expect(rows.length).toBeGreaterThanOrEqual(8)
    const shown = new Set(examples.map(({ kind }) => kind))
    for (const [kind, once] of rows)
      expect([kind, once, shown.has(String(kind))]).toEqual([kind, targetKinds[String(kind)]?.dropsDoubles, true])
  })
})
