import { describe, expect, test } from 'vitest'
import { Message } from '../../../../workers/notify/words/message.ts'
import { jsonBytes, shortenToFit, summaryOf, textOf, wordingOf } from '../../../../workers/notify/words/wording.ts'
import { minutesAgo } from '../../../support/builders.ts'
import { conversation, digest, message } from '../../../support/messages.ts'

const [opened, worse, acknowledged, resolved] = conversation()

describe('the words of a message', () => {
  test('say what, where, since when by both clocks, why, the last words and the links', () => {
    expect(textOf(wordingOf(opened))).toBe(
      [
        '🔶 New: partial outage. AWS us-east-1: Increased error rates',
        'Since: 12:50 CET (their clock 12:46)',
        '',
        'Shop uses AWS Lambda in us-east-1.',
        '',
        'We are investigating increased error rates.',
        '',
        'Open: https://clouds.example.com/incidents/aws/use1-errors',
        'Acknowledge: https://clouds.example.com/acknowledge/aws/use1-errors?key=k1',
      ].join('\n'),
    )
  })

  test('say what changed', () => {
    expect(summaryOf(wordingOf(worse))).toBe('🛑 Worse: major outage. AWS us-east-1: Increased error rates')
    expect(wordingOf(acknowledged).state).toBe('Acknowledged by Ann')
    expect(wordingOf(acknowledged).facts).toContainEqual(['Acknowledged', 'by Ann at 13:10 CET: Moving to eu-west-1'])
    expect(wordingOf(resolved).state).toBe('Resolved')
    expect(wordingOf(resolved).facts).toContainEqual(['Ended', '14:08 CET, after 1 h 18 min'])
  })

  test.each([
    ['resolved', { isOver: false }, 'Resolved in part: partial outage'],
    ['better', {}, 'Better: partial outage'],
    ['opened', { isOver: true }, 'Resolved'],
    ['opened', { isMaintenance: true }, 'Maintenance began'],
    ['resolved', { isMaintenance: true, isOver: true }, 'Maintenance over'],
    ['maintenance', { isMaintenance: true }, 'Maintenance ahead'],
    ['unreachable', {}, 'Unreachable'],
    ['silent', {}, 'Silent'],
    ['again', {}, 'Still: partial outage'],
    ['again', { status: 'unknown' }, 'Still'],
    ['opened', { status: 'operational' }, 'New'],
    ['lifted', {}, 'No longer acknowledged: partial outage'],
    ['digest', {}, 'Digest'],
    ['test', {}, 'Test'],
  ] as const)('%s, %o: %s', (occasion, more, state) => {
    expect(wordingOf(message({ occasion, ...more })).state).toBe(state)
  })

  test('show a day where it is another than the message’s, and the clock that is known', () => {
    const since = (theirs: string | null, ours: string | null) => wordingOf(message({ since: { theirs, ours } })).facts
    expect(since(minutesAgo(24 * 60), null)).toEqual([['Since', '23 Nov 13:00 CET by their clock']])
    expect(since(null, minutesAgo(1))).toEqual([['Since', '12:59 CET']])
    expect(since(null, null)).toEqual([])
  })

  test('show the window of a maintenance in the rule’s zone; an unknown zone is UTC', () => {
    const window = { from: minutesAgo(-600), until: minutesAgo(-900) }
    const facts = (more: Partial<Message>) => wordingOf(message({ window, ...more })).facts
    expect(facts({})).toContainEqual(['Window', '23:00 to 25 Nov 04:00 CET'])
    expect(facts({ timeZone: 'Asia/Tokyo' })).toContainEqual(['Window', '25 Nov 07:00 to 25 Nov 12:00 GMT+9'])
    expect(facts({ timeZone: 'Nowhere' })).toContainEqual(['Window', '22:00 to 25 Nov 03:00 UTC'])
    expect(facts({ window: { from: minutesAgo(-1), until: null } })).toContainEqual(['Window', 'from 13:01 CET'])
    expect(facts({ window: { from: null, until: minutesAgo(-1) } })).toContainEqual(['Window', 'until 13:01 CET'])
  })

  test('say of planned work when it is, not when it was announced', () => {
    const window = { from: minutesAgo(30), until: minutesAgo(-30) }
    const over = { window, isMaintenance: true, isOver: true, until: minutesAgo(0) }
    expect(wordingOf(message(over)).facts).toEqual([
      ['Ended', '13:00 CET, after 30 min'],
      ['Window', '12:30 to 13:30 CET'],
    ])
  })

  test('list what else there is', () => {
    const { also } = wordingOf(digest(2, { alsoOmitted: 3 }))
    expect(also?.heading).toBe('What was')
    expect(also?.lines.map(({ text, state }) => `${text}, ${state}`)).toEqual([
      'Azure region 0: Latency of service 0, degraded performance',
      'Azure region 1: Latency of service 1, degraded performance',
    ])
    expect(also?.more).toBe('and 3 more')
  })

  test('name the time that a digest is of', () => {
    const since = { theirs: null, ours: minutesAgo(24 * 60) }
    expect(wordingOf(digest(0, { since, until: minutesAgo(0) })).facts).toEqual([['Of', '23 Nov 13:00 to 13:00 CET']])
    expect(wordingOf(digest(0)).facts).toEqual([])
  })

  test('say that a message is simulated, and do not name a place twice', () => {
    const headline = (more: Partial<Message>) => wordingOf(message(more)).headline
    expect(headline({ isSimulated: true })).toBe('SIMULATED: AWS us-east-1: Increased error rates')
    expect(headline({ title: 'AWS us-east-1 is slow' })).toBe('AWS us-east-1 is slow')
    expect(headline({ place: '' })).toBe('Increased error rates')
  })

  test('are lines without control characters, or those that turn the direction of text', () => {
    const wording = wordingOf(message({ title: 'a\r\nBcc: x\u0000\u202eb', words: 'one\r\n\u2066two\u0007' }))
    expect(wording.headline).toBe('AWS us-east-1: a Bcc: xb')
    expect(wording.words).toBe('one\ntwo')
  })
})

describe('a message that is too long for its service', () => {
  const long = digest(50, { words: 'word '.repeat(400), alsoOmitted: 2 })

  test('is cut at its words, then at what else it mentions, and says how much is left out', () => {
    const render = (shorter: Message) => textOf(wordingOf(shorter))
    for (const limit of [4000, 2000, 1000, 300]) {
      const text = shortenToFit(long, render, rendered => Buffer.byteLength(rendered) <= limit)
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit)
      expect(text).toContain('Shop: the last 24 hours')
    }
    expect(shortenToFit(long, render, text => Buffer.byteLength(text) <= 300)).toMatch(/and \d+ more/)
  })

  test('stays whole where it fits', () => {
    expect(
      shortenToFit(
        long,
        shorter => shorter,
        shorter => jsonBytes(shorter) < 40_000,
      ),
    ).toEqual({ ...long, words: expect.any(String) })
  })

  test('is a valid message in these tests', () => {
    for (const valid of [...conversation(), long]) expect(Message.parse(valid)).toEqual(valid)
  })
})
