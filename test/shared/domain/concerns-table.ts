import { readFileSync } from 'node:fs'
import { concerns, concernsArticle } from '../../../shared/domain/concerns.ts'
import type { Incident } from '../../../shared/domain/incident.ts'
import {
  type Reason,
  type ReasonKind,
  reasonKinds,
  type StackFacts,
  type Strength,
  strengths,
} from '../../../shared/domain/reason.ts'
import type { Region } from '../../../shared/domain/region.ts'
import type { Service } from '../../../shared/domain/service.ts'
import { parseUse, type Stack, type Use } from '../../../shared/domain/stack.ts'
import { Stage } from '../../../shared/domain/status.ts'
import { article, incident, minutesAgo, region } from '../../support/builders.ts'

const file = new URL('../../fixtures/concerns.tsv', import.meta.url)

/** A small catalogue: the service, its scope where it is not regional, `broad`, `under` its wider service. */
const catalogue = `
aws/ec2 zonal, aws/ebs zonal under aws/ec2, aws/lambda, aws/sqs, aws/s3, aws/rds zonal, aws/aurora zonal under aws/rds,
aws/iam global broad, aws/sts broad, aws/internet-connectivity broad, aws/cloudfront global, aws/route53 global,
aws/route53privatedns under aws/route53, aws/ground-station, aws/billing global, aws/management-console global,
azure/virtual-machines zonal, azure/managed-disks zonal under azure/virtual-machines,
azure/sql-vm zonal under azure/virtual-machines, azure/deep-part under azure/managed-disks, azure/aks, azure/storage,
azure/front-door global, azure/entra-id global broad, azure/mfa global under azure/entra-id,
azure/resource-manager global broad, azure/network-infrastructure broad, azure/key-vault,
azure/managed-hsm under azure/key-vault, google/compute-engine zonal, google/cloud-storage,
google/firebase-storage under google/cloud-storage, google/iam global broad, google/cloud-run, google/gke,
google/cloud-infrastructure broad, google/cloud-dns global, google/vertex-ai,
google/vertex-gemini under google/vertex-ai, digitalocean/droplets, digitalocean/spaces`

export const services: StackFacts['services'] = new Map(
  catalogue.split(',').map(row => {
    const [id = '', ...words] = row.trim().split(' ')
    const under = words.indexOf('under') < 0 ? null : (words.at(-1) ?? null)
    const scope: Service['scope'] = words.includes('global') ? 'global' : words.includes('zonal') ? 'zonal' : 'regional'
    return [id, { id, scope, under, isBroad: words.includes('broad') }]
  }),
)

const codes = {
  aws: 'us-east-1 us-east-2 us-west-1 us-west-2 us-gov-west-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 ap-south-1',
  azure: 'eastus eastus2 westeurope northeurope',
  google: 'us-central1 us-east1 us-east4 europe-west1 europe-west3 europe-west4',
  digitalocean: 'fra1',
  hetzner: 'fsn1 nbg1',
  oracle: 'eu-frankfurt-1',
}
export const regions: ReadonlyMap<string, Region> = new Map(
  Object.entries(codes).flatMap(([provider, listed]) =>
    listed.split(' ').map((code): [string, Region] => [`${provider}/${code}`, region(`${provider}/${code}`)]),
  ),
)

/** Where vendors' sites run; a `?` after those that the vendor may move from. */
const homes: Record<string, string> = {
  'datadog@us1': 'aws/us-east-1',
  'datadog@eu1': 'google/europe-west3',
  'vercel@iad1': 'aws/us-east-1?',
  'vercel@fra1': 'aws/eu-central-1?',
}

export const useOf = (written: string): Use => {
  const use = parseUse(written, regions)
  if (!use.ok) throw new Error(`'${written}' ${use.error}`)
  return use.value
}

export const stackOf = (id: string, ...uses: string[]): Stack => ({ id, name: id, uses: uses.map(useOf) })

/** Sources that report on one site of their vendor. */
const sites: ReadonlyMap<string, string> = new Map([
  ['datadog-us1', 'us1'],
  ['datadog-eu1', 'eu1'],
])

const others = [
  stackOf('payments', 'stripe', 'aws/lambda@eu-west-1'),
  stackOf('shop', 'stack/payments', 'aws/s3@us-east-1'),
  stackOf('circle-a', 'stack/circle-b', 'github'),
  stackOf('circle-b', 'stack/circle-a', 'pagerduty'),
]

