import { mkdtempSync, readFileSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const documents = ['README.md', 'docs/api.md', 'programs/client/README.md']

/** A program that a document shows. */
export type Snippet = { title: string; code: string; library: '@nephoscope/client' | 'socket.io-client' }

/** Every program in TypeScript that the documents show. */
export const snippets = documents.flatMap((file): Snippet[] =>
  [...readFileSync(path.join(root, file), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].flatMap(([, code = ''], n) => {
    const [, library] = /from '(@nephoscope\/client|socket\.io-client)'/.exec(code) ?? []
    if (library !== '@nephoscope/client' && library !== 'socket.io-client') return []
    return [{ title: `${file}, program ${n + 1}, with ${library}`, code, library }]
  }),
)

/** A folder in which both libraries can be imported as a program of its own would. */
export async function projectFolder(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'neph-program-'))
  await mkdir(path.join(folder, 'node_modules/@nephoscope'), { recursive: true })
  await symlink(path.join(root, 'dist/packages/client'), path.join(folder, 'node_modules/@nephoscope/client'))
  await symlink(path.join(root, 'node_modules/socket.io-client'), path.join(folder, 'node_modules/socket.io-client'))
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }')
  return folder
}
