import { addPhrase, emptyTrie, isAdjacent, longestAt, type Token, type WordTrie } from '../text/word-trie.ts'

/** A provider that a text names, by its own name or by that of a service. The tokens from `from` to before `to`. */
export type Mention = { provider: string; service: string | null; from: number; to: number }

/**
 * The providers and services that a text names, in its order. No provider is better than a wrong one: names that are
 * words or companies as well ('Render', 'Oracle', 'Workers') count only in the company that `needs` asks for.
 * @param own the providers that the text is about for other reasons; their services need no other mention
 */
export function mentionsIn(tokens: readonly Token[], own: ReadonlySet<string>): Mention[] {
  const found: (Mention & { needs: Need })[] = []
  for (let from = 0; from < tokens.length; ) {
    const longest = longestAt(trie, tokens, from)
    if (longest !== null) {
      const { needs, provider } = longest.value
      const mention = { ...longest.value, from, to: longest.to }
      const isRead =
        provider !== '' &&
        isWritten(tokens, mention, needs) &&
        !isPassing(tokens, mention) &&
        !isPartOfAnother(tokens, mention)
      if (isRead) found.push(mention)
    }
    from = longest?.to ?? from + 1
  }
  const sure = new Set([
    ...own,
    ...found.filter(({ needs }) => needs === 'none' || needs === 'capital').map(one => one.provider),
  ])
  return found.filter(one => isMeant(tokens, one, sure))
}

/** Whether the catalogue of names has this provider: others that feeds belong to are publishers. */
export const isVendor = (provider: string): boolean => provider in vendors

/** Whether the catalogue of names has the service as one of this provider's. */
export const isServiceOf = (provider: string, service: string): boolean =>
  ownServices.get(provider)?.has(service) === true

/**
 * What a name needs to count: nothing; its capital; a word of clouds near it ('Microsoft opens a data center');
 * a word of services near it ('Slack is down'); another mention of its provider in the text ('Lambda').
 */
type Need = 'none' | 'capital' | 'cloud' | 'trouble' | 'provider'
type Name = { provider: string; service: string | null; needs: Need }

function isMeant(
  tokens: readonly Token[],
  { provider, needs, from, to }: Mention & { needs: Need },
  sure: ReadonlySet<string>,
): boolean {
  if (needs === 'none' || needs === 'capital') return true
  if (sure.has(provider)) return true
  if (needs === 'provider') return false
  const wanted = needs === 'cloud' ? cloudWords : troubleWords
  const line = tokens.slice(Math.max(0, from - NEAR), to + NEAR)
  return line.some(
    ({ text }, at) => wanted.has(text) || (text === 'data' && /^cent(?:er|re)s?$/.test(line[at + 1]?.text ?? '')),
  )
}

/** Tokens around a name that say what it means. */
const NEAR = 12
const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const cloudWords = wordSet(
  'cloud clouds datacenter datacenters datacentre datacentres hyperscaler hyperscalers hyperscale rechenzentrum rechenzentren region gigawatt megawatt tpu tpus',
)
const troubleWords = wordSet(
  'outage outages down status incident incidents downtime api offline degraded deploys deployments hosting platform users customers login logins disruption acquires acquired workspace workspaces servers errors ausfall storung',
)

/** Names in small letters count only where they are no words of their own: 'dynamodb', but not 'azure'. */
function isWritten(tokens: readonly Token[], { from, to }: Mention, needs: Need): boolean {
  if (needs === 'none') return true
  return tokens.slice(from, to).every(({ raw, text }) => /^[\p{Lu}\P{L}]/u.test(raw) || small.has(text))
}
const small = wordSet('for of and as a service')

/** 'Former AWS engineer', 'an alternative to S3', 'Azure-compatible', 'code on GitHub': the text is about another. */
function isPassing(tokens: readonly Token[], { provider, from, to }: Mention): boolean {
  const [before = '', further = ''] = [tokens[from - 1]?.text, tokens[from - 2]?.text]
  const next =
    tokens[to]?.text === '-' && isAdjacent(tokens[to - 1], tokens[to]) ? tokens[to + 1]?.text : tokens[to]?.text
  if (/^(?:former|formerly|unlike|ex)$/.test(before) || (before === '-' && further === 'ex')) return true
  if (before === 'to' && /^alternatives?$/.test(further)) return true
  if (/^(?:compatible|alternatives?|alumni|alum|veterans?|like|style)$/.test(next ?? '')) return true
  if (repositories.has(provider)) {
    if (
      /^(?:on|via|from)$/.test(before) &&
      !/^(?:outage|incident|disruption|attack|attacks|issues|errors)$/.test(further)
    )
      return true
    if (tokens[to]?.text === '.' && isAdjacent(tokens[to - 1], tokens[to])) return true
  }
  return false
}
const repositories = wordSet('github gitlab')

/** 'Azure Window', 'OCI image', 'Oracle Park', 'in azure-blue'. */
function isPartOfAnother(tokens: readonly Token[], { provider, from, to }: Mention): boolean {
  const next = tokens[to]
  if (next === undefined || next.opensLine) return false
  const name = tokens[to - 1]?.text
  if (tokens[from - 1]?.text === '@' || (tokens[from - 1]?.text === '.' && isAdjacent(tokens[from - 1], tokens[from])))
    return true
  return (others[provider] ?? none).has(next.text) || (name === 'oci' && ociStandards.has(next.text))
}

