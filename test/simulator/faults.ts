import type { Context } from 'koa'
import type { Fault } from './step.ts'
import type { Rendered, World } from './world.ts'

const DRIP_BYTES = 16
const DRIP_EVERY_MS = 250

/** Answers as a failing source does. `render` gives the sound answer for any world. */
export function serveFault(ctx: Context, fault: Fault, world: World, render: (world: World) => Rendered): void {
  if (fault.retryAfterMs !== null) ctx.set('Retry-After', String(Math.ceil(fault.retryAfterMs / 1000)))
  if (typeof fault.as === 'number') {
    ctx.status = fault.as
    ctx.body = `<html><body><h1>${fault.as}</h1></body></html>`
    return
  }
  const { body, contentType } = render(world)
  ctx.status = 200
  ctx.set('Content-Type', contentType)
  switch (fault.as) {
    case 'hang':
      ctx.respond = false
      return
    case 'reset':
      ctx.respond = false
      ctx.req.socket.resetAndDestroy()
      return
    case 'garbage':
      ctx.body = Buffer.from(Array.from({ length: 2048 }, (_, index) => (index * 197 + 31) % 256))
      return
    case 'html':
      ctx.set('Content-Type', 'text/html; charset=utf-8')
      ctx.body =
        '<!doctype html><html><head><title>One moment</title></head><body><p>Checking the connection.</p></body></html>'
      return
    case 'empty':
      ctx.body = Buffer.alloc(0)
      return
    case 'hollow':
      ctx.body = render({ ...world, incidents: [], feeds: world.feeds.map(feed => ({ ...feed, articles: [] })) }).body
      return
    case 'cut':
      ctx.body = body.subarray(0, body.length / 2)
      return
    case 'truncated':
      ctx.respond = false
      ctx.res.writeHead(200, { 'Content-Type': contentType, 'Content-Length': body.length })
      ctx.res.write(body.subarray(0, body.length / 2), () => ctx.req.socket.destroy())
      return
    case 'old':
      ctx.body = body
      return
    case 'drip':
      ctx.respond = false
      drip(ctx, body)
  }
}

function drip(ctx: Context, body: Buffer): void {
  ctx.res.writeHead(200, { 'Content-Length': body.length })
  let sent = 0
  const timer = setInterval(() => {
    ctx.res.write(body.subarray(sent, sent + DRIP_BYTES))
    sent += DRIP_BYTES
    if (sent < body.length) return
    clearInterval(timer)
    ctx.res.end()
  }, DRIP_EVERY_MS)
  ctx.res.on('close', () => clearInterval(timer))
}
