import type { Dice } from '../every/dice.ts'

/** An input may have so many bytes: enough for every limit on width and depth, few enough to try many. */
const MAX_BYTES = 1_000_000

// biome-ignore lint/suspicious/noTemplateCurlyInString: an attack
const variable = '${HOME}'

const poison = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '{"__proto__":{"polluted":1}}'],
  ...['<script>alert(1)</script>', 'javascript:alert(1)', '"><img src=x onerror=alert(1)>', ']]>', '<!--', '-->'],
  ...['<![CDATA[', '<!DOCTYPE x [<!ENTITY a "&a;&a;">]>', '&a;', '&#x0;', '&#1114112;', '\u0000', '\u001b[31m'],
  ...['\u202Egnp', '\u2067', '\uD800', '\uDC00', '\uFEFF', '\u{E0041}', '\u0301'.repeat(300), '\\u0000', '\\ud800'],
  ...['9'.repeat(400), '-1', '1e999', '-0', '0x', 'NaN', '1'.repeat(20), '9007199254740993', '2026-13-45T99:99:99Z'],
  ...[
    '+275760-09-13T00:00:00.001Z',
    '0000-00-00',
    'null',
    'true',
    '[]',
    '{}',
    '""',
    '',
    ' ',
    '\t\r\n',
    '%00',
    '%',
    ',',
  ],
  ...[
    'long '.repeat(4_000),
    'a'.repeat(60_000),
    ' '.repeat(30_000),
    '<'.repeat(2_000),
    '('.repeat(500),
    '!!js/function x',
  ],
  ...['&x [*x, *x]', '- '.repeat(2_000), '? ', '{{', variable, '://', 'http://[', 'https://a:b@c/d?e#f'],
]

const keys = ['__proto__', 'constructor', 'toString', 'length', 'then', 'toJSON', '', 'x'.repeat(300)]

/** One or several changes to one document of the corpus, or two that are joined: what is left of the truth leads deep. */
export function mutated(dice: Dice, corpus: readonly [Buffer, ...Buffer[]]): Buffer {
  let body = dice.pick(corpus)
  const changes = Math.floor(dice.between(1, 5))
  for (let n = 0; n < changes; n++) body = dice.pick(mutations)(body, dice, dice.pick(corpus)).subarray(0, MAX_BYTES)
  return body
}

type Mutation = (body: Buffer, dice: Dice, other: Buffer) => Buffer

const at = (dice: Dice, body: Buffer): number => Math.floor(dice.between(0, body.length + 1))

/** A part of the body, mostly a small one. */
function partOf(body: Buffer, dice: Dice): [from: number, to: number] {
  const from = at(dice, body)
  const length = Math.floor(dice.chance() ** 3 * (body.length - from + 1))
  return [from, from + length]
}

const put = (body: Buffer, [from, to]: readonly [number, number], by: string | Uint8Array): Buffer =>
  Buffer.concat([body.subarray(0, from), typeof by === 'string' ? Buffer.from(by) : by, body.subarray(to)])

const cut: Mutation = (body, dice) => put(body, partOf(body, dice), '')
const endEarly: Mutation = (body, dice) => body.subarray(0, at(dice, body))
const insert: Mutation = (body, dice) => {
  const from = at(dice, body)
  return put(body, [from, from], pickOf(dice, poison))
}
const splice: Mutation = (body, dice, other) => put(body, partOf(body, dice), other.subarray(...partOf(other, dice)))

const flip: Mutation = (body, dice) => {
  const changed = Buffer.from(body)
  for (let n = dice.between(1, 8); n > 0 && changed.length > 0; n--) {
    const place = Math.min(at(dice, changed), changed.length - 1)
    changed[place] = (changed[place] ?? 0) ^ (1 << Math.floor(dice.between(0, 8)))
  }
  return changed
}

const repeat: Mutation = (body, dice) => {
  const [from, to] = partOf(body, dice)
  const part = body.subarray(from, to)
  const most = Math.floor(MAX_BYTES / Math.max(1, part.length))
  const times = Math.min(most, Math.floor(2 ** dice.between(1, 15)))
  return put(body, [from, to], Buffer.concat(Array.from({ length: times }, () => part)))
}

