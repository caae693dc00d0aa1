import { z } from 'zod'
import type { RegionId } from '../domain/primitives.ts'
import { type Findings, findingsOf, type Knowledge, type Resource } from './finding.ts'
import { Attributes, nowhere, type Place } from './places.ts'

/** A resource in a state or plan, with what is needed to place it. */
type Read = {
  type: string
  /** 'aws' */
  provider: string
  /** The configuration of the provider that made it; '' where the format does not say. */
  configuration: string
  /** Ours, and not only looked up. */
  isManaged: boolean
  instances: readonly Attributes[]
}

/** State of version 4. @see https://developer.hashicorp.com/terraform/language/state */
const State = z.object({ version: z.literal(4), resources: z.array(z.unknown()) })

const StateResource = z.object({
  mode: z.string(),
  type: z.string().max(200),
  provider: z.string().max(1000),
  instances: z.array(z.object({ attributes: Attributes.nullish(), attributes_flat: Attributes.nullish() }).catch({})),
})

/** The state file of Terraform or OpenTofu; null for anything else. */
export function readTerraformState(document: unknown, knowledge: Knowledge): Findings | null {
  const state = State.safeParse(document)
  if (!state.success) return null
  const reads = state.data.resources.flatMap((one): Read[] => {
    const resource = StateResource.safeParse(one)
    if (!resource.success) return []
    const { mode, type, provider, instances } = resource.data
    return [
      {
        type,
        // module.x.provider["registry.terraform.io/hashicorp/aws"].west
        provider: provider.match(/([a-z0-9-]{1,64})"\]/i)?.[1] ?? '',
        configuration: provider,
        isManaged: mode === 'managed',
        instances: instances.map(({ attributes, attributes_flat }) => attributes ?? attributes_flat ?? {}),
      },
    ]
  })
  return findingsOf(resourcesOf(reads, new Map(), knowledge), knowledge)
}

const Module = z.object({ resources: z.array(z.unknown()).catch([]), child_modules: z.array(z.unknown()).catch([]) })
const Values = z.object({ root_module: z.unknown().optional() })

/** What `terraform show -json` prints of a state or a plan. @see https://developer.hashicorp.com/terraform/internals/json-format */
const Shown = z.object({
  format_version: z.string(),
  values: Values.optional(),
  planned_values: Values.optional(),
  configuration: z
    .object({ provider_config: z.record(z.string(), z.unknown()).catch({}) })
    .optional()
    .catch(undefined),
})

const ShownResource = z.object({
  mode: z.string(),
  type: z.string().max(200),
  provider_name: z.string().max(1000).catch(''),
  values: Attributes.nullish(),
})

const ProviderConfiguration = z.object({
  name: z.string(),
  expressions: z.object({ region: z.object({ constant_value: z.string() }) }),
})

/** A state or a plan, as `terraform show -json` prints it; null for anything else. */
export function readTerraformShow(document: unknown, knowledge: Knowledge): Findings | null {
  const shown = Shown.safeParse(document)
  const values = shown.data?.planned_values ?? shown.data?.values
  if (!shown.success || values === undefined) return null
  const reads: Read[] = []
  const modules: unknown[] = [values.root_module]
  for (let next = modules.pop(); next !== undefined; next = modules.pop()) {
    const module = Module.safeParse(next)
    if (!module.success) continue
    for (const child of module.data.child_modules) modules.push(child)
    for (const one of module.data.resources) {
      const resource = ShownResource.safeParse(one)
      if (!resource.success) continue
      const { mode, type, provider_name, values: attributes } = resource.data
      const provider = provider_name.slice(provider_name.lastIndexOf('/') + 1)
      const isManaged = mode === 'managed'
      reads.push({ type, provider, configuration: '', isManaged, instances: [attributes ?? {}] })
    }
  }
  const configured = Object.values(shown.data.configuration?.provider_config ?? {}).flatMap(one => {
    const found = ProviderConfiguration.safeParse(one)
    return found.success ? [found.data] : []
  })
  const homes = new Map<string, RegionId | null>()
  for (const { name, expressions } of configured)
    meet(homes, ` ${name}`, knowledge.places.named(cloudOf(name), expressions.region.constant_value)?.region)
  return findingsOf(resourcesOf(reads, homes, knowledge), knowledge)
}

const resourceLine = /^[ \t]{0,20}resource[ \t]{1,20}"([a-z][a-z0-9_-]{1,100})"[ \t]{1,20}"[^"\n]{1,200}"/gm
const providerBlock =
  /^provider[ \t]{1,20}"([a-z0-9-]{1,64})"[ \t]{0,20}\{[^}]{0,2000}?^[ \t]{1,20}region[ \t]{0,20}=[ \t]{0,20}"([a-z0-9-]{1,40})"/gm

