import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const files = ['server', 'shared', 'workers'].flatMap(folder =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => path.join(folder, name)),
)
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8')

const comparisons = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
])
const secret = /(?:token|secret|digest|signature|password)s?$/i
/** What tells nothing of a secret but whether there is one. */
const nothing = /^(?:undefined|null|''|\d+)$/

/** Where something that is called a secret is compared with `===` and the like, or looked for in a list of them. */
function compared(file: string): string[] {
  const script = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind)) {
      const sides = [node.left.getText(script), node.right.getText(script)]
      if (sides.some(side => secret.test(side)) && !sides.some(side => nothing.test(side)))
        found.push(`${file}: ${node.getText(script)}`)
    }
    if (
      ts.isCallExpression(node) &&
      /(?:token|secret|digest)s?\.(?:includes|startsWith|has|indexOf)$/i.test(node.expression.getText(script))
    )
      found.push(`${file}: ${node.getText(script)}`)
    ts.forEachChild(node, visit)
  }
  visit(script)
  return found
}

/** Comparisons that no stranger can ask for, or that are about no secret. */
const argued = [
  // our own settings, once at the start
  'server/settings.ts: VIEW_TOKEN === ADMIN_TOKEN',
  // by which digests are looked up: a screen's id, which its admin sees
  'server/screens/admitted-screens.ts: digests.has(screen)',
  'server/screens/admitted-screens.ts: digests.has(screen)',
  'server/screens/admitted-screens.ts: digests.has(screen)',
  "server/screens/screen-watch.ts: typeof token === 'string'",
  // both sides are out of our own store
  'shared/redis/push.ts: answer.token === request.token',
  'workers/poll/websub.ts: answer?.token === token',
]

test('secrets are compared in constant time, in one place', () => {
  expect(files.filter(file => /timingSafeEqual/.test(textOf(file)))).toEqual(['server/http/admission.ts'])
  const named = files.filter(file => /token|secret|digest|signature|password/i.test(textOf(file)))
  expect(named.flatMap(compared)).toEqual(argued)
})
