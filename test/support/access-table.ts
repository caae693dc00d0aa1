import type { Description } from '../../server/http/route.ts'

/** Which tokens a request may have, as the columns of the table in docs/security.md. */
export const bearers = ['no token', 'a wrong one', 'view token', 'admin token'] as const
export type Bearer = (typeof bearers)[number]

/** What is answered: 'open' where the request comes through, else the status that refuses it. */
export type Verdict = 'open' | '401'

const verdicts: Readonly<Record<Description['access'], Readonly<Record<Bearer, Verdict>>>> = {
  public: { 'no token': 'open', 'a wrong one': 'open', 'view token': 'open', 'admin token': 'open' },
  screen: { 'no token': 'open', 'a wrong one': 'open', 'view token': 'open', 'admin token': 'open' },
  view: { 'no token': '401', 'a wrong one': '401', 'view token': 'open', 'admin token': 'open' },
  handle: { 'no token': '401', 'a wrong one': '401', 'view token': 'open', 'admin token': 'open' },
  admin: { 'no token': '401', 'a wrong one': '401', 'view token': '401', 'admin token': 'open' },
}

/** Routes → the table: a row for all that are open to the same. */
export function accessTable(routes: readonly Description[]): string {
  const rows = new Map<string, string[]>()
  for (const { method, path, access } of routes) {
    const cells = bearers.map(bearer => verdicts[access][bearer]).join(' | ')
    rows.set(cells, [...(rows.get(cells) ?? []), `\`${method.toUpperCase()} ${path}\``])
  }
  return [
    `| ${[...bearers, 'routes'].join(' | ')} |`,
    `| ${[...bearers, ''].map(() => '---').join(' | ')} |`,
    ...[...rows].map(([cells, paths]) => `| ${cells} | ${paths.join('<br>')} |`),
    '',
  ].join('\n')
}

/** The table as it is written → by `GET /path`, what each bearer is answered. */
export function readAccessTable(document: string): Map<string, Record<Bearer, string>> {
  const table = document.split('<!-- routes: access')[1]?.split('<!-- /routes -->')[0] ?? ''
  const rows = table.split('\n').filter(line => line.startsWith('| ') && line.includes('`'))
  return new Map(
    rows.flatMap(row => {
      const [paths = '', ...verdicts] = row
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim())
        .reverse()
      const [none = '', wrong = '', view = '', admin = ''] = verdicts.reverse()
      const its = { 'no token': none, 'a wrong one': wrong, 'view token': view, 'admin token': admin }
      return [...paths.matchAll(/`([A-Z]+ [^`]+)`/g)].map(([, route = '']) => [route, its] as const)
    }),
  )
}
