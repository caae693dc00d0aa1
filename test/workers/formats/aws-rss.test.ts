import { expect, test } from 'vitest'
import { readers } from '../../../workers/formats/registry.ts'
import { fixture, read, readingIn, reasonIn } from './reading.ts'

const xml = await fixture('aws.rss.xml')
const incidents = async (body: string) => readingIn(await read('aws-rss', body, { provider: 'aws' })).incidents

test('items of one service, region and title are one incident', async () => {
  const [slow, errors] = await incidents(xml)
  expect(errors).toMatchObject({
    title: 'Increased API error rates',
    status: 'resolved',
    impact: 'critical',
    regions: ['aws/us-east-1'],
    services: ['ec2'],
    startedAt: '2026-11-24T09:00:00.000Z',
    resolvedAt: '2026-11-24T11:00:00.000Z',
  })
  expect(errors?.updates.map(update => update.text)).toEqual([
    'Calls succeed again.',
    'Half of all calls fail.',
    'We look into errors.',
  ])
  expect(slow).toMatchObject({
    status: 'identified',
    impact: 'major',
    regions: ['aws/eu-west-1'],
    services: ['acm-pca'],
  })
})

test('items that share a guid are one incident, whatever their titles', async () => {
  const renamed = xml
    .replace('Performance issues: Slow reads', 'Performance issues: Errors in calls')
    .replaceAll(/#[\w-]+_\d+/g, '#ec2-us-east-1_1795510800')
  expect(await incidents(renamed)).toHaveLength(1)
})

test('an item that leaves the feed says nothing', async () => {
  expect(readers['aws-rss'].complete).toBe(false)
  const [, all] = await incidents(xml)
  const later = await incidents(xml.replace(/<item><title><!\[CDATA\[Informational[\s\S]*?<\/item>/, ''))
  expect(later.map(incident => incident.id)).toContain(all?.id)
})

test('what comes after a resolution opens the incident again', async () => {
  const again = xml.replace(
    '<item>',
    '<item><title>Service degradation: Increased API error rates</title><pubDate>Tue, 24 Nov 2026 03:30:00 PST</pubDate><guid>https://status.aws.amazon.com/#ec2-us-east-1_1795519800</guid></item><item>',
  )
  const reopened = (await incidents(again)).find(incident => incident.services.includes('ec2'))
  expect(reopened).toMatchObject({ status: 'investigating', impact: 'major', startedAt: '2026-11-24T11:30:00.000Z' })
})

test('a feed without items is quiet; items without dates are no reading', async () => {
  expect(await incidents('<rss version="2.0"><channel><title>x</title></channel></rss>')).toEqual([])
  reasonIn(await read('aws-rss', xml.replaceAll('PST', 'whenever')))
})
