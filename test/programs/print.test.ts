import { expect, test } from 'vitest'
import { exitCodeOf } from '../../programs/cli/commands/status.ts'
import { printer, tableLines, toJsonLine, widthOf } from '../../programs/cli/print.ts'
import type { Status } from '../../shared/domain/status.ts'
import { clean } from '../../shared/terminal.ts'

const HOSTILE = 'a\u001b[31mred\u001b]0;title\u0007\u009b2J\r\nnext\u202Eturned\u2028b'

function written(json: boolean | undefined, { isTTY, env = {} }: { isTTY: boolean; env?: Record<string, string> }) {
  let text = ''
  const out = { isTTY, columns: 60, write: (more: string) => (text += more) }
  const print = printer({ out, err: out }, json, env)
  print.answer([{ title: HOSTILE }], paint =>
    tableLines(['status', 'title'], [[{ text: 'well', colour: 'green' }, HOSTILE]], paint),
  )
  return text
}

test('a terminal gets a table in colours, a pipe one JSON object a line', () => {
  expect(written(undefined, { isTTY: true })).toContain('\u001b[32mwell\u001b[0m')
  expect(JSON.parse(written(undefined, { isTTY: false }))).toEqual({ title: HOSTILE })
  expect(written(true, { isTTY: true })).toMatch(/^\{"title":/)
  expect(written(false, { isTTY: false })).toMatch(/^status {2}title\nwell {4}ared/)
  expect(written(undefined, { isTTY: true, env: { NO_COLOR: '1' } })).not.toContain('\u001b')
})

test('what others wrote neither colours a terminal, nor moves in it, nor turns a line', () => {
  expect(clean(HOSTILE)).toBe('ared  next turned b')
  const acting = /[^\n\P{Cc}]|[\u2028\u202E]/u
  expect(written(false, { isTTY: false })).not.toMatch(acting)
  expect(written(true, { isTTY: true })).not.toMatch(acting)
  expect(JSON.parse(toJsonLine({ HOSTILE }))).toEqual({ HOSTILE })
})

test('columns stand below each other, with wide characters, accents and pictures too', () => {
  const rows = [
    ['東京リージョン', 'x'],
    ['São Paulo', 'x'],
    ['e\u0301te\u0301', 'x'],
    ['🔥 fire', 'x'],
    ['plain', 'x'],
  ]
  const lines = tableLines(['name', 'mark'], rows, { colour: text => text, columns: 80 })
  expect(new Set(lines.slice(1).map(line => widthOf(line.slice(0, -1))))).toEqual(new Set([16]))
  expect(['東京', '한국', 'é', 'e\u0301', '🔥', '👩‍💻', 'a\u200bb', '● ok'].map(widthOf)).toEqual([
    4, 4, 1, 1, 2, 2, 2, 4,
  ])
})

test('a table is as wide as the terminal, and cuts its widest columns', () => {
  const rows = [['short', 'a title that is far too long for this terminal 東京東京東京', 'aws/eu-west-1']]
  const lines = tableLines(['a', 'title', 'id'], rows, { colour: text => text, columns: 40 })
  expect(lines.every(line => widthOf(line) <= 40)).toBe(true)
  expect(lines[1]).toMatch(/^short {2}a title .*… {2}aws\/eu-west-1$/)
})

test('on a narrow terminal what is copied or cannot be cut stays whole, and what is empty takes no room', () => {
  const titles = ['impact', 'stage', 'since', 'title', 'km', 'id']
  const [id, since] = ['azure-status/38cb774d11d99ba1820c', '2026-11-30 15:44']
  const row = ['◆ partial outage', 'investigating', since, 'Network outage in West Europe', '', id]
  const at = (columns: number) => tableLines(titles, [row], { colour: text => text, columns })
  expect(at(96)[0]).toMatch(/^impact +since +title +id$/)
  expect(at(96)[1]).toBe(`◆ partial outage  ${since}  Network outage in West E…  ${id}`)
  expect(at(140)[0]).toMatch(/^impact +stage +since +title +id$/)
  expect(at(70)[1]).toMatch(/^◆ partial outage {2}2026-11-30 15:44 {2}Network… {2}azure-status\/\w+…$/)
  expect([40, 60, 80].flatMap(columns => at(columns).filter(line => widthOf(line) > columns))).toEqual([])
})

test.each([
  [['operational'], undefined, 0],
  [['operational', 'under_maintenance'], undefined, 0],
  [['operational', 'degraded_performance'], undefined, 1],
  [['degraded_performance', 'unknown'], undefined, 1],
  [['operational', 'unknown'], undefined, 3],
  [['degraded_performance'], 'partial_outage', 0],
  [['major_outage'], 'partial_outage', 1],
  [['under_maintenance'], 'under_maintenance', 1],
  [['unknown'], 'major_outage', 3],
  [['unknown'], 'unknown', 1],
  [['degraded_performance'], 'unknown', 1],
] satisfies [Status[], Status | undefined, number][])('%j with --fail-on %s ends with %i', (statuses, failOn, code) => {
  expect(
    exitCodeOf(
      statuses.map(status => ({ status })),
      failOn,
    ),
  ).toBe(code)
})
