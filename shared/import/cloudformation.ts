import { z } from 'zod'
import { type Findings, findingsOf, type Knowledge, type Resource } from './finding.ts'
import { attributesOf, nowhere, type Place } from './places.ts'

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const Template = z.object({ Resources: z.record(z.string(), z.unknown()) })
const TemplateResource = z.object({ Type: z.string().max(200), Properties: z.unknown().optional() })

/** A template of CloudFormation, CDK or SAM; null for anything else. It does not say in which region it is deployed. */
export function readTemplate(document: unknown, knowledge: Knowledge): Findings | null {
  const template = Template.safeParse(document)
  if (!template.success) return null
  const resources = Object.values(template.data.Resources).flatMap((one): Resource[] => {
    const resource = TemplateResource.safeParse(one)
    if (!resource.success || isNoService(resource.data.Type)) return []
    const { Type, Properties } = resource.data
    const attributes = attributesOf(Properties)
    const targets = knowledge.types.cloudformation(Type, attributes.engine)
    return [{ type: Type, targets, place: knowledge.places.of('aws', attributes), count: 1 }]
  })
  return resources.length === 0 ? null : findingsOf(resources, knowledge)
}

/** What `list-stack-resources` and `describe-stack-resources` print. */
const Listed = z.union([
  z.object({ StackResourceSummaries: z.array(z.unknown()) }).transform(list => list.StackResourceSummaries),
  z.object({ StackResources: z.array(z.unknown()) }).transform(list => list.StackResources),
])
const ListedResource = z.object({
  ResourceType: z.string().max(200),
  PhysicalResourceId: z.string().optional().catch(undefined),
  StackId: z.string().optional().catch(undefined),
})

/** The resources of a stack that is deployed; null for anything else. All are in the region of any that says one. */
export function readStackResources(document: unknown, knowledge: Knowledge): Findings | null {
  const listed = Listed.safeParse(document)
  if (!listed.success) return null
  const rows = listed.data.flatMap(one => {
    const row = ListedResource.safeParse(one)
    return row.success && !isNoService(row.data.ResourceType) ? [row.data] : []
  })
  const placeOf = ({ StackId, PhysicalResourceId }: (typeof rows)[number]): Place =>
    knowledge.places.of('aws', { arn: StackId ?? PhysicalResourceId })
  const home = rows.map(placeOf).find(({ region }) => region !== null)
  return findingsOf(
    rows.map((row): Resource => {
      const place = placeOf(row)
      return {
        type: row.ResourceType,
        targets: knowledge.types.cloudformation(row.ResourceType),
        place: place.region === null ? (home ?? nowhere) : place,
        count: 1,
      }
    }),
    knowledge,
  )
}

const isNoService = (type: string): boolean =>
  /^(?:Custom::|AWS::CDK::|AWS::CloudFormation::(?:CustomResource|WaitCondition))/.test(type) || !type.includes('::')
