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

const feed = (...items: string[]) =>
  `<rss version="2.0"><channel><title>Status</title>${items.join('')}</channel></rss>`
const item = (title: string, time: string, guid: string, text = 'x') =>
  `<item><title>${title}</title><pubDate>Tue, 24 Nov 2026 ${time}:00 GMT</pubDate><guid>${guid}</guid><description>${text}</description></item>`

test.each([
  'The issue has been resolved and the service is operating.',
  'The issue has been resolved and the service is operating normally.',
  'Between 9:00 and 10:00 AM some calls failed. The service is operating normally.',
  'Error rates have recovered.',
])('a title that is not marked is over when its text says so: %s', async text =>
  expect(
    await incidents(feed(item('Informational message: Errors', '10:00', '#ec2-eu-west-1_1795514400', text))),
  ).toMatchObject([{ status: 'resolved', resolvedAt: '2026-11-24T10:00:00.000Z', regions: ['aws/eu-west-1'] }]),
)

test('an open item fades, for the next may never come', async () => {
  const [open] = await incidents(feed(item('Errors', '10:00', '#ec2-eu-west-1_1795514400', 'We look into it.')))
  expect(open).toMatchObject({ status: 'investigating', fadesAfterMs: 3 * 86_400_000 })
})

test.each(['', 'https://status.aws.amazon.com/#'])(
  'an ARN in a guid names event, service and region (%s)',
  async before => {
    const arn = `${before}arn:aws:health:eu-west-1::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/AWS_EC2_OPERATIONAL_ISSUE_AB1_CD2`
    const slow = item('Performance issues: Slow calls', '10:00', `${arn}_1795514400`)
    const over = item('[RESOLVED] Calls are fast', '11:00', `${arn}_1795518000`)
    expect(await incidents(feed(over, slow))).toMatchObject([
      { title: 'Slow calls', status: 'resolved', regions: ['aws/eu-west-1'], services: ['ec2'] },
    ])
  },
)

test.each([
  ['arn:aws-cn:health:cn-north-1::event/MULTIPLE_SERVICES/X/X_1', ['aws/cn-north-1'], []],
  ['arn:aws-us-gov:health:us-gov-west-1::event/S3/X/X_1', ['aws/us-gov-west-1'], ['s3']],
  ['arn:aws:health:global::event/IAM/X/X_1', [], ['iam']],
  ['arn:aws:health:::event/ROUTE53/X/X_1', [], ['route53']],
])('%s is read', async (arn, regions, services) =>
  expect(await incidents(feed(item('Errors', '10:00', arn)))).toMatchObject([{ regions, services }]),
)
