import { describe, expect, onTestFinished, test } from 'vitest'
import { matrix } from '../../../../workers/notify/targets/matrix.ts'
import { conversation, digest, hostile, mention, message } from '../../../support/messages.ts'
import { startMatrix } from '../../../support/services/matrix.ts'
import { teller } from '../../../support/tell-target.ts'

async function start(more: object = {}) {
  const service = await startMatrix()
  const { tell, close } = teller(matrix, { ...service.config, ...more })
  onTestFinished(async () => {
    await close()
    await service.stop()
  })
  return { ...service, tell }
}

const sent = { kind: 'sent', handle: '$event0' }

describe('Matrix', () => {
  test('has one thread a conversation, whose first event is edited to how things are now', async () => {
    const { tell, events, received } = await start()
    expect(await tell(...conversation())).toEqual([sent, sent, sent, sent])
    const relations = events.map(({ content }) => content['m.relates_to'])
    expect(relations[0]).toBeUndefined()
    expect(relations.slice(1)).toMatchObject(
      ['m.thread', 'm.replace', 'm.thread', 'm.replace', 'm.thread', 'm.replace'].map(rel_type => ({
        rel_type,
        event_id: '$event0',
      })),
    )
    expect(events.at(-1)?.content['m.new_content']?.body).toMatch(/^✅ Resolved\. AWS us-east-1: Increased error rates/)
    expect(received()).toEqual(conversation().map(({ id, conversation, n }) => ({ key: id, conversation, n })))
  })

  test('tells a message once, however often it is sent', async () => {
    const { tell, events } = await start()
    const [opened, worse] = conversation()
    await tell(opened, opened, worse, worse)
    expect(events).toHaveLength(3)
  })

  test('escapes what is hostile, and mentions nobody', async () => {
    const { tell, events } = await start()
    await tell(message({ title: hostile, words: `${hostile}\n@room`, why: hostile }), digest(2))
    const html = events.map(({ content }) => content.formatted_body).join()
    expect(html).not.toMatch(/<script|<\/b>|<@/)
    expect(html).toContain('&lt;script&gt;')
    expect(events[0]?.content['m.mentions']).toEqual({})
  })

  test('stays within the size of an event', async () => {
    const { tell } = await start()
    const also = Array.from({ length: 50 }, (_, n) => mention(n, { title: '<'.repeat(300), place: '&'.repeat(200) }))
    const long = message({ words: '<'.repeat(2000), title: '>'.repeat(300), also })
    expect(await tell(long, { ...long, id: 'b', n: 2 })).toEqual([sent, sent])
  })

  test.each([
    [
      { status: 403, json: { errcode: 'M_FORBIDDEN' } },
      { kind: 'refused', why: expect.stringContaining('M_FORBIDDEN') },
    ],
    [
      { status: 429, json: { errcode: 'M_LIMIT_EXCEEDED', error: 'Too many requests', retry_after_ms: 2000 } },
      { kind: 'retry', why: expect.stringContaining('M_LIMIT_EXCEEDED'), afterMs: 2000 },
    ],
    [{ status: 502 }, { kind: 'retry', why: 'HTTP 502', afterMs: null }],
    [
      { status: 200, json: {} },
      { kind: 'retry', why: 'the answer has no event_id', afterMs: null },
    ],
  ])('answers %o', async (reply, expected) => {
    const { tell, answerNext } = await start()
    answerNext(reply)
    expect(await tell(message())).toEqual([expected])
  })

  test('takes a room by its id only', () => {
    const line = { homeserver: 'https://matrix.example', token: 'syt_secret' }
    expect(matrix.config.safeParse({ ...line, room: '#clouds:example.org' }).error?.message).toContain('begins with !')
    expect(matrix.config.safeParse({ ...line, room: '!a/../b:example.org' }).success).toBe(false)
  })
})
