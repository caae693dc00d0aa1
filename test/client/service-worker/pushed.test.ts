import { expect, test } from 'vitest'
import { shownNotice } from '../../../client/service-worker/pushed.ts'
import type { PushNotice } from '../../../shared/domain/push.ts'

const notice = (more: Partial<PushNotice> = {}): PushNotice => ({
  what: 'opened',
  language: 'en',
  place: 'AWS us-east-1',
  title: 'Increased error rates',
  state: 'New: partial outage',
  why: 'Shop uses AWS Lambda in us-east-1.',
  by: null,
  tag: 't1',
  incident: 'aws/use1-errors',
  isLoud: true,
  isSimulated: false,
  ...more,
})

test('an incident is shown in the reader’s language, and opens at its page', () => {
  expect(shownNotice(notice(), '/clouds')).toEqual({
    title: 'AWS us-east-1: new incident',
    options: {
      body: 'Increased error rates\nShop uses AWS Lambda in us-east-1.',
      lang: 'en',
      tag: 't1',
      renotify: true,
      silent: false,
      icon: '/clouds/icons/icon-192.png',
      data: '/clouds/incident/aws/use1-errors',
    },
  })
  expect(shownNotice(notice({ language: 'de' }), '')).toMatchObject({
    title: 'AWS us-east-1: neue Störung',
    options: { body: 'Increased error rates', lang: 'de' },
  })
  expect(shownNotice(notice({ language: 'ja', what: 'worsened' }), '').title).toBe('AWS us-east-1：障害が悪化')
})

test('what is no worse takes the place of what is shown, without a sound', () => {
  const over = shownNotice(notice({ what: 'resolved', isLoud: false }), '')
  expect(over).toMatchObject({
    title: 'AWS us-east-1: incident is over',
    options: { tag: 't1', renotify: false, silent: true },
  })
  expect(shownNotice(notice({ what: 'acknowledged', by: 'Ann', isLoud: false }), '').title).toBe(
    'AWS us-east-1: acknowledged by Ann',
  )
})

test('what is simulated says so, and what has no words of its own says how it is', () => {
  expect(shownNotice(notice({ isSimulated: true }), '').title).toBe('Simulated. AWS us-east-1: new incident')
  expect(shownNotice(notice({ what: 'other', incident: null }), '')).toMatchObject({
    title: 'AWS us-east-1: New: partial outage',
    options: { data: '/' },
  })
})

test.each([undefined, null, 7, [], {}, { what: 'constructor', language: '__proto__', place: 4 }])(
  'what is not understood is still a notice: %o',
  pushed => {
    expect(shownNotice(pushed, '')).toMatchObject({ title: 'Nephoscope', options: { silent: true, data: '/' } })
  },
)
