import { expect, test } from 'vitest'
import { resolveServices } from '../../../workers/poll/resolve-services.ts'
import { article, readIncident } from '../../support/builders.ts'
import { catalogueOfServices, fixture, matchServices, read, readingIn } from '../formats/reading.ts'

const resolved = (more: Partial<Parameters<typeof resolveServices>[0]>) =>
  resolveServices({ incidents: [], components: [], articles: [], ...more }, matchServices)

test('an incident gets the ids of its services, and keeps their names and those that nobody knows', () => {
  const incident = readIncident('azure-status/a', { services: ['A new thing', 'Azure Kubernetes Service (AKS)'] })
  expect(resolved({ incidents: [incident] }).incidents).toEqual([{ ...incident, serviceIds: ['azure/aks'] }])
})

test('an incident without a known service has no ids', () => {
  const incident = readIncident('azure-status/a', { services: ['A new thing', 'Multiple services'] })
  expect(resolved({ incidents: [incident] }).incidents).toEqual([incident])
})

test('what is known of an incident from before stays', () => {
  const incident = readIncident('azure-status/a', { services: ['Storage'], serviceIds: ['azure/front-door'] })
  expect(resolved({ incidents: [incident] }).incidents[0]?.serviceIds).toEqual(['azure/storage', 'azure/front-door'])
})

test('of more services than an incident may have the most used stay', () => {
  const own = [...catalogueOfServices.values()].filter(({ id }) => id.startsWith('aws/'))
  const services = own.map(({ name }) => name).sort()
  const incident = readIncident('aws-status/a', { provider: 'aws', services })
  expect(resolved({ incidents: [incident] }).incidents[0]?.serviceIds).toEqual(own.slice(0, 200).map(({ id }) => id))
})

test('an article gets the ids of the services that were found for its providers', () => {
  const news = article('blog/a', { providers: ['aws', 'google'], services: ['API Gateway', 'BigQuery', 'S3'] })
  expect(resolved({ articles: [news] }).articles[0]?.serviceIds).toEqual([
    'aws/s3',
    'aws/apigateway',
    'google/bigquery',
  ])
  const plain = article('blog/b')
  expect(resolved({ articles: [plain] }).articles).toEqual([plain])
})

test("AWS's events name services by key too, which is not kept", async () => {
  const reading = readingIn(await read('aws-events', await fixture('aws-events.json'), { provider: 'aws' }))
  const [power, lambda] = resolved(reading).incidents
  expect(power?.serviceIds).toEqual(['aws/ec2', 'aws/s3'])
  expect(lambda?.serviceIds).toEqual(['aws/lambda'])
  expect(lambda).not.toHaveProperty('serviceKeys')
})

test('an event of AWS without a name is known by its key', async () => {
  const [event] = JSON.parse(await fixture('aws-events.json'))
  const bare = { ...event, service: 'elasticsearch-me-central-1', service_name: '', impacted_services: {} }
  const reading = readingIn(await read('aws-events', JSON.stringify([bare]), { provider: 'aws' }))
  expect(resolved(reading).incidents[0]).toMatchObject({ services: [], serviceIds: ['aws/opensearch'] })
})

test("AWS's feeds name services in their guids", async () => {
  const feed = (guid: string) =>
    `<rss><channel><title>t</title><item><title>Service degradation: Errors</title><guid>${guid}</guid><pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate><description>We look into it.</description></item></channel></rss>`
  const idsOf = async (guid: string) =>
    resolved(readingIn(await read('aws-rss', feed(guid), { provider: 'aws' }))).incidents[0]?.serviceIds
  expect(await idsOf('https://status.aws.amazon.com/#state-eu-west-1_1795514400')).toEqual(['aws/stepfunctions'])
  expect(await idsOf('arn:aws:health:us-east-1::event/ELASTICLOADBALANCING/AWS_X/AWS_X_1')).toEqual(['aws/elb'])
  expect(await idsOf('https://status.aws.amazon.com/#multipleservices-eu-west-1_1795514400')).toBeUndefined()
})

test("Google's products are known by their ids, whatever they are called", async () => {
  const [entry] = JSON.parse(await fixture('google-incidents.json'))
  const renamed = { ...entry, affected_products: [{ id: '9CcrhHUcFevXPSVaSxkf', title: 'Data of a New Name' }] }
  const reading = readingIn(await read('google-incidents', JSON.stringify([renamed]), { provider: 'google' }))
  expect(resolved(reading).incidents[0]).toMatchObject({
    services: ['Data of a New Name'],
    serviceIds: ['google/bigquery'],
  })
})
