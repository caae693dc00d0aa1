// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how addresses refer to the environment
import { describe, expect, test } from 'vitest'
import { loadSources } from '../../../workers/config/sources-file.ts'

const feed = (id: string) => `feeds: [{ id: ${id}, url: 'https://${id}.example.com/feed' }]\n`

/** Loads `config/sources.yaml` from files that are given as name → text. */
async function load(files: Record<string, string>, environment: Record<string, string> = {}) {
  const { texts, sources } = await loadSources('config/sources.yaml', environment, async name => {
    const text = files[name]
    if (text === undefined) throw new Error('no such file')
    return text
  })
  return {
    names: [...texts.keys()],
    sources: sources.ok ? sources.value : null,
    problems: sources.ok ? [] : sources.error.split('\n'),
  }
}

describe('a sources file with includes', () => {
  test('is the lists of all its files, one after the other', async () => {
    const { names, sources } = await load({
      'config/sources.yaml': `include: [team/a.yaml, ../b.yaml]\nmine: { regions: [azure/westeurope] }\n${feed('own')}`,
      'config/team/a.yaml': `include: [c.yaml]\n${feed('a')}`,
      'config/team/c.yaml': `${feed('c')}mine: { regions: [aws/eu-west-1, azure/westeurope] }\n`,
      'b.yaml': `${feed('b')}simulated: true\n`,
    })
    expect(names).toEqual(['config/sources.yaml', 'config/team/a.yaml', 'config/team/c.yaml', 'b.yaml'])
    expect(sources?.sources.map(({ id }) => id)).toEqual(['own', 'a', 'c', 'b'])
    const uses = ['azure/westeurope', 'aws/eu-west-1'].map(region => ({ kind: 'region', region }))
    expect(sources?.stacks).toEqual([{ id: 'mine', name: 'Our regions', uses }])
    expect(sources?.simulated).toBe(true)
  })

  test('tells the problems of every file under its own name and line', async () => {
    const { problems } = await load({
      'config/sources.yaml': `include:\n  - a.yaml\n  - gone.yaml\n${feed('own')}`,
      'config/a.yaml': '\nfeeds: [{ id: a, url: ftp://x }]\n',
    })
    expect(problems).toEqual([
      "config/a.yaml line 2: 'url: ftp://x' is not a web address: write it like https://status.example.com",
      "config/sources.yaml line 3: 'include: gone.yaml' cannot be read: no such file",
    ])
  })

  test('has every id once', async () => {
    const { problems } = await load({
      'config/sources.yaml': `include: [a.yaml]\n${feed('same')}`,
      'config/a.yaml': `\n\n${feed('same')}`,
    })
    expect(problems).toEqual([
      "config/a.yaml line 3: 'id: same' is taken already at config/sources.yaml line 2: give every source an id of its own",
    ])
  })

  test.each([
    ['itself', { 'config/sources.yaml': 'include: [sources.yaml]' }],
    ['in a circle', { 'config/sources.yaml': 'include: [a.yaml]', 'config/a.yaml': 'include: [./sources.yaml]' }],
    ['twice', { 'config/sources.yaml': 'include: [a.yaml, x/../a.yaml]', 'config/a.yaml': feed('a') }],
  ])('never includes a file %s', async (_, files) => {
    expect((await load(files)).problems).toEqual([expect.stringContaining('is read already: include every file once')])
  })

  test('consists of at most 20 files', async () => {
    const numbers = Array.from({ length: 20 }, (_, n) => n)
    const files = Object.fromEntries(numbers.map(n => [`config/f${n}.yaml`, feed(`f${n}`)]))
    const include = (n: number) => `include: [${numbers.slice(0, n).map(i => `f${i}.yaml`)}]\n`
    expect((await load({ ...files, 'config/sources.yaml': include(19) })).sources?.sources).toHaveLength(19)
    expect((await load({ ...files, 'config/sources.yaml': include(20) })).problems).toEqual([
      "config/sources.yaml line 1: 'include: f19.yaml' is one too many: use at most 20 files",
    ])
  })

  test.each(['/etc/passwd', 'C:\\x.yaml', "''", '5'])('never includes %s', async name => {
    const { problems } = await load({ 'config/sources.yaml': `include: [${name}]` })
    expect(problems).toEqual([expect.stringContaining('is not a path from here: write it like teams/network.yaml')])
  })
})

test('a file that cannot be read is told by its name', async () =>
  expect((await load({})).problems).toEqual(['config/sources.yaml cannot be read: no such file']))

describe('an address in a file', () => {
  const text = "feeds:\n  - { id: a, url: 'https://a.example.com/${SOURCE_A_KEY}' }\n"

  test('keeps the names of variables; their values are held apart', async () => {
    const { sources } = await load({ 'config/sources.yaml': text }, { SOURCE_A_KEY: 'k-123456' })
    expect(sources?.sources[0]).toMatchObject({
      url: 'https://a.example.com/${SOURCE_A_KEY}',
      secrets: { SOURCE_A_KEY: 'k-123456' },
    })
  })

  test('that refers to what is not set is refused at its line', async () =>
    expect((await load({ 'config/sources.yaml': text })).problems).toEqual([
      "config/sources.yaml line 2: 'url: https://a.example.com/${SOURCE_A_KEY}' refers to SOURCE_A_KEY, which is not set: set it in the environment of the workers",
    ]))
})
