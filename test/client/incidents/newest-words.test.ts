import { describe, expect, test } from 'vitest'
import { newestWords } from '../../../client/incidents/newest-words.ts'

describe('the newest sentence that says something', () => {
  test('current news come before the impact, and neither label nor date takes the first line', () => {
    expect(
      newestWords(
        [
          'Impact statement: Starting at 14:02 UTC on 24 November 2026, a subset of customers using Storage in West Europe may see errors. Current status: We found a failed power supply in one hall and restored the cooling. The next update will be provided within 60 minutes, or as events warrant.',
        ],
        'Storage - West Europe',
      ),
    ).toBe(
      'We found a failed power supply in one hall and restored the cooling. A subset of customers using Storage in West Europe may see errors.',
    )
  })

  test('an update without news gives way to the one before it', () => {
    const texts = [
      'We are continuing to investigate this issue.',
      '',
      'Between 9:40 AM and 10:20 AM PST, queues in us-east-1 stood still.',
    ]
    expect(newestWords(texts, 'Queues')).toBe('Queues in us-east-1 stood still.')
  })

  test('where nothing says anything, the newest text is shown as it is', () => {
    expect(newestWords(['', 'We are investigating.', 'We are aware of an issue.'], 'Errors')).toBe(
      'We are investigating.',
    )
    expect(newestWords([], 'Errors')).toBe('')
  })
})

const news = 'Uploads larger than 5 MB time out.'

test.each([
  ['Azure', 'Impact Statement: Starting at 07:50 UTC on 3 Nov 2026, customers may experience issues.'],
  ['Azure', 'This message was last updated at 17:02 UTC on 24 November 2026'],
  [
    'Azure',
    '**What happened?** We are aware of an issue and are actively investigating. **Next update:** within 60 minutes, or as events warrant.',
  ],
  ['Azure', 'More information will be provided as it becomes available.'],
  ['AWS', '[10:05 AM PST] We continue to work towards full resolution.'],
  ['AWS', '10:05 AM PST The issue has been resolved and the service is operating normally.'],
  [
    'Google',
    'Our engineering team continues to investigate the issue. We will provide an update by Tuesday, 2026-11-24 08:00 US/Pacific with current details. We apologize to all who are affected by the disruption.',
  ],
  ['Google', 'Diagnosis: None at this time. Workaround: None at this time.'],
  ['Statuspage', 'A fix has been implemented and we are monitoring the results.'],
  ['Statuspage', 'The issue has been identified and a fix is being implemented.'],
  ['Statuspage', 'We are currently investigating this issue.'],
  [
    'GitHub',
    'This incident has been resolved. Thank you for your patience and understanding as we addressed this issue. A detailed root cause analysis will be shared as soon as it is available.',
  ],
  ['Cloudflare', 'Further detail will be provided as more information becomes available.'],
  [
    'Oracle',
    'Our engineers are engaged and working to mitigate the impact. We apologize for any inconvenience this may have caused.',
  ],
  ['maintenance', 'Scheduled maintenance is currently in progress. We will provide updates as necessary.'],
  ['maintenance', 'The scheduled maintenance has been completed.'],
  ['German', 'Wir untersuchen das Problem derzeit. Wir entschuldigen uns für etwaige Unannehmlichkeiten.'],
  ['French', 'Nous enquêtons actuellement sur le problème. Merci pour votre patience.'],
  ['Spanish', 'Estamos investigando este problema. Gracias por su paciencia.'],
  ['Japanese', '現在調査中です。ご迷惑をおかけして申し訳ございません。'],
  ['Chinese', '我们正在调查。'],
  ['the title again', 'We are investigating elevated error rates for the API.'],
])('boilerplate of %s is passed over: %s', (_, boilerplate) => {
  expect(newestWords([boilerplate, news], 'Elevated error rates for the API')).toBe(news)
  expect(newestWords([`${boilerplate}\n${news}`], 'Elevated error rates for the API')).toContain(news)
})

test.each([
  [
    '[10:05 AM PST] We are investigating errors for Lambda in us-east-1.',
    'We are investigating errors for Lambda in us-east-1.',
  ],
  ['At 5 sites the power is out.', 'At 5 sites the power is out.'],
  ['Since 14:02 requests fail.', 'Since 14:02 requests fail.'],
  ['Ein Stromausfall in Frankfurt betrifft zwei Hallen.', 'Ein Stromausfall in Frankfurt betrifft zwei Hallen.'],
  ['東京リージョンで電源障害が発生しています。現在調査中です。', '東京リージョンで電源障害が発生しています。'],
  [
    'Summary: Pub/Sub is slow in us-central1\nDescription: Messages are late by 5 minutes',
    'Pub/Sub is slow in us-central1. Messages are late by 5 minutes.',
  ],
  ['We are working with our upstream carrier.', 'We are working with our upstream carrier.'],
  ['e.g. two of three nodes (node-1, node-2) are down.', 'e.g. two of three nodes (node-1, node-2) are down.'],
])('what says something stays: %s', (text, expected) => {
  expect(newestWords([text], 'Outage')).toBe(expected)
})