export const facts: StackFacts = {
  stacks: new Map(others.map(stack => [stack.id, stack])),
  services,
  dependencies: (vendor, site) => {
    const home = homes[`${vendor}@${site}`]
    return home === undefined ? [] : [{ region: home.replace('?', ''), isCertain: !home.endsWith('?') }]
  },
  siteOf: source => sites.get(source) ?? null,
}

/** The reasons of one row of the table. */
function reasonsOf(uses: string, about: string): Reason[] {
  const stack = stackOf('ours', ...uses.split('; '))
  return isOfArticle(about)
    ? concernsArticle(stack, articleOf(about), facts)
    : concerns(stack, incidentOf(about), facts)
}

const isOfArticle = (about: string): boolean => about.split(' ').includes('article')

/** 'aws services=lambda in=us-east-1' → its incident. The head of the table says what it understands. */
export function incidentOf(about: string): Incident {
  const { provider, list, ids } = wordsOf(about)
  const scope = list('scope')[0] ?? (list('in').length > 0 ? 'regional' : 'unspecified')
  return incident(`${list('source')[0] ?? `${provider}-status`}/1`, {
    provider,
    scope: scope as Incident['scope'], // the table's words are those of the scope
    status: Stage.parse(list('status')[0] ?? 'investigating'),
    regions: ids('in'),
    everRegions: ids('was').map(id => ({ region: id, from: minutesAgo(60), to: minutesAgo(30) })),
    services: [...list('services'), ...list('names').map(name => name.replaceAll('_', ' '))],
    serviceIds: ids('services'),
    everServiceIds: ids('was-services'),
    zones: list('zones'),
  })
}

const articleOf = (about: string) => {
  const { provider, list, ids } = wordsOf(about)
  const [regions, serviceIds] = [ids('in'), ids('services')]
  return article('news/1', { providers: [provider], regions, services: list('services'), serviceIds })
}

function wordsOf(about: string) {
  const [provider = '', ...words] = about.split(' ')
  const said = new Map(
    words.map(word => {
      const [key = '', values = ''] = word.split('=')
      return [key, values]
    }),
  )
  const list = (key: string): string[] => said.get(key)?.split(',') ?? []
  return { provider, list, ids: (key: string) => list(key).map(name => `${provider}/${name}`) }
}

type Verdict = { strength: Strength | 'none'; kind: ReasonKind | '-' }
export type ConcernsScore = {
  pairs: number
  /** Of what is told as certain or likely, the share that the table tells so. */
  precision: number
  /** Of what the table tells as certain or likely, the share that is told so. */
  recall: number
  /** Told as certain, and the table does not. */
  wrongCertain: string[]
  /** Every pair that is told otherwise than in the table, by strength or kind. */
  other: string[]
}

/** How the rules tell the table's pairs. */
export function scoreConcerns(): ConcernsScore {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [strength = '', kind = '', uses = '', about = '', why = ''] = line.split('\t')
      const [first] = reasonsOf(uses, about)
      const told: Verdict = { strength: first?.strength ?? 'none', kind: first?.kind ?? '-' }
      return { wanted: verdictOf(strength, kind), told, line: `${uses} | ${about} | ${why}` }
    })
  const strong = ({ strength }: Verdict) => strength === 'certain' || strength === 'likely'
  const both = rows.filter(({ wanted, told }) => strong(wanted) && strong(told)).length
  return {
    pairs: rows.length,
    precision: both / rows.filter(({ told }) => strong(told)).length,
    recall: both / rows.filter(({ wanted }) => strong(wanted)).length,
    wrongCertain: rows
      .filter(({ wanted, told }) => told.strength === 'certain' && wanted.strength !== 'certain')
      .map(({ line, wanted }) => `${line}: wanted ${wanted.strength}`),
    other: rows
      .filter(({ wanted, told }) => wanted.strength !== told.strength || wanted.kind !== told.kind)
      .map(
        ({ line, wanted, told }) => `${line}: ${told.strength} ${told.kind}, wanted ${wanted.strength} ${wanted.kind}`,
      ),
  }
}

function verdictOf(strength: string, kind: string): Verdict {
  const known = { strength: strengths.find(one => one === strength), kind: reasonKinds.find(one => one === kind) }
  if (strength === 'none') return { strength: 'none', kind: '-' }
  if (!known.strength || !known.kind) throw new Error(`'${strength} ${kind}' is no strength and kind`)
  return { strength: known.strength, kind: known.kind }
}
