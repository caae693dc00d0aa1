import type { RegionService } from './region.ts'
import { type Status, severity, worst } from './status.ts'
import { foldAccents } from './text.ts'

/**
 * The status that troubled services give to their region: by impact and breadth. Pure.
 *
 * A core service, on which most workloads and other services stand, gives the region its own status. Any other service
 * makes the region degraded at most. A partial outage takes a twentieth of the provider's services in partial outage or
 * worse, a major outage a quarter of them in major outage. The result is never worse than the worst service, and
 * trouble is never operational.
 */
export function statusByBreadth(provider: string, services: readonly RegionService[]): Status {
  const total = servicesPerRegion.get(provider)
  const few = total === undefined ? UNKNOWN_PARTIAL : Math.max(1, total / 20)
  const many = total === undefined ? UNKNOWN_MAJOR : total / 4
  const atLeast = (status: Status): number => services.filter(one => severity[one.status] >= severity[status]).length
  const cap: Status =
    atLeast('major_outage') >= many
      ? 'major_outage'
      : atLeast('partial_outage') >= few
        ? 'partial_outage'
        : 'degraded_performance'
  const own = worst(services.map(({ status }) => status))
  const core = worst(services.filter(({ service }) => isCore(service)).map(({ status }) => status))
  return worst([core, severity[own] > severity[cap] ? cap : own])
}

/** How many troubled services count as a partial and as a major outage where the number of services is not known. */
const UNKNOWN_PARTIAL = 3
const UNKNOWN_MAJOR = 8

/**
 * About how many services a provider runs in one of its large regions, by its own lists of services in 2026, less those
 * that it runs worldwide. Small regions have fewer: there a trouble counts as a little narrower than it is. A provider
 * whose list is not known is left out.
 */
const servicesPerRegion: ReadonlyMap<string, number> = new Map([
  ['aws', 240],
  ['azure', 164],
  ['google', 115],
  ['oracle', 46],
  ['ibm', 26],
  ['scaleway', 18],
  ['digitalocean', 15],
  ['linode', 9],
])

/** Whether most workloads of a region stand on the service. Names are compared without the provider's and brackets. */
export function isCore(service: string): boolean {
  const name = foldAccents(service).trim()
  const bracket = name.endsWith(')') ? name.lastIndexOf('(') : -1
  const bare = name.slice(0, bracket < 0 ? undefined : bracket).trim()
  return coreServices.has(bare) || coreServices.has(bare.replace(vendorPrefix, ''))
}

const vendorPrefix =
  /^(?:amazon|aws|microsoft azure|microsoft|azure|google cloud|google|oracle cloud|oracle|oci|ibm cloud|ibm|digitalocean|akamai|linode|scaleway|ovhcloud|hetzner|vultr|alibaba cloud)\s+/

const coreServices: ReadonlySet<string> = new Set(
  [
    // compute
    'ec2, elastic compute cloud, virtual machines, virtual machine, virtual machine scale sets, compute engine, compute',
    'droplets, linodes, instances, cloud instances, elastic compute service, virtual server, virtual servers, servers',
    'virtual server for vpc, cloud servers, cloud compute, hetzner cloud, public cloud, dedicated servers, lambda',
    'bare metal cloud, app service, cloud run',
    // containers
    'ecs, elastic container service, eks, elastic kubernetes service, fargate, kubernetes service, kubernetes engine',
    'kubernetes, managed kubernetes, managed kubernetes service, container engine for kubernetes, kubernetes kapsule, gke, aks, lke',
    'container service for kubernetes',
    // storage
    's3, simple storage service, ebs, elastic block store, storage, storage accounts, disk storage, managed disks',
    'persistent disk, cloud storage, block storage, block volume, block volumes, volumes, object storage',
    'cloud object storage, object storage service, spaces',
    // network, power
    'vpc, virtual private cloud, virtual network, virtual networks, virtual networking, networking, network, networks',
    'cloud networking, network infrastructure, network connectivity, internet connectivity, internetconnectivity',
    'infrastructure, elb, elastic load balancing, load balancer, load balancers, load balancing, cloud load balancing',
    'server load balancer, nodebalancers, route 53, route53, dns, cloud dns, connectivity, power, cooling',
    // identity, keys
    'iam, identity and access management, identity, sts, security token service, entra id, active directory',
    'resource access management, kms, key management service, cloud key management service, key vault, vault',
    // databases, queues
    'dynamodb, rds, relational database service, aurora, sql database, cosmos db, cloud sql, managed databases',
    'managed database, databases, database, base database service, apsaradb rds, sqs, simple queue service',
  ].flatMap(names => names.split(', ')),
)
