import { stringify } from 'yaml'
import { endpoints, probedEndpoints } from './endpoints.ts'

export type Intervals = {
  /** Such as `2s`: how often status is read. */
  every: string
  /** How often feeds are read; default: as often as status. */
  feedsEvery?: string
  /** Every format, not only those of the demo. */
  all?: boolean
  /** With stacks of two teams, as the demo shows them. */
  hasTeams?: boolean
  /** With what Google tells the account. The variable that has the secret of its posts. */
  accountSecret?: string
  /** Where messages about the stack `shop` go, which is like a webhook of Slack. */
  messagesTo?: string
}

/** The sources file that names the simulated sources, as YAML. `baseUrl` is the simulator's `url`. */
export function simulatedSources(
  baseUrl: string,
  { every, feedsEvery = every, all = false, hasTeams = false, accountSecret, messagesTo }: Intervals,
): string {
  const named = endpoints.flatMap(({ source, title, kind, provider, topics, configured, isRare }) =>
    configured === null || (isRare && !all)
      ? []
      : { id: source, name: title, kind, provider, topics, url: `${baseUrl}${configured}` },
  )
  const sources = named.filter(({ kind }) => kind !== 'feed')
  const feeds = named.filter(({ kind }) => kind === 'feed')
  return stringify({
    simulated: true,
    roundTrips: true,
    sources: [
      ...sources.map(({ id, name, kind, url, provider }) => ({ id, name, kind, url, private: true, provider, every })),
      ...probedEndpoints.map(({ source: id, title: name, provider, region, path }) => ({
        id,
        name,
        kind: 'probe',
        url: `${baseUrl}${path}`,
        private: true,
        provider,
        region,
        every,
      })),
      ...(accountSecret ? [{ ...account, secret: `\${${accountSecret}}` }] : []),
    ],
    ...(messagesTo && accountSecret
      ? {
          notify: {
            targets: [{ ...target, private: true, url: `${messagesTo}/\${${accountSecret}}` }],
            rules: [{ stack: 'shop', to: target.id }],
          },
        }
      : {}),
    feeds: feeds.map(({ id, name, url, provider, topics }) => ({
      id,
      name,
      url,
      private: true,
      provider,
      topics,
      every: feedsEvery,
    })),
    ...(hasTeams ? { stacks: teams } : {}),
    mine: {
      regions: [
        'azure/westeurope',
        'azure/northeurope',
        'aws/us-east-1',
        'aws/eu-west-1',
        'google/europe-west4',
        'google/us-central1',
      ],
    },
  })
}

const account = { id: 'our-google', kind: 'inbound', format: 'google-service-health', provider: 'google' }
const target = { id: 'console', kind: 'slack-webhook' }

const teams = [
  {
    id: 'shop',
    name: 'Shop',
    uses: [
      'aws/lambda@us-east-1,eu-west-1',
      'aws/dynamodb@us-east-1',
      'azure/aks@westeurope',
      'google/cloud-run@europe-west4',
      'google/cloud-storage@europe-west4',
      'cloudflare',
      { github: ['Actions', 'Packages'] },
      'stack/payments',
    ],
  },
  {
    id: 'payments',
    name: 'Payments',
    uses: ['aws/eu-west-1', 'aws/ec2@use1-az4', 'google/pubsub@europe-west4', 'stripe'],
  },
]
