import type { Context } from 'koa'

/** The bytes of a request's body as they came; one that is larger is refused with 413, before more of it is taken. */
export async function readRawBody(ctx: Context, maxBytes: number): Promise<Buffer> {
  const refuse = () => {
    ctx.set('Connection', 'close') // else the rest would be waited for
    ctx.throw(413)
  }
  if (Number(ctx.get('Content-Length')) > maxBytes) refuse()
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of ctx.req.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxBytes) refuse()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
