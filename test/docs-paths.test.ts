import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const rooms = ['bench', 'client', 'config', 'docs', 'launch', 'ops', 'programs', 'server', 'shared', 'test', 'workers']
const documents = [...markdownIn(''), ...markdownIn('docs'), ...markdownIn('programs/client')]
const text = new Map(documents.map(file => [file, readFileSync(path.join(root, file), 'utf8')]))
const tree = [...readdirSync(root), ...rooms.flatMap(listed)]

test.each(documents)('every path in %s exists', file => {
  const codes = [...(text.get(file) ?? '').matchAll(/`([^`\s]+)`/g)].map(([, code = '']) => code)
  expect(codes.filter(isPath).filter(code => !exists(code))).toEqual([])
})

test.each(documents)('every link in %s leads to a file, and to one of its headings', file => {
  const links = [...(text.get(file) ?? '').matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link)
  const broken = links.filter(link => {
    const [target = '', heading] = link.split('#')
    const place = target === '' ? file : path.join(path.dirname(file), target)
    const isThere = tree.includes(place)
    return !isThere || (heading !== undefined && !headingsOf(place).includes(heading))
  })
  expect(broken).toEqual([])
})

test('the check sees a path that does not exist', () => {
  expect(['shared/domain/status.ts', 'shared/{domain,redis}/', 'workers/formats/<format>.ts'].every(exists)).toBe(true)
  expect(['shared/domain/nothing.ts', 'shared/{domain,nothing}/', 'nothing-like-it.ts'].some(exists)).toBe(false)
})

function markdownIn(folder: string): string[] {
  return readdirSync(path.join(root, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => path.join(folder, name))
}

function listed(room: string): string[] {
  return readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' }).map(name => path.join(room, name))
}

/** A path from the root, or the bare name of a module. */
function isPath(code: string): boolean {
  return rooms.some(room => code.startsWith(`${room}/`)) || /^[\w.-]+\.(?:ts|mjs|svelte)$/.test(code)
}

/** `{a,b}` stands for each of the two, `*` and `<name>` for anything but a slash. A bare name may be in any folder. */
function exists(code: string): boolean {
  const [, before = '', choices, after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(code) ?? []
  if (choices !== undefined) return choices.split(',').every(choice => exists(`${before}${choice}${after}`))
  const parts = code.replace(/\/$/, '').split(/\*|<[^>]*>/)
  const pattern = parts.map(part => part.replace(/[.+?^$()[\]{}|\\]/g, '\\$&')).join('[^/]*')
  const whole = new RegExp(code.includes('/') ? `^${pattern}$` : `(?:^|/)${pattern}$`)
  return tree.some(file => whole.test(file))
}

/** The anchors of a document's headings, as GitHub makes them. */
function headingsOf(file: string): string[] {
  const headings = [...(text.get(file) ?? '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading)
  return headings.map(heading =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
