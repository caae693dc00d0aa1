import { describe, expect, onTestFinished, test } from 'vitest'
import { ntfy } from '../../../../workers/notify/targets/ntfy.ts'
import { conversation, digest, hostile, mention, message } from '../../../support/messages.ts'
import { startNtfy } from '../../../support/services/ntfy.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(more: object = {}) {
  const service = await startNtfy()
  const { tell, close } = teller(ntfy, { ...service.config, ...more })
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const sent = { kind: 'sent' }

describe('ntfy', () => {
  test('shows one notification a conversation, which rings when it opens or gets worse', async () => {
    const { tell, published, shown, received } = await start()
    expect(await tell(...conversation())).toEqual([sent, sent, sent, sent])
    expect(published.map(({ priority }) => priority)).toEqual([4, 5, 2, 2])
    expect(shown()).toMatchObject([{ title: '✅ AWS us-east-1: Increased error rates' }])
    expect(shown()[0]?.message).toMatch(/^Resolved\n/)
    expect(received().map(({ key, n }) => [key, n])).toEqual(conversation().map(({ id, n }) => [id, n]))
  })

  test('opens our page at a tap, and has a button for each link', async () => {
    const { tell, published } = await start()
    await tell(message())
    expect(published[0]).toMatchObject({
      click: 'https://clouds.example.com/incidents/aws/use1-errors',
      actions: [{ label: 'Open' }, { label: 'Acknowledge' }],
    })
    expect(published[0]?.message).not.toContain('https://')
  })

  test('cuts a message to 4,096 bytes, and takes hostile text as it is', async () => {
    const also = Array.from({ length: 50 }, (_, n) => mention(n, { title: 'long '.repeat(50) }))
    const { tell, published } = await start()
    expect(await tell(message({ title: hostile, words: '漢'.repeat(2000) }), digest(50, { also }))).toEqual([
      sent,
      sent,
    ])
    expect(published[0]?.title).toContain('<script>')
    expect(published[1]?.message).toMatch(/and \d+ more$/)
  })

  test('signs in by token, or by user and password', async () => {
    const { tell } = await start({ token: undefined, user: 'ann', password: 'wrong' })
    expect(await tell(message())).toMatchObject([{ kind: 'refused', why: expect.stringContaining('forbidden') }])
  })

  test.each([
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'retry', why: 'HTTP 429', afterMs: 7_000 },
    ],
    [{ status: 507 }, { kind: 'retry', why: 'HTTP 507', afterMs: null }],
  ])('answers %o', async (reply, expected) => {
    const { tell, answerNext } = await start()
    answerNext(reply)
    expect(await tell(message())).toEqual([expected])
  })
})