/** Terraform's own language, of which only the types of resources and the regions of providers are read. */
export function readTerraformCode(text: string, knowledge: Knowledge): Findings | null {
  const reads = [...text.matchAll(resourceLine)].map(([, type = '']): Read => {
    const provider = type.slice(0, type.indexOf('_'))
    return { type, provider, configuration: '', isManaged: true, instances: [{}] }
  })
  if (reads.length === 0) return null
  const homes = new Map<string, RegionId | null>()
  for (const [, name = '', region = ''] of text.matchAll(providerBlock))
    meet(homes, ` ${name}`, knowledge.places.named(cloudOf(name), region)?.region)
  return findingsOf(resourcesOf(reads, homes, knowledge), knowledge)
}

/** @param homes the only region of a provider's configuration, by `<configuration> <provider>`; null: it has several */
function* resourcesOf(
  reads: readonly Read[],
  homes: Map<string, RegionId | null>,
  { places, types, vendors }: Knowledge,
): Iterable<Resource> {
  const targetsOf = ({ type, provider }: Read, attributes: Attributes): readonly string[] => {
    if (type === 'azapi_resource') return armTargets(attributes.type ?? '', types.arm)
    // Cloud Control's types are those of CloudFormation: awscc_ec2_nat_gateway.
    const [, module, name] = /^awscc_([a-z0-9]{1,60})_(\w{1,100})$/.exec(type) ?? []
    if (name !== undefined) return types.cloudformation(`AWS::${module}::${name.replaceAll('_', '')}`)
    const targets = types.terraform(type, attributes.kind ?? attributes.engine)
    return targets.length === 0 && vendors.has(provider) && cloudOf(provider) === '' ? [provider] : targets
  }
  const parents = new Map<string, RegionId>()
  const placed = new Map<Attributes, Place>()
  for (const { provider, configuration, instances } of reads) {
    const cloud = cloudOf(provider)
    if (cloud === '') continue
    for (const attributes of instances) {
      const place = places.of(cloud, attributes)
      placed.set(attributes, place)
      if (place.region === null) continue
      if (cloud === 'azure' && attributes.id) parents.set(attributes.id.toLowerCase(), place.region)
      // A configuration of AWS speaks to one region.
      if (cloud === 'aws') meet(homes, `${configuration} ${provider}`, place.region)
    }
  }
  for (const read of reads) {
    if (!read.isManaged || toolProviders.has(read.provider)) continue
    for (const attributes of read.instances) {
      const place = placed.get(attributes) ?? nowhere
      const home = () =>
        regionOfParent(attributes.id, parents) ?? homes.get(`${read.configuration} ${read.provider}`) ?? null
      const region = place.region ?? (place.isUnknown ? null : home())
      yield { type: read.type, targets: targetsOf(read, attributes), place: { ...place, region }, count: 1 }
    }
  }
}

/** Remembers a region; null where there is another one already. */
function meet(homes: Map<string, RegionId | null>, key: string, region: RegionId | null | undefined): void {
  if (region) homes.set(key, homes.has(key) && homes.get(key) !== region ? null : region)
}

/** Two thirds of Azure's types have no place of their own: it is that of what they are in, at last the resource group. */
export function regionOfParent(id: string | undefined, parents: ReadonlyMap<string, RegionId>): RegionId | null {
  if (!id?.startsWith('/')) return null
  let path = id.toLowerCase()
  while (path !== '') {
    const region = parents.get(path)
    if (region !== undefined) return region
    path = path.slice(0, path.lastIndexOf('/'))
  }
  return null
}

/** `Microsoft.Sql/servers/databases@2023-08-01` → what it belongs to, or else what it is a part of does. */
export function armTargets(written: string, arm: Knowledge['types']['arm'], variant?: string): readonly string[] {
  let type = written.toLowerCase().replace(/@.{0,60}$/, '')
  while (type.includes('/')) {
    const targets = arm(type, variant)
    if (targets.length > 0) return targets
    type = type.slice(0, type.lastIndexOf('/'))
  }
  return []
}

/** Terraform's name of a provider → ours; '' for one without regions. */
export const cloudOf = (provider: string): string => clouds.get(provider) ?? ''

const clouds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    aws: 'aws',
    awscc: 'aws',
    azurerm: 'azure',
    azapi: 'azure',
    azure: 'azure',
    'azure-native': 'azure',
    'aws-native': 'aws',
    google: 'google',
    'google-beta': 'google',
    gcp: 'google',
    digitalocean: 'digitalocean',
    linode: 'linode',
    hcloud: 'hetzner',
    ovh: 'ovh',
    scaleway: 'scaleway',
    oci: 'oracle',
    ibm: 'ibm',
    alicloud: 'alibaba',
    vultr: 'vultr',
  }),
)

/** Providers whose resources run nowhere. */
const toolProviders: ReadonlySet<string> = new Set(
  'archive,assert,cloudinit,external,http,local,null,random,template,terraform,time,tls'.split(','),
)