/** Brackets, elements and indentations without end, closed or not. */
const nest: Mutation = (body, dice) => {
  const [open, close] = dice.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['<a>', '</a>'],
    ['<div><p>', '</p></div>'],
    ['(', ')'],
    ['<item>', '</item>'],
    ['- ', ''],
    ['&amp;', ''],
  ])
  const depth = Math.floor(2 ** dice.between(1, 16))
  const [from, to] = partOf(body, dice)
  const closed = dice.chance() < 0.7 ? close.repeat(depth) : ''
  return put(
    body,
    [from, to],
    Buffer.concat([Buffer.from(open.repeat(depth)), body.subarray(from, to), Buffer.from(closed)]),
  )
}

/** A number, a word in quotes or a text between tags becomes something else. */
const replaceToken: Mutation = (body, dice) => {
  const text = body.toString('latin1')
  const tokens = [...text.matchAll(/"[^"\n]{0,200}"|-?\d[\d.e+-]*|>[^<>\n]{1,200}</g)]
  const token = tokens[Math.floor(dice.chance() * tokens.length)]
  if (token === undefined) return body
  const [old] = token
  const inside = /^["<>]/.test(old) ? 1 : 0
  const range = [token.index + inside, token.index + old.length - inside] as const
  return put(body, range, pickOf(dice, poison))
}

/** JSON stays JSON: a leaf, a branch or a name in it is another's, or no longer there. */
const replaceBranch: Mutation = (body, dice, other) => {
  const [value, source] = [parsed(body), parsed(other)]
  if (value === undefined) return replaceToken(body, dice, other)
  const target = Math.floor(dice.chance() * count(value))
  const branch = source === undefined ? null : nth(source, Math.floor(dice.chance() * count(source)))
  const by = dice.chance() < 0.5 ? branch : pickOf<unknown>(dice, [...poison, null, -1, 1e308, true, [], {}, [[[]]]])
  let seen = 0
  const write = (node: unknown): string => {
    if (seen++ === target) return JSON.stringify(by) ?? 'null'
    if (Array.isArray(node)) return `[${node.map(write).join()}]`
    if (typeof node !== 'object' || node === null) return JSON.stringify(node)
    // written by hand, as an object has no own '__proto__' by assignment
    return `{${Object.entries(node).map(([key, child]) => {
      const name = seen === target && dice.chance() < 0.3 ? pickOf(dice, keys) : key
      return `${JSON.stringify(name)}:${write(child)}`
    })}}`
  }
  return Buffer.from(write(value))
}

function parsed(body: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(body.toString())
    return depthOf(value) < 200 ? value : undefined
  } catch {
    return undefined
  }
}

const depthOf = (value: unknown, depth = 0): number =>
  depth > 200
    ? depth
    : childrenOf(value).reduce<number>((most, child) => Math.max(most, depthOf(child, depth + 1)), depth)

const childrenOf = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : []

const count = (value: unknown): number => childrenOf(value).reduce<number>((sum, child) => sum + count(child), 1)

function nth(value: unknown, n: number): unknown {
  let seen = 0
  const find = (node: unknown): unknown => {
    if (seen++ === n) return { node }
    for (const child of childrenOf(node)) {
      const found = find(child)
      if (found !== undefined) return found
    }
    return undefined
  }
  const found = find(value)
  return typeof found === 'object' && found !== null && 'node' in found ? found.node : null
}

const pickOf = <T>(dice: Dice, from: readonly T[]): T => {
  const [first, ...rest] = from
  if (first === undefined) throw new Error('nothing to pick from')
  return dice.pick([first, ...rest])
}

const mutations: readonly [Mutation, ...Mutation[]] = [
  ...([replaceBranch, replaceBranch, replaceBranch] as const),
  ...([replaceToken, replaceToken, cut, endEarly, insert, splice, flip, repeat, nest] as const),
]
