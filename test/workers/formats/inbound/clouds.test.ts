import { expect, test } from 'vitest'
import { hashedId, recordId } from '../../../../workers/formats/reading.ts'
import { incidentsIn, post, readPost } from './read-post.ts'

test('an alert of Azure in the common schema is an incident with its services, regions and times', async () => {
  const [incident] = await incidentsIn('azure-service-health', 'azure-service-health')
  expect(incident).toMatchObject({
    id: 'own/na0f-bjg',
    provider: 'azure',
    isPrivate: true,
    kind: 'incident',
    title: 'Virtual Machines - West Europe - Starting issues',
    status: 'investigating',
    impact: 'major',
    scope: 'regional',
    regions: ['azure/northeurope', 'azure/westeurope'],
    services: ['Azure Cosmos DB', 'Virtual Machines'],
    serviceIds: expect.arrayContaining(['azure/virtual-machines', 'azure/cosmos-db']),
    startedAt: '2026-11-24T11:30:00.000Z',
    updatedAt: '2026-11-24T11:44:00.123Z',
    resolvedAt: null,
    url: 'https://app.azure.com/h/NA0F-BJG/aaaf12',
  })
  expect(incident?.updates).toEqual([
    expect.objectContaining({
      id: '11000000000001',
      text: 'Summary of impact: Starting at 11:30 UTC, you may fail to start virtual machines.',
    }),
  ])
})

test('it is over when its stage says so, at the time at which it was mitigated', async () => {
  const [incident] = await incidentsIn('azure-service-health', 'azure-service-health-resolved')
  expect(incident).toMatchObject({ id: 'own/na0f-bjg', status: 'resolved', resolvedAt: '2026-11-24T12:10:00.000Z' })
})

test('the record of the activity log is read too, by the names where its list is unreadable', async () => {
  const [incident] = await incidentsIn('azure-service-health', 'azure-activity-log')
  expect(incident).toMatchObject({
    id: 'own/na0f-bjg',
    impact: 'minor',
    regions: ['azure/northeurope', 'azure/westeurope'],
    services: ['Azure Cosmos DB', 'Virtual Machines'],
    url: 'https://app.azure.com/h/NA0F-BJG/aaaf12',
  })
})

test('a planned maintenance of Azure is ahead, and global where it says so', async () => {
  const [incident] = await incidentsIn('azure-service-health', 'azure-maintenance')
  expect(incident).toMatchObject({
    kind: 'maintenance',
    status: 'scheduled',
    impact: 'maintenance',
    scope: 'global',
    scheduledFor: '2026-11-26T22:00:00.000Z',
    scheduledUntil: '2026-11-27T02:00:00.000Z',
  })
})

test('the health of one resource is an incident without a place', async () => {
  const [incident] = await incidentsIn('azure-service-health', 'azure-resource-health')
  expect(incident).toMatchObject({
    title: 'shop-1: This virtual machine is stopping',
    status: 'investigating',
    rawStatus: 'Unavailable',
    impact: 'major',
    scope: 'unspecified',
    serviceIds: ['azure/virtual-machines'],
    startedAt: '2026-11-24T11:50:00.000Z',
  })
  expect(incident?.updates[0]?.text).toBe('The machine was stopped by the platform.')
})

const aws = { provider: 'aws' }

test('an event of AWS Health is an incident with the id of the public one', async () => {
  const [incident] = await incidentsIn('aws-health', 'aws-health', aws)
  const arn = 'arn:aws:health:eu-west-1::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/AWS_EC2_OPERATIONAL_ISSUE_7f35c8ae'
  expect(incident).toMatchObject({
    id: recordId('own', arn),
    isPrivate: true,
    title: 'EC2: operational issue',
    status: 'investigating',
    impact: 'major',
    regions: ['aws/eu-west-1'],
    zones: ['euw1-az1'],
    services: ['EC2'],
    serviceIds: ['aws/ec2'],
    startedAt: '2026-11-24T11:20:00.000Z',
    updatedAt: '2026-11-24T11:30:00.000Z',
  })
})

test('its copies in an envelope of SNS, of a second region and of a second page tell the same', async () => {
  const [first] = await incidentsIn('aws-health', 'aws-health', aws)
  for (const name of ['aws-sns', 'aws-health-backup', 'aws-health-page-2'])
    expect(await incidentsIn('aws-health', name, aws), name).toEqual([first])
})

test('it ends when it is closed, or by its time', async () => {
  const [closed] = await incidentsIn('aws-health', 'aws-health-resolved', aws)
  expect(closed).toMatchObject({ status: 'resolved', resolvedAt: '2026-11-24T11:58:00.000Z' })
  const event = JSON.parse(await post('aws-health-resolved'))
  event.detail.statusCode = 'open'
  const read = readPost('aws-health', event, aws)
  expect(read.ok && read.value.incidents[0]?.status).toBe('resolved')
})

test('a scheduled change of AWS is a maintenance', async () => {
  const [incident] = await incidentsIn('aws-health', 'aws-health-scheduled', aws)
  expect(incident).toMatchObject({
    kind: 'maintenance',
    status: 'scheduled',
    title: 'RDS: maintenance scheduled',
    regions: ['aws/us-east-1'],
    serviceIds: ['aws/rds'],
    scheduledFor: '2026-11-26T22:00:00.000Z',
    resolvedAt: null,
  })
})

const google = { provider: 'google' }

test("an entry of Google's log is an incident, by a push of Pub/Sub as by itself", async () => {
  const [incident] = await incidentsIn('google-service-health', 'google-pubsub', google)
  expect(incident).toMatchObject({
    id: 'own/u4aqrjwfqyi5ffbmyax-gg',
    isPrivate: true,
    title: 'Cloud SQL connections fail',
    status: 'identified',
    impact: 'minor',
    regions: ['google/europe-west1', 'google/us-central1'],
    services: ['Google Cloud SQL', 'Google Kubernetes Engine'],
    serviceIds: expect.arrayContaining(['google/cloud-sql', 'google/gke']),
    startedAt: '2026-11-24T11:30:00.000Z',
    updatedAt: '2026-11-24T11:41:00.000Z',
  })
  expect(incident?.updates[0]?.text).toBe('We are looking into failing connections.\nConnections time out.\nNone.')
  expect(await incidentsIn('google-service-health', 'google-log-entry', google)).toEqual([incident])
  const [closed] = await incidentsIn('google-service-health', 'google-pubsub-closed', google)
  expect(closed).toMatchObject({ id: incident?.id, status: 'resolved', resolvedAt: '2026-11-24T12:10:00.000Z' })
})

test('the webhook of Cloud Monitoring tells it by the labels that its alert extracts', async () => {
  const [incident] = await incidentsIn('google-service-health', 'google-monitoring', google)
  expect(incident).toMatchObject({
    id: 'own/u4aqrjwfqyi5ffbmyax-gg',
    title: 'Cloud SQL connections fail',
    status: 'identified',
    regions: ['google/us-central1'],
    serviceIds: ['google/cloud-sql'],
    url: 'https://console.cloud.google.com/monitoring/alerting/incidents/0.abc',
  })
})

test('ids of records that are no plain words are digests', () => {
  expect(recordId('own', 'arn:aws:health::event/x')).not.toBe(hashedId('own', 'arn:aws:health::event/x'))
  expect(recordId('own', 'arn:aws:health::event/x').slice(4)).toBe(
    recordId('other', 'arn:aws:health::event/x').slice(6),
  )
})
