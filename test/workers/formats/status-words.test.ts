import { describe, expect, test } from 'vitest'
import { lifecycleOf, saidStatus } from '../../../workers/formats/status-words.ts'

describe('that an incident is over is said', () => {
  test.each([
    'Lamp API recovered',
    'Lamp API has recovered',
    'Lamp API is back up',
    'Lamp API back online',
    'Lamp API is up again',
    '[UP] Lamp API',
    'Recovery: Lamp API',
    '[Fixed] Slow lamps',
    'Slow lamps - Restored',
    'Slow lamps (fixed)',
    'Service is operating normally: Slow lamps',
    'Lampen gestört [behoben]',
    'Panne des lampes – Résolu',
    'ランプの障害【復旧】',
  ])('by the title %s', title => expect(lifecycleOf(title, '')).toBe('resolved'))

  test.each([
    'The issue has been resolved and the service is operating.',
    'Lamps have fully recovered.',
    'Between 9 and 10 AM some calls failed. Power was restored at 9:50 AM.',
    'The fault has now been fixed.',
    'Power has been restored. We apologise for the trouble, and will publish a review.',
    'The issue has been resolved. Between 1 and 2 AM some calls failed, and errors were seen.',
    'All services are back to normal.',
    'The service is operating normally.',
    'Systems are fully operational again.',
    'Die Störung wurde um 10 Uhr behoben.',
    'Le problème est résolu.',
    'ランプは復旧しました。',
  ])('by the text %s', text => expect(lifecycleOf('Slow lamps', text)).toBe('resolved'))
})

describe('that an incident is over is not said', () => {
  test.each([
    'Restored backups are missing',
    'Fixed IP addresses fail',
    'Recovered volumes cannot attach',
    'Names are not resolved',
    'Queries resolved to the wrong host',
    'Lamps partially restored',
    'Failed to be restored',
    'Recovery points are late',
    '復旧作業中',
  ])('by the title %s', title => expect(lifecycleOf(title, '')).toBeNull())

  test.each([
    'We work until lamps are restored.',
    'Some lamps have recovered.',
    'Lamps have recovered in one hall. Lamps in the other hall remain dark.',
    'North lamps have recovered. We are monitoring the south.',
    'All other services are operating normally.',
    'Existing lamps are operating normally.',
    'Most lamps were restored.',
    "It isn't fixed.",
    'The fault will be fixed soon.',
    'We continue to see errors. Power has been restored.',
    'We expect that all lamps are restored by noon.',
    'Mail delivery has recovered. The API is slow.',
    'All services have recovered except storage.',
    'We have restored connectivity to one of two zones.',
    'Reads have recovered. Writes fail.',
    'Reads have recovered. Writes fail at the edge.',
    'Connectivity was restored at 10:00 but errors returned at 11:00.',
    'North lamps have recovered. South lamps are next.',
    'A faulty switch was fixed. We see errors again.',
    'The problem of Friday has been fixed. Today lamps fail.',
    'A previous incident was resolved yesterday; this is a new one.',
    'North Europe has recovered. We roll back in West Europe.',
    'The first fault is resolved. Lamps are still dark.',
  ])('by the text %s', text => expect(lifecycleOf('Slow lamps', text)).toBeNull())
})

test.each([
  ['A', 'Recovered - It works.', 'resolved'],
  ['A', 'Status: Operational', 'resolved'],
  ['A', 'Status: maintenance_in_progress', 'in_progress'],
  ['A', 'Résolu - Tout va bien.', 'resolved'],
  ['A', 'Überwachung - Wir schauen zu.', 'monitoring'],
  ['A', '解決済み - 直りました。', 'resolved'],
  ['Cancelled: A', '', 'completed'],
])('%s / %s says %s', (title, text, status) => expect(saidStatus(title, text)).toEqual({ status, raw: null }))

test.each([
  'Recovered: Helsinki. Ongoing: Falkenstein.',
  'Operational: DNS, mail',
  'Started: 9:00 UTC',
  'Ended: unknown',
])('the line %s says nothing', text => expect(saidStatus('A', text)).toBeNull())
