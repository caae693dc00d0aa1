import { z } from 'zod'
import { type Findings, findingsOf, type Knowledge, type Resource } from './finding.ts'
import { attributesOf, type Place } from './places.ts'
import { armTargets, cloudOf } from './terraform.ts'

/** What `pulumi stack export` prints. @see https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_export/ */
const Export = z.object({ deployment: z.object({ resources: z.array(z.unknown()) }) })

const PulumiResource = z.object({
  urn: z.string().max(4000),
  type: z.string().max(200),
  id: z.string().max(2048).optional().catch(undefined),
  /** The urn of the provider's resource, `::`, and an id. */
  provider: z.string().max(4000).catch(''),
  /** Only read, not ours. */
  external: z.boolean().catch(false),
  custom: z.boolean().catch(true),
  inputs: z.unknown().optional(),
  outputs: z.unknown().optional(),
})
type PulumiResource = z.infer<typeof PulumiResource>

export function readPulumi(document: unknown, knowledge: Knowledge): Findings | null {
  const exported = Export.safeParse(document)
  if (!exported.success) return null
  const resources = exported.data.deployment.resources.flatMap(one => {
    const resource = PulumiResource.safeParse(one)
    return resource.success ? [resource.data] : []
  })
  const homes = new Map<string, Place>()
  for (const { urn, type, inputs } of resources) {
    const provider = type.startsWith('pulumi:providers:') ? type.slice('pulumi:providers:'.length) : ''
    if (provider !== '') homes.set(urn, knowledge.places.of(cloudOf(provider), attributesOf(inputs)))
  }
  const ours = resources.filter(({ type, external, custom }) => !external && custom && !type.startsWith('pulumi:'))
  return findingsOf(
    ours.map((resource): Resource => {
      const { type, provider, outputs, id } = resource
      const cloud = cloudOf(type.slice(0, type.indexOf(':')))
      const own = knowledge.places.of(cloud, { id, ...attributesOf(outputs) })
      const home = homes.get(provider.slice(0, provider.lastIndexOf('::')))
      const place = own.region === null && !own.isUnknown ? (home ?? own) : own
      return { type, targets: targetsOf(resource, knowledge), place, count: 1 }
    }),
    knowledge,
  )
}

/** `aws:lambda/function:Function` → aws/lambda, by the type that Terraform, CloudFormation or Azure has for it. */
function targetsOf({ type, outputs }: PulumiResource, { types, vendors }: Knowledge): readonly string[] {
  const [provider = '', path = '', name = ''] = type.split(':')
  const module = path.split('/')[0] ?? ''
  if (provider === 'aws-native') return types.cloudformation(`AWS::${module}::${name}`)
  if (provider === 'azure-native') {
    const namespace = `microsoft.${module}`.toLowerCase()
    const singular = name.toLowerCase()
    const plurals = [`${singular}s`, `${singular}es`, singular.replace(/y$/, 'ies'), singular]
    const kind = attributesOf(outputs).kind
    for (const plural of plurals) {
      const targets = armTargets(azureNames.get(`${module}:${name}`) ?? `${namespace}/${plural}`, types.arm, kind)
      if (targets.length > 0) return targets
    }
    return []
  }
  const prefix = terraformPrefixes.get(provider) ?? provider
  const snake = name.replace(/(?<=[a-z0-9])[A-Z]/g, capital => `_${capital}`).toLowerCase()
  const { kind, engine } = attributesOf(outputs)
  // aws:lambda/function:Function is aws_lambda_function. Some modules are not in Terraform's names: aws:ec2/vpc:Vpc is
  // aws_vpc, azure:core/resourceGroup:ResourceGroup is azurerm_resource_group.
  const [whole, short] = [`${prefix}_${module}_${snake}`, `${prefix}_${snake}`]
  const isLoose = module === 'ec2' || provider === 'azure'
  for (const terraform of [...(isLoose ? [short, whole] : [whole, short]), `${prefix}_ec2_${snake}`]) {
    const targets = types.terraform(terraform, kind ?? engine)
    if (targets.length > 0 && !targets.some(target => target.endsWith('/other'))) return targets
  }
  return vendors.has(provider) && cloudOf(provider) === '' ? [provider] : []
}

const terraformPrefixes: ReadonlyMap<string, string> = new Map(Object.entries({ azure: 'azurerm', gcp: 'google' }))

/** Types whose name is none of Azure's in the singular. */
const azureNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'web:WebApp': 'microsoft.web/sites',
    'network:Subnet': 'microsoft.network/virtualnetworks/subnets',
    'storage:Blob': 'microsoft.storage/storageaccounts/blobs',
    'storage:BlobContainer': 'microsoft.storage/storageaccounts/containers',
    'sql:Database': 'microsoft.sql/servers/databases',
  }),
)
