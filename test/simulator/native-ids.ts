import { createHash } from 'node:crypto'
import { foldAccents } from '../../shared/domain/text.ts'
import { pages } from './pages.ts'
import type { Incident } from './world.ts'

/** The ids of an incident on the wire. They depend on the incident alone. */
export function nativeIds(incident: Incident): string[] {
  switch (incident.on) {
    case 'azure':
      return [azureGuid(incident)]
    case 'aws':
      return incident.places.map(place => awsArn(incident, place.code))
    case 'google':
      return [googleId(incident.id)]
    case 'oracle':
      return [oracleId(incident.id)]
    default:
      return [
        hasNumbers(incident.on) ? String(numberId(incident.on, incident.id)) : statuspageId(incident.on, incident.id),
      ]
  }
}

/** A slug of the title, so that later incidents reuse it. */
export const azureGuid = (incident: Incident): string => slugOf(incident.firstTitle)

/** `arn:aws:health:<region>::event/<SERVICE>/<TYPE>/<ID>` */
export function awsArn(incident: Pick<Incident, 'id' | 'updates'>, region: string): string {
  const [only, ...more] = incident.updates.at(-1)?.services ?? []
  const service = only === undefined || more.length > 0 ? 'MULTIPLE_SERVICES' : serviceCode(only).toUpperCase()
  const type = `AWS_${service}_OPERATIONAL_ISSUE`
  const hash = token(`${incident.id} ${region}`, 16, '0123456789ABCDEF')
  return `arn:aws:health:${region}::event/${service}/${type}/${type}_${hash.slice(0, 5)}_${hash.slice(5)}`
}

const digits = '0123456789'
const lower = 'abcdefghijklmnopqrstuvwxyz'

export const googleId = (seed: string): string => token(`google ${seed}`, 20, digits + lower + lower.toUpperCase())
export const googleNumber = (seed: string): string => `1${token(`number ${seed}`, 18, digits)}`
export const statuspageId = (page: string, seed: string): string => token(`${page} ${seed}`, 12, digits + lower)

export const oracleId = (seed: string): string =>
  `ocid1.oraclecloudincident.oc1.phx.${token(`oracle ${seed}`, 32, digits + lower)}`

const hasNumbers = (name: string): boolean => pages.some(page => page.name === name && page.hasNumberedIncidents)

/** For engines that use numbers as ids. */
export const numberId = (page: string, seed: string): number => Number(`1${token(`${page} number ${seed}`, 6, digits)}`)

/** A seed → a name that looks random and is always the same. */
function token(seed: string, length: number, alphabet: string): string {
  const bytes = createHash('sha256').update(seed).digest().subarray(0, length)
  return Array.from(bytes, byte => alphabet.charAt(byte % alphabet.length)).join('')
}

/** Words → a name for an address: lower case, at most 80 characters. */
export const slugOf = (words: string): string =>
  foldAccents(words)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 80)
    .replace(/-$/, '')

/** AWS service names and their codes in ARNs and service keys. */
const codes: Readonly<Record<string, string>> = {
  'Amazon API Gateway': 'apigateway',
  'Amazon CloudFront': 'cloudfront',
  'Amazon CloudWatch': 'cloudwatch',
  'Amazon Cognito': 'cognito',
  'Amazon DynamoDB': 'dynamodb',
  'Amazon Elastic Block Store': 'ebs',
  'Amazon Elastic Compute Cloud': 'ec2',
  'Amazon Elastic Container Service': 'ecs',
  'Amazon Elastic Kubernetes Service': 'eks',
  'Amazon Kinesis Data Streams': 'kinesis',
  'Amazon Relational Database Service': 'rds',
  'Amazon Route 53': 'route53',
  'Amazon Simple Queue Service': 'sqs',
  'Amazon Simple Storage Service': 's3',
  'Amazon Virtual Private Cloud': 'vpc',
  'AWS Direct Connect': 'directconnect',
  'AWS Identity and Access Management': 'iam',
  'AWS Lambda': 'lambda',
}

export const serviceCode = (name: string): string => codes[name] ?? slugOf(name).replaceAll('-', '')
