/** What may have happened on a cloud or a status page, as a sketch. `{place}` is the region's name for people. */
export type Plot = {
  title: string
  services: readonly string[]
  /** The worst that it may come to. */
  worst: 'minor' | 'major' | 'critical'
  /** What is said at first, of the cause, and at the end. */
  words: readonly [first: string, cause: string, end: string]
}

export type Scene = {
  on: string
  /** How often something happens here, beside the others: a whole number. */
  weight: number
  /** Region codes of a cloud, those of the demo's stacks more than once; none for a status page. */
  regions: readonly string[]
  plots: readonly Plot[]
}

const plot = (
  title: string,
  services: readonly string[],
  worst: Plot['worst'],
  first: string,
  cause: string,
  end: string,
): Plot => ({ title, services, worst, words: [first, cause, end] })

/** All of it is invented. */
export const scenes: readonly Scene[] = [
  {
    on: 'aws',
    weight: 10,
    regions: [
      ...['us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1', 'eu-west-1', 'us-west-2', 'us-east-2', 'eu-central-1'],
      ...['ap-southeast-2', 'ap-northeast-1', 'ap-south-1', 'sa-east-1', 'ca-central-1', 'eu-north-1', 'me-central-1'],
    ],
    plots: [
      plot(
        'Increased Launch Failures',
        ['Amazon Elastic Compute Cloud'],
        'major',
        'We are investigating an increase in failures when launching new instances. Running instances are not affected.',
        'A control plane host returned stale capacity. We are taking it out of service.',
        'Launches succeed at the usual rate. The issue has been resolved.',
      ),
      plot(
        'Increased API Latencies',
        ['Amazon DynamoDB'],
        'major',
        'We are seeing higher latencies for reads and writes of some tables.',
        'A partition was hotter than its limits foresaw. We are splitting it.',
        'Latencies are back to their usual level. The issue has been resolved.',
      ),
      plot(
        'Elevated Invocation Errors',
        ['AWS Lambda'],
        'minor',
        'Some invocations end with a service error and are tried again.',
        'A deployment of the placement service is being rolled back.',
        'Invocations succeed at the usual rate. The issue has been resolved.',
      ),
      plot(
        'Delayed Metrics',
        ['Amazon CloudWatch'],
        'minor',
        'Some metrics arrive late. Alarms may stay in their last state.',
        'A backlog in one ingestion fleet is being worked through.',
        'The backlog has cleared. The issue has been resolved.',
      ),
      plot(
        'Connectivity Issues in One Availability Zone',
        ['Amazon Elastic Compute Cloud', 'Amazon Elastic Block Store'],
        'critical',
        'Instances in a single Availability Zone have lost connectivity. Other zones work normally.',
        'A pair of aggregation switches restarted at the same time. Traffic is moving to other paths.',
        'Connectivity is restored for all instances and volumes. The issue has been resolved.',
      ),
      plot(
        'Elevated Error Rates',
        ['Amazon API Gateway'],
        'minor',
        'A small share of requests is answered with errors of the 5xx class.',
        'One cell of the service ran out of connections to its store. We are adding capacity.',
        'Error rates are normal. The issue has been resolved.',
      ),
      plot(
        'Message Delivery Delays',
        ['Amazon Simple Queue Service'],
        'minor',
        'Messages of some queues are delivered with delay. No message is lost.',
        'A broker was replaced and its queues are being moved.',
        'Messages are delivered in time. The issue has been resolved.',
      ),
    ],
  },
  {
    on: 'azure',
    weight: 8,
    regions: [
      ...['westeurope', 'westeurope', 'westeurope', 'northeurope', 'northeurope', 'eastus', 'eastus2', 'uksouth'],
      ...['germanywestcentral', 'centralus', 'southeastasia', 'japaneast', 'australiaeast', 'brazilsouth', 'westus3'],
    ],
    plots: [
      plot(
        'Virtual Machines - {place} - Allocation failures',
        ['Virtual Machines'],
        'major',
        'Starting or resizing virtual machines may fail with an allocation error.',
        'A cluster was marked as full too early. Its capacity is being counted again.',
        'Allocations succeed again.',
      ),
      plot(
        'Azure SQL Database - {place} - Connection failures',
        ['SQL Database'],
        'major',
        'Connections to some databases fail or take long to open.',
        'A gateway node kept connections to a replica that had moved. It is being restarted.',
        'Connections open normally.',
      ),
      plot(
        'Storage - {place} - Elevated latency',
        ['Storage'],
        'minor',
        'Reads of some storage accounts take longer than usual.',
        'A scale unit is rebuilding after a disk replacement. Load is being moved to its neighbours.',
        'Latency is back to normal.',
      ),
      plot(
        'Azure Kubernetes Service - {place} - Node pools scale slowly',
        ['Azure Kubernetes Service (AKS)'],
        'minor',
        'Node pools take longer than usual to scale up.',
        'Requests wait in a queue of the resource provider. More consumers are being added.',
        'Node pools scale within the usual time.',
      ),
      plot(
        'Network Infrastructure - {place} - Intermittent packet loss',
        ['Network Infrastructure'],
        'critical',
        'Connections into and out of the region may be interrupted.',
        'A fibre path was cut outside of the campus. Traffic is being moved to the remaining paths.',
        'Packet loss has ended. The fibre is being repaired without further impact.',
      ),
      plot(
        'Azure Monitor - {place} - Delayed alerts',
        ['Azure Monitor'],
        'minor',
        'Alerts on logs may fire late.',
        'An ingestion service is processing a backlog.',
        'Alerts fire in time.',
      ),
    ],
  },
  {
    on: 'google',
    weight: 8,
    regions: [
      ...['europe-west4', 'europe-west4', 'us-central1', 'us-central1', 'europe-west1', 'europe-west3', 'us-east1'],
      ...[
        'us-west1',
        'asia-northeast1',
        'asia-south1',
        'asia-southeast1',
        'southamerica-east1',
        'australia-southeast1',
      ],
    ],
    plots: [
      plot(
        'Cloud Run revisions start slowly in {place}',
        ['Cloud Run'],
        'minor',
        'New revisions take up to two minutes before they serve.',
        'A cache of container images was emptied by mistake and is filling again.',
        'Revisions start within seconds.',
      ),
      plot(
        'Elevated error rate for Cloud Storage in {place}',
        ['Google Cloud Storage'],
        'major',
        'About one request in a hundred to buckets in the region fails.',
        'A configuration change reached one metadata cell too early. It is being rolled back.',
        'Requests succeed at the usual rate.',
      ),
      plot(
        'Cloud SQL instances restart in {place}',
        ['Cloud SQL'],
        'major',
        'Some instances restart and are unavailable for a few minutes.',
        'A host maintenance moved more instances than planned. It was stopped.',
        'No further instance restarts.',
      ),
      plot(
        'Pub/Sub delivers late in {place}',
        ['Cloud Pub/Sub'],
        'minor',
        'Some subscriptions receive messages with a delay of several minutes.',
        'A forwarder lost its leader and elected a new one three times. It is pinned now.',
        'Messages are delivered without delay.',
      ),
      plot(
        'Networking loss for Compute Engine in {place}',
        ['Google Compute Engine', 'Virtual Private Cloud (VPC)'],
        'critical',
        'Instances in one zone lose packets towards other zones.',
        'A spine switch drops packets of one size. Traffic is being drained from it.',
        'The switch was replaced and packet loss has ended.',
      ),
    ],
  },
  {
    on: 'github',
    weight: 6,
    regions: [],
    plots: [
      plot(
        'Incident with Actions',
        ['Actions'],
        'major',
        'Some workflow runs fail to start. We are looking into it.',
        'A pool of hosted runners did not come back after an image update. The image is being withdrawn.',
        'Workflow runs start normally.',
      ),
      plot(
        'Incident with Pull Requests and Issues',
        ['Pull Requests', 'Issues'],
        'minor',
        'Pages of pull requests and issues load slowly.',
        'A replica fell behind and is being taken out of rotation.',
        'Pages load at their usual speed.',
      ),
      plot(
        'Delays in Packages',
        ['Packages'],
        'minor',
        'Published packages become visible late.',
        'An index is being built anew.',
        'Packages become visible within seconds.',
      ),
      plot(
        'Degraded Git Operations',
        ['Git Operations'],
        'major',
        'Pushes and fetches fail for some repositories.',
        'A file server was overloaded by a single repository. It has been moved.',
        'Git operations work normally.',
      ),
    ],
  },
  {
    on: 'cloudflare',
    weight: 4,
    regions: [],
    plots: [
      plot(
        'Workers deployments are delayed',
        ['Workers'],
        'minor',
        'New versions of Workers reach the edge late.',
        'A replication channel was saturated. We are limiting its largest user.',
        'Deployments reach the edge within seconds.',
      ),
      plot(
        'R2 elevated error rates',
        ['R2'],
        'major',
        'Requests to some buckets fail with errors of the 5xx class.',
        'A storage gateway was deployed with an expired credential. It is being rotated.',
        'Requests succeed at the usual rate.',
      ),
      plot(
        'Network performance issues in Frankfurt',
        ['Frankfurt, Germany - (FRA)'],
        'minor',
        'Users near Frankfurt may see higher latencies.',
        'Traffic is being moved away from a congested exchange.',
        'Latencies are back to normal.',
      ),
    ],
  },
  {
    on: 'datadog',
    weight: 3,
    regions: [],
    plots: [
      plot(
        'Delayed metrics',
        ['Metrics', 'Monitors'],
        'minor',
        'Metrics arrive with a delay of up to fifteen minutes.',
        'A partition of the intake is being moved.',
        'Metrics arrive in time.',
      ),
      plot(
        'Trace search is unavailable',
        ['APM'],
        'major',
        'Searching for traces returns no results.',
        'An index service ran out of memory and is being enlarged.',
        'Trace search works again.',
      ),
    ],
  },
  {
    on: 'openai',
    weight: 3,
    regions: [],
    plots: [
      plot(
        'Elevated error rates across models',
        ['Chat Completions', 'Responses'],
        'major',
        'Some requests fail or take very long.',
        'Capacity is being moved to the models with the highest demand.',
        'Error rates are back to normal.',
      ),
      plot(
        'Sign-in is slow',
        ['Login'],
        'minor',
        'Signing in takes longer than usual.',
        'A dependency of the sign-in service answers slowly.',
        'Signing in works at its usual speed.',
      ),
    ],
  },
  {
    on: 'vercel',
    weight: 2,
    regions: [],
    plots: [
      plot(
        'Builds are queued',
        ['Build & Deploy'],
        'minor',
        'Builds wait for several minutes before they start.',
        'Build machines are being added.',
        'Builds start at once.',
      ),
    ],
  },
  {
    on: 'atlassian',
    weight: 2,
    regions: [],
    plots: [
      plot(
        'Bitbucket pipelines do not start',
        ['Bitbucket'],
        'major',
        'Pipelines stay in the state pending.',
        'A scheduler was restarted and works through its queue.',
        'Pipelines start normally.',
      ),
    ],
  },
  {
    on: 'netlify',
    weight: 1,
    regions: [],
    plots: [
      plot(
        'Deploy previews are slow',
        ['Deploy Previews'],
        'minor',
        'Deploy previews become available late.',
        'A queue is being drained.',
        'Deploy previews are available at once.',
      ),
    ],
  },
]

/** Work by night: it is announced days before, and nobody notices it. */
export const nightWork: readonly { on: string; title: string; services: readonly string[] }[] = [
  { on: 'cloudflare', title: 'Scheduled maintenance in Amsterdam (AMS)', services: ['Amsterdam, Netherlands - (AMS)'] },
  {
    on: 'cloudflare',
    title: 'Scheduled maintenance in Ashburn (IAD)',
    services: ['Ashburn, VA, United States - (IAD)'],
  },
  { on: 'cloudflare', title: 'Scheduled maintenance in Singapore (SIN)', services: ['Singapore, Singapore - (SIN)'] },
  { on: 'digitalocean', title: 'Network maintenance in FRA1', services: ['Droplets - FRA1'] },
  { on: 'digitalocean', title: 'Hypervisor maintenance in NYC3', services: ['Droplets - NYC3'] },
  { on: 'fastly', title: 'Scheduled maintenance in Stockholm (BMA)', services: ['Stockholm (BMA)'] },
  { on: 'github', title: 'Database maintenance', services: ['Issues'] },
  { on: 'datadog', title: 'Planned upgrade of the intake', services: ['Logs'] },
  { on: 'atlassian', title: 'Jira maintenance window', services: ['Jira'] },
]