const none: ReadonlySet<string> = new Set()
const ociStandards = wordSet(
  'image images runtime registry registries artifact artifacts spec specification container containers compliant hooks bundle',
)
const others: Readonly<Partial<Record<string, ReadonlySet<string>>>> = {
  azure: wordSet(
    'window striker dreams coast blue sky skies waters teams xbox office surface edge windows excel word powerpoint outlook bing',
  ),
  aws: wordSet(
    'prime fire kindle echo alexa rainforest river basin music go fresh pharmacy warehouse warehouses fulfillment',
  ),
  google: wordSet('maps search chrome pixel play ads home nest photos translate news assistant glass fiber doodle'),
  oracle: wordSet('park arena bones java red of'),
  elastic: wordSet('band bands waist'),
}

/**
 * Each provider's names, then after '|' its services. What stands alone counts as it is; '^' needs its capital, '%' a
 * word of clouds nearby, '!' a word of trouble nearby, '+' another mention of the provider.
 */
const vendors: Readonly<Record<string, string>> = {
  aws: `
    AWS, Amazon Web Services, %Amazon | Amazon S3, +S3, Amazon EC2, EC2, AWS Lambda, +Lambda, DynamoDB, Amazon
    DynamoDB=DynamoDB, CloudFront, Amazon CloudFront=CloudFront, Amazon Route 53=Route 53, Route 53, Amazon RDS, +RDS,
    +Aurora, Amazon Aurora, Amazon EKS, +EKS, Amazon ECS, +ECS, +Fargate, AWS Fargate, Amazon Redshift, +Redshift,
    Amazon Kinesis, +Kinesis, CloudWatch, Amazon CloudWatch=CloudWatch, Amazon Bedrock, +Bedrock, SageMaker, Amazon
    SageMaker=SageMaker, Amazon SQS, +SQS, Amazon SNS, Amazon Connect, Amazon Cognito, EventBridge, Amazon
    EventBridge=EventBridge, ElastiCache, Amazon ElastiCache=ElastiCache, Elastic Beanstalk, AWS IAM, AWS WAF, AWS
    Outposts, AWS Direct Connect, AWS Transit Gateway, API Gateway, CloudFormation, AWS CloudFormation=CloudFormation,
    AWS Glue, Amazon Athena, +Athena, AWS Step Functions, Amazon OpenSearch Service, Amazon EMR, Amazon VPC, Amazon Q,
    +Trainium, +Graviton, AWS Trainium=Trainium, AWS Graviton=Graviton, CloudTrail, GuardDuty, Amazon
    GuardDuty=GuardDuty, Elastic Load Balancing, AWS Backup, AWS KMS, AWS Shield, Amazon EBS, +EBS`,
  azure: `
    ^Azure, Microsoft Azure, %Microsoft | Azure Front Door, Azure DevOps, Entra ID, Microsoft Entra ID=Entra ID,
    Cosmos DB, Azure Cosmos DB=Cosmos DB, Azure Kubernetes Service, AKS, Azure OpenAI, Azure OpenAI Service=Azure
    OpenAI, Azure Storage, Azure Blob Storage, Azure Functions, Azure SQL Database, Azure SQL, Azure App Service, +App
    Service, Azure Key Vault, +Key Vault, Azure Application Gateway, +Application Gateway, Azure Virtual Machines,
    Azure Virtual Desktop, Azure Monitor, Azure Databricks, Azure Synapse, Azure Arc, Azure Firewall, ExpressRoute,
    Azure ExpressRoute=ExpressRoute, Azure AI Foundry, Azure Service Bus, Azure Cache for Redis, Azure Portal, Azure
    Resource Manager, Azure VMware Solution, Azure Local, Azure Backup, Azure NetApp Files, Azure Policy, Azure
    Sphere, Azure Event Hubs`,
  google: `
    Google Cloud, Google Cloud Platform, GCP, %Google | BigQuery, Google Kubernetes Engine, GKE, Google GKE=GKE, Cloud
    Run, +Cloud SQL, Google Cloud SQL=Cloud SQL, Cloud Spanner, +Spanner, Vertex AI, Google Compute Engine=Compute
    Engine, +Compute Engine, Google Cloud Storage=Cloud Storage, +Cloud Storage, +Pub/Sub, Firestore, Firebase, +Cloud
    Functions, AlloyDB, Bigtable, Cloud Bigtable=Bigtable, Google App Engine=App Engine, +App Engine, Cloud Armor,
    Anthos, Apigee, Google Cloud VMware Engine, +Dataflow, +Cloud Interconnect, +Cloud CDN, +Looker, +Chronicle`,
  oracle: `
    Oracle Cloud, Oracle Cloud Infrastructure, +OCI, %Oracle | Oracle Autonomous Database=Autonomous Database,
    +Autonomous Database, OCI Object Storage, +Exadata, MySQL HeatWave, OCI Compute`,
  ibm: `
    IBM Cloud, SoftLayer, %IBM | watsonx, IBM watsonx=watsonx, IBM Power Virtual Server, IBM Cloud Object Storage`,
  alibaba: `
    Alibaba Cloud, Aliyun, 阿里云, %Alibaba | PolarDB, MaxCompute, Alibaba Cloud OSS`,
  digitalocean: `
    DigitalOcean, Digital Ocean | +Droplets, +App Platform, DigitalOcean Kubernetes, DigitalOcean Spaces`,
  linode: `
    Linode | Linode Kubernetes Engine`,
  akamai: `
    Akamai | Akamai EdgeWorkers`,
  vultr: 'Vultr |',
  hetzner: 'Hetzner, Hetzner Cloud | Hetzner Storage Box=Storage Box',
  ovh: 'OVH, OVHcloud, OVH Cloud |',
  scaleway: 'Scaleway |',
  cloudflare: `
    Cloudflare | Cloudflare Workers, +Workers, Cloudflare R2=R2, +R2, Cloudflare Pages, Cloudflare D1, +Turnstile,
    1.1.1.1, Cloudflare WARP=WARP, Cloudflare Access, Cloudflare Tunnel, Cloudflare Stream, Cloudflare Zero Trust,
    Magic Transit, Durable Objects, Workers AI, Workers KV, Cloudflare One, Cloudflare Images`,
  fastly: 'Fastly | Fastly Compute, Compute@Edge',
  vercel: 'Vercel | Next.js Hosting, Vercel Functions',
  netlify: 'Netlify | Netlify Functions',
  render: '!Render |',
  flyio: 'Fly.io |',
  heroku: 'Heroku | Heroku Postgres',
  github: `
    GitHub | GitHub Actions, GitHub Copilot, GitHub Codespaces, +Codespaces, GitHub Pages, GitHub Packages, GitHub
    Issues`,
  gitlab: 'GitLab | GitLab CI, GitLab Pages, GitLab Duo',
  circleci: 'CircleCI |',
  atlassian: '^Atlassian | ^Jira, ^Jira Cloud=Jira, !Confluence, ^Bitbucket, ^Trello, ^Opsgenie',
  hashicorp: 'HashiCorp | ^Terraform Cloud, HCP Terraform, HCP Vault, ^Terraform',
  snyk: 'Snyk |',
  mongodb: 'MongoDB | MongoDB Atlas=Atlas',
  supabase: 'Supabase |',
  planetscale: 'PlanetScale |',
  upstash: 'Upstash |',
  elastic: '!Elastic, Elastic Cloud | Elasticsearch',
  datadog: 'Datadog |',
  newrelic: '^New Relic |',
  grafana: 'Grafana, Grafana Cloud, Grafana Labs |',
  sentry: '!Sentry, Sentry.io |',
  'google-workspace': 'Google Workspace | Gmail, Google Meet, Google Drive, Google Docs, Google Calendar, Google Chat',
  openai: 'OpenAI | ChatGPT, DALL-E, GPT-4, GPT-4o, GPT-5, OpenAI API',
  anthropic: '^Anthropic | ^Claude Code, ^Claude Sonnet=Claude, ^Claude Opus=Claude, Claude.ai=Claude, !Claude',
  twilio: 'Twilio | SendGrid, Twilio SendGrid=SendGrid',
  slack: '!Slack |',
  discord: '!Discord |',
}

