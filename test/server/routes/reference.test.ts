import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Description } from '../../../server/http/route.ts'
import {
  accessRoutes,
  adminRoutes,
  apiRoutes,
  documentRoutes,
  healthRoutes,
  hookRoutes,
  metricsRoutes,
  pairingRoutes,
  pushRoutes,
  screenRoutes,
  signInRoutes,
} from '../../../server/routes/all.ts'
import { statuspageRoutes } from '../../../server/routes/statuspages.ts'
import { markdownTable } from '../../support/markdown-table.ts'

const file = new URL('../../../docs/api.md', import.meta.url)

const lists: Readonly<Record<string, readonly Description[]>> = {
  reading: [...apiRoutes, ...healthRoutes, ...metricsRoutes],
  documents: documentRoutes,
  statuspages: statuspageRoutes,
  hooks: hookRoutes,
  admin: adminRoutes,
  access: accessRoutes,
  screens: screenRoutes,
  pairing: pairingRoutes,
  signin: signInRoutes,
  push: pushRoutes,
}

test('the reference in docs/api.md is what the routes say: `npm run docs` writes it', async () => {
  const written = readFileSync(file, 'utf8')
  const named = [...written.matchAll(block)].map(([, , name]) => name)
  expect(named.sort()).toEqual(Object.keys(lists).sort())
  const made = written.replace(block, (_, start, name, end) => start + tableOf(lists[name] ?? []) + end)
  await expect(made).toMatchFileSnapshot('../../../docs/api.md')
})

/** What stands between the two marks is made here; everything else in the file is written by hand. */
const block = /(<!-- routes: (\w+), made by npm run docs -->\n).*?(<!-- \/routes -->)/gs

/** Routes as a table of Markdown, laid out as the formatter does. Routes that are described alike share a row. */
function tableOf(routes: readonly Description[]): string {
  const rows = new Map<string, string[]>()
  for (const route of routes) {
    const described = JSON.stringify([parametersOf(route), [route.summary, route.details].filter(Boolean).join(' ')])
    rows.set(described, [...(rows.get(described) ?? []), `\`${route.method.toUpperCase()} ${route.path}\``])
  }
  const cells = [
    ['route', 'parameters', 'what'],
    ...[...rows].map(([described, paths]): string[] => [
      paths.join('<br>'),
      ...z.array(z.string()).parse(JSON.parse(described)),
    ]),
  ]
  return markdownTable(cells)
}

/** More values than these are not listed. */
const MAX_VALUES = 6

const parametersOf = ({ query = {} }: Description): string =>
  Object.entries(z.object(query).shape)
    .map(([name, schema]) => {
      const { enum: values = [] } = z.toJSONSchema(schema, { io: 'input' })
      const listed = values.length > 0 && values.length <= MAX_VALUES
      return listed ? `\`${name}\` (${values.map(value => `\`${value}\``).join(' ')})` : `\`${name}\``
    })
    .join(' ')
