import type { Description } from '../../server/http/route.ts'
import { type Grant, mayDo } from '../../shared/domain/access.ts'
import { markdownTable } from './markdown-table.ts'

/** Which tokens a request may have, as the columns of the table in docs/security.md. */
export const bearers = ['no token', 'a wrong one', 'of a stack', 'viewer', 'view token', 'operator', 'admin'] as const
export type Bearer = (typeof bearers)[number]

const grants: Readonly<Record<Bearer, Grant | null>> = {
  'no token': null,
  'a wrong one': null,
  'of a stack': { role: 'operator', stack: 'shop' },
  viewer: { role: 'viewer', stack: null },
  'view token': { role: 'office', stack: null },
  operator: { role: 'operator', stack: null },
  admin: { role: 'admin', stack: null },
}

/** What keeps a bearer from reading a path by any method: another stack, or what would outlive a token with a name. */
export function isRefusedAt(path: string, bearer: Bearer): boolean {
  if (path.startsWith('/api/push-')) return bearer === 'of a stack' || bearer === 'viewer' || bearer === 'operator'
  return bearer === 'of a stack' && path !== '/api/openapi.json' && path !== '/api/asyncapi.json'
}

/** What is answered: 'open' where the request comes through, else the status that refuses it. */
function verdictOf({ path, access }: Description, bearer: Bearer): 'open' | '401' | '403' {
  if (access === 'public' || access === 'screen') return 'open'
  const grant = grants[bearer]
  if (grant === null) return '401'
  if (access === 'view' && isRefusedAt(path, bearer)) return '403'
  return mayDo(grant, access) ? 'open' : '403'
}

/** Routes → the table: a row each; those that are open to the same stand together. */
export function accessTable(routes: readonly Description[]): string {
  const groups = new Map<string, string[][]>()
  for (const one of routes) {
    const verdicts = bearers.map(bearer => verdictOf(one, bearer))
    const row = [...verdicts, `\`${one.method.toUpperCase()} ${one.path}\``]
    groups.set(verdicts.join(), [...(groups.get(verdicts.join()) ?? []), row])
  }
  return markdownTable([[...bearers, 'route'], ...[...groups.values()].flat()])
}

/** The table as it is written → by `GET /path`, what each bearer is answered. */
export function readAccessTable(document: string): Map<string, ReadonlyMap<Bearer, string>> {
  const table = document.split('<!-- routes: access')[1]?.split('<!-- /routes -->')[0] ?? ''
  const rows = table.split('\n').filter(line => line.startsWith('| ') && line.includes('`'))
  return new Map(
    rows.map(row => {
      const cells = row.split('|').map(cell => cell.trim())
      const route = cells[bearers.length + 1]?.slice(1, -1) ?? ''
      return [route, new Map(bearers.map((bearer, n) => [bearer, cells[n + 1] ?? '']))]
    }),
  )
}
