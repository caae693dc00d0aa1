import { describe, expect, onTestFinished, test } from 'vitest'
import { createHttp } from '../../../../workers/http/http.ts'
import { newVapidKey, vapidOf } from '../../../../workers/notify/push/vapid.ts'
import { type WebPushConfig, webPushTarget } from '../../../../workers/notify/targets/web-push.ts'
import { conversation, digest, hostile, message } from '../../../support/messages.ts'
import { startWebPush } from '../../../support/services/web-push.ts'

async function start(more: Partial<WebPushConfig> = {}) {
  const service = await startWebPush()
  const http = createHttp({ isPublic: () => true, userAgent: 'Nephoscope-Test/1' })
  onTestFinished(async () => {
    await http.close()
    await service.stop()
  })
  const gone: string[] = []
  const config: WebPushConfig = {
    ...service.subscription,
    ...{ language: 'de', vapid: service.vapid, onGone: async () => void gone.push('gone') },
    ...more,
  }
  const deps = { http, now: Date.now, checkHost: async () => undefined }
  const tell = (one: ReturnType<typeof message>) => webPushTarget.tell(one, config, null, deps)
  return { ...service, tell, gone }
}

const sent = { kind: 'sent' }

describe('a browser without an open page', () => {
  test('gets each message of a conversation in place of the one before, and is roused by what is worse', async () => {
    const { tell, notices, pushes } = await start()
    for (const one of conversation()) expect(await tell(one)).toEqual(sent)
    expect(notices.map(({ what, isLoud, by }) => [what, isLoud, by])).toEqual([
      ['opened', true, null],
      ['worsened', true, null],
      ['acknowledged', false, 'Ann'],
      ['resolved', false, null],
    ])
    expect(notices[0]).toMatchObject({
      language: 'de',
      place: 'AWS us-east-1',
      title: 'Increased error rates',
      incident: 'aws/use1-errors',
    })
    expect(new Set(notices.map(({ tag }) => tag)).size).toBe(1)
    expect(new Set(pushes.map(({ topic }) => topic)).size).toBe(1)
    expect(pushes.map(({ urgency }) => urgency)).toEqual(['high', 'high', 'normal', 'normal'])
  })

  test('gets what is as long as it can be, cut to the size of a push', async () => {
    const { tell, notices } = await start()
    const long = { title: '漢'.repeat(300), place: '漢'.repeat(200), why: hostile.repeat(5).slice(0, 500) }
    expect(await tell(message(long))).toEqual(sent)
    expect(notices[0]?.why).toContain('<script>')
  })

  test('gets no digest', async () => {
    const { tell, notices } = await start()
    expect(await tell(digest(3))).toEqual(sent)
    expect(notices).toEqual([])
  })

  test('that has ended its subscription is forgotten', async () => {
    const { tell, end, gone } = await start()
    end()
    expect(await tell(message())).toEqual({ kind: 'refused', why: 'the browser has ended its subscription' })
    expect(gone).toEqual(['gone'])
  })

  test('takes nothing from a key that it did not subscribe to', async () => {
    const { tell, notices, gone } = await start({ vapid: vapidOf(newVapidKey(), undefined) })
    expect(await tell(message())).toMatchObject({ kind: 'refused', why: 'HTTP 403' })
    expect([notices, gone]).toEqual([[], []])
  })

  test('whose key is no point of the curve is refused', async () => {
    const { tell } = await start({ keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) } })
    expect(await tell(message())).toMatchObject({ kind: 'refused' })
  })

  test.each([
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'retry', why: 'HTTP 429', afterMs: 7_000 },
    ],
    [{ status: 503 }, { kind: 'retry', why: 'HTTP 503', afterMs: null }],
  ])('answers %o', async (reply, expected) => {
    const { tell, answerNext } = await start()
    answerNext(reply)
    expect(await tell(message())).toEqual(expected)
  })

  test('is none for the sources file', () => {
    expect(webPushTarget.config.safeParse({ endpoint: 'https://a.example' }).error?.message).toContain(
      'bell of the page',
    )
  })
})
