import { z } from 'zod'
import type { Finding, Findings, Knowledge } from './finding.ts'
import { nowhere, type Place } from './places.ts'

/** What `kubectl get nodes -o json` (or yaml) prints. @see https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const Nodes = z.union([
  z.object({ kind: z.enum(['List', 'NodeList']), items: z.array(z.unknown()) }).transform(({ items }) => items),
  z
    .object({ kind: z.literal('Node') })
    .loose()
    .transform((node): unknown[] => [node]),
])

const Label = z.string().max(200).optional().catch(undefined)
const Node = z.object({
  kind: z.literal('Node').optional(),
  metadata: z.object({ labels: z.record(z.string(), z.unknown()).catch({}) }),
  spec: z.object({ providerID: z.string().max(1000).catch('') }).catch({ providerID: '' }),
  status: z
    .object({ nodeInfo: z.object({ kubeletVersion: z.string().max(100) }) })
    .optional()
    .catch(undefined),
})

/** The nodes of a cluster; null for anything else. */
export function readNodes(document: unknown, knowledge: Knowledge): Findings | null {
  const nodes = Nodes.safeParse(document)
  if (!nodes.success) return null
  const findings: Findings = { found: [], notUnderstood: [] }
  for (const one of nodes.data) {
    const node = Node.safeParse(one)
    if (!node.success) {
      findings.notUnderstood.push({ kind: 'type', what: '?', count: 1 })
      continue
    }
    const { metadata, spec, status } = node.data
    const label = (name: string) => Label.parse(metadata.labels[name])
    const labels = Object.keys(metadata.labels)
    const managed = managedBy.find(
      ({ label, version }) =>
        labels.some(name => name.startsWith(label)) || (version && status?.nodeInfo.kubeletVersion.includes(version)),
    )
    const [, scheme = '', path = ''] = /^([a-z]{2,20}):\/\/(.{0,980})$/.exec(spec.providerID) ?? []
    const zone = label('topology.kubernetes.io/zone') ?? label('failure-domain.beta.kubernetes.io/zone')
    const region = label('topology.kubernetes.io/region') ?? label('failure-domain.beta.kubernetes.io/region')
    const written = [zone, region, ...path.split('/').slice(0, 3), path.split('.')[3]]
    add(findings, machines.get(scheme) ?? managed?.service, managed?.service, written, knowledge)
  }
  return findings
}

/** What `kubectl get nodes -L topology.kubernetes.io/region,topology.kubernetes.io/zone` prints; null for anything else. */
export function readNodeTable(text: string, knowledge: Knowledge): Findings | null {
  const [heading = '', ...lines] = text.trim().split(/\r?\n/)
  if (!/^NAME\s+STATUS\s+ROLES\s+AGE\s+VERSION/.test(heading)) return null
  const findings: Findings = { found: [], notUnderstood: [] }
  for (const line of lines) {
    const cells = line.trim().split(/\s+/)
    const [name = '', , , , nodeVersion = ''] = cells
    const managed = managedBy.find(({ version }) => version && nodeVersion.includes(version))
    const service = managed?.service ?? (name.startsWith('aks-') ? 'azure/aks' : undefined)
    add(findings, service, service, cells.slice(5).reverse(), knowledge)
  }
  return findings
}

/** A node is in its managed cluster, and on a machine of its cloud; of a cloud that is not told, it is only somewhere. */
function add(
  { found, notUnderstood }: Findings,
  at: string | undefined,
  managed: string | undefined,
  written: readonly (string | undefined)[],
  { places, services, regions }: Knowledge,
): void {
  const clouds = at === undefined ? nodeClouds : [at.slice(0, at.indexOf('/'))]
  const placed = clouds.flatMap(cloud => written.flatMap(word => places.named(cloud, word ?? '') ?? []))
  const place: Place = placed[0] ?? nowhere
  const cloud = regions.get(place.region ?? '')?.provider ?? clouds[0]
  const machine = [...machines.values()].find(service => service.startsWith(`${cloud}/`))
  const used = new Set([managed, at === undefined && place.region === null ? undefined : machine])
  const known = [...used].filter(service => service !== undefined && services.has(service))
  for (const service of known) if (service) found.push({ service, ...place, count: 1 } satisfies Finding)
  if (known.length === 0 && place.region !== null)
    found.push({ use: { kind: 'region', region: place.region }, count: 1 })
  else if (known.length === 0 || place.region === null) notUnderstood.push({ kind: 'place', what: 'Node', count: 1 })
}

/** The cloud that a node's own identifier names, and its service of machines. */
const machines: ReadonlyMap<string, string> = new Map(
  Object.entries({
    aws: 'aws/ec2',
    azure: 'azure/virtual-machines',
    gce: 'google/compute-engine',
    oci: 'oracle/compute',
    digitalocean: 'digitalocean/droplets',
    linode: 'linode/compute',
    hcloud: 'hetzner/cloud',
    scaleway: 'scaleway/instances',
  }),
)

/** Who manages a cluster, by labels of its nodes or by the version of them. */
const managedBy: readonly { label: string; version?: string; service: string }[] = [
  { label: 'eks.amazonaws.com/', version: '-eks-', service: 'aws/eks' },
  { label: 'cloud.google.com/gke-', version: '-gke.', service: 'google/gke' },
  { label: 'kubernetes.azure.com/', service: 'azure/aks' },
  { label: 'doks.digitalocean.com/', service: 'digitalocean/kubernetes' },
  { label: 'lke.linode.com/', service: 'linode/kubernetes' },
  { label: 'k8s.scaleway.com/', service: 'scaleway/kapsule' },
]

/** Where a label alone tells the region: the clouds whose codes it may be, the likeliest first. */
const nodeClouds: readonly string[] = [
  'aws',
  'azure',
  'google',
  'oracle',
  'digitalocean',
  'linode',
  'hetzner',
  'scaleway',
  'ovh',
  'ibm',
]