/** Names that hide shorter ones. */
const hidden = `Azure Window, Amazon rainforest, Amazon River, Amazon Prime, Amazon Basin, Amazon Fresh, Google
  Maps, Google Search, Google Chrome, Google Pixel, Google Play, Microsoft Teams, Microsoft 365,
  Microsoft Office, Microsoft Windows, Microsoft Edge, Microsoft Outlook, Microsoft Exchange,
  Microsoft Surface, Xbox, Google Fiber, Google Home, Oracle Java, Oracle of, Oracle Park, Oracle Red
  Bull, OCI image, Open Container Initiative, Oracle Database, IBM Z, Slack off, Slack time, Anthropic
  principle`

const needs: Readonly<Partial<Record<string, Need>>> = { '^': 'capital', '%': 'cloud', '!': 'trouble', '+': 'provider' }
const ownServices = new Map<string, Set<string>>()
const trie = vendorTrie()

function vendorTrie(): WordTrie<Name> {
  const trie = emptyTrie<Name>()
  for (const text of hidden.split(',')) addPhrase(trie, text, { provider: '', service: null, needs: 'none' })
  for (const [provider, list] of Object.entries(vendors))
    for (const [at, part] of list.split('|').entries())
      for (const entry of part.split(',').map(text => text.replace(/\s+/g, ' ').trim())) {
        const need = needs[entry.slice(0, 1)]
        const [phrase = '', name = phrase] = (need === undefined ? entry : entry.slice(1)).split('=')
        if (at > 0) ownServices.set(provider, (ownServices.get(provider) ?? new Set()).add(name))
        if (phrase !== '') addPhrase(trie, phrase, { provider, service: at === 0 ? null : name, needs: need ?? 'none' })
      }
  return trie
}
