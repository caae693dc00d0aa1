import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allRoutes } from '../../../server/routes/all.ts'
import { accessTable } from '../../support/access-table.ts'

const block = /(<!-- routes: access, made by npm run docs -->\n).*?(<!-- \/routes -->)/s

test('the table in docs/security.md is what the routes say of themselves: `npm run docs` writes it', async () => {
  const written = readFileSync(new URL('../../../docs/security.md', import.meta.url), 'utf8')
  expect(written).toMatch(block)
  const made = written.replace(block, (_, start, end) => start + accessTable(allRoutes) + end)
  await expect(made).toMatchFileSnapshot('../../../docs/security.md')
})
