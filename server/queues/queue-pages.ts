import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Context, Middleware } from 'koa'
import type { Signer } from '../access/signer.ts'
import { countWrongToken, originAllowed, sameSecret, type WrongTokens } from '../http/admission.ts'
import type { BaseUrl } from '../http/base-url.ts'
import { readRawBody } from '../http/request.ts'
import { escapeMarkup } from '../outward/markup.ts'
import { type Board, openBoard } from './board.ts'
import { beginSession, hasSession } from './session.ts'

export type QueuePagesDeps = {
  /** Unset: these pages do not exist. */
  adminToken: string | undefined
  signer: Pick<Signer, 'sign'>
  wrongTokens: WrongTokens
  connect: () => Redis
  base: BaseUrl
  basePath: string
  now: () => number
}

const MAX_FORM_BYTES = 4_096

/** `/queues` for the admin: a form that takes the token, and behind it bull-board, to look at. */
export function queuePages(deps: QueuePagesDeps): { serve: Middleware; close(): Promise<void> } {
  const { adminToken, basePath, connect } = deps
  let board: Promise<Board> | undefined
  let redis: Redis | undefined
  const open = () => {
    redis ??= connect()
    board ??= openBoard(redis, basePath).catch(error => {
      board = undefined
      throw error
    })
    return board
  }
  return {
    async serve(ctx, next) {
      if (adminToken === undefined || !/^\/queues(?:\/|$)/.test(ctx.path)) return next()
      const session = { ...deps, adminToken }
      if (ctx.path === '/queues/session' && ctx.method === 'POST') return signIn(ctx, session)
      if (!hasSession(ctx, session)) return askForToken(ctx, basePath)
      await (await open()).serve(ctx, next)
    },
    async close() {
      await (await board?.catch(() => undefined))?.close()
      redis?.disconnect()
    },
  }
}

async function signIn(ctx: Context, deps: QueuePagesDeps & { adminToken: string }): Promise<void> {
  if (!originAllowed(ctx.req, [])) ctx.throw(403, 'only the page /queues may send its form')
  const form = new URLSearchParams((await readRawBody(ctx, MAX_FORM_BYTES)).toString())
  if (!sameSecret(form.get('token') ?? '', deps.adminToken)) {
    countWrongToken(ctx, deps.wrongTokens)
    return askForToken(ctx, deps.basePath, 'This is not the admin token.')
  }
  beginSession(ctx, deps.base(ctx).startsWith('https:'), deps)
  ctx.set('Cache-Control', 'no-store')
  ctx.status = 303
  ctx.set('Location', `${deps.basePath}/queues/`)
}

function askForToken(ctx: Context, basePath: string, problem = ''): void {
  ctx.set('Cache-Control', 'no-store')
  ctx.set('Content-Security-Policy', formPolicy)
  ctx.set('Referrer-Policy', 'same-origin') // without it the browser sends the form with the origin 'null'
  ctx.status = 401
  ctx.type = 'html'
  ctx.body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Nephoscope: queues</title>
<style>${style}</style>
<h1>Queues</h1>
<p role="alert">${escapeMarkup(problem)}</p>
<form method="post" action="${basePath}/queues/session">
<label>Admin token <input type="password" name="token" required autocomplete="current-password"></label>
<button>Look for an hour</button>
</form>
</html>
`
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:3rem auto;max-width:30rem;padding:0 1rem;color:light-dark(#1b2130,#e8ecf5);background:light-dark(#fbfaf7,#0c1120)}
h1{font-size:1.25rem}form{display:grid;gap:1rem}label{display:grid;gap:.25rem}input,button{font:inherit;padding:.5rem}`

const formPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
