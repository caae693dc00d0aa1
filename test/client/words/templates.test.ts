import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'svelte/compiler'
import { expect, test } from 'vitest'

const client = new URL('../../../client/', import.meta.url)
const files = readdirSync(client, { recursive: true, encoding: 'utf8' }).sort()
const parts = files.filter(file => file.endsWith('.svelte'))
const sourceOf = (file: string): string => readFileSync(new URL(file, client), 'utf8')

/** Attributes that somebody reads or hears. */
const spoken = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'legend',
  'placeholder',
  'title',
])
/** The product's name, and a command, which is the same in every language. */
const allowed = new Set(['Nephoscope', 'npm run demo'])

const isWord = (text: string): boolean => /\p{L}{2}/u.test(text) && !allowed.has(text.trim())
/** A text in an expression, which may as well be a key such as `under_maintenance`. */
const isSentence = (text: string): boolean => /\p{Lu}\p{Ll}|\p{Ll} \p{Ll}/u.test(text) && !allowed.has(text.trim())

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** What a template says in words of its own. `shown`: whether what stands here is read by somebody. */
function literals(value: unknown, shown: boolean, inExpression = false): string[] {
  if (Array.isArray(value)) return value.flatMap(item => literals(item, shown, inExpression))
  if (!isNode(value)) return []
  if (value.type === 'Attribute') return literals(value.value, spoken.has(String(value.name)))
  if (value.type === 'StyleDirective') return []
  if (value.type === 'Text') return shown && isWord(String(value.data)) ? [String(value.data).trim()] : []
  if (value.type === 'Literal' || value.type === 'TemplateElement') {
    const text = value.type === 'Literal' ? value.value : isNode(value.value) ? value.value.cooked : null
    return shown && inExpression && typeof text === 'string' && isSentence(text) ? [text] : []
  }
  const inside = inExpression || value.type === 'ExpressionTag'
  return Object.entries(value).flatMap(([key, child]) => (key === 'metadata' ? [] : literals(child, shown, inside)))
}

const literalsOf = (source: string): string[] => literals(parse(source, { modern: true }).fragment, true)

test('words are found wherever a reader meets them', () => {
  expect(literalsOf('<p>Hello {name}</p>')).toEqual(['Hello'])
  expect(literalsOf('<p>{#if a}Yes indeed{/if} · {b}: </p>')).toEqual(['Yes indeed'])
  expect(
    literalsOf(`<b aria-label="Close" class="two words" title={'Open it'}>{a ? 'Play' : 'in_progress'}</b>`),
  ).toEqual(['Close', 'Open it', 'Play'])
  expect(literalsOf('<h1>Nephoscope</h1><!-- a remark -->')).toEqual([])
})

test.each(parts)('%s takes every word from the catalogue', file => {
  expect(literalsOf(sourceOf(file))).toEqual([])
})

test.each(files.filter(file => /\.(?:svelte|css)$/.test(file)))(
  '%s is laid out for both directions of writing',
  file => {
    const physical = /(?:margin|padding|border)-(?:left|right)|text-align: (?:left|right)|float:/g
    expect(sourceOf(file).match(physical) ?? []).toEqual([])
  },
)
