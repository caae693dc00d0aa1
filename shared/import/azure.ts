import { z } from 'zod'
import { type Findings, findingsOf, type Knowledge, type Resource } from './finding.ts'
import type { Attributes } from './places.ts'
import { armTargets } from './terraform.ts'

/** A template of Resource Manager. @see https://learn.microsoft.com/en-us/azure/azure-resource-manager/templates/syntax */
const Template = z.object({ contentVersion: z.string(), resources: z.unknown().optional() })

const TemplateResource = z.object({
  type: z.string().max(200),
  location: z.string().optional().catch(undefined),
  kind: z.string().optional().catch(undefined),
  sku: z.object({ name: z.string() }).optional().catch(undefined),
  existing: z.boolean().catch(false),
  resources: z.unknown().optional(),
  properties: z
    .object({ template: z.object({ resources: z.unknown().optional() }) })
    .optional()
    .catch(undefined),
})

/** A template of Azure; null for anything else. A place is often an expression, which says nothing. */
export function readArmTemplate(document: unknown, knowledge: Knowledge): Findings | null {
  const template = Template.safeParse(document)
  if (!template.success) return null
  const resources: Resource[] = []
  const open = listed(template.data.resources, '')
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const resource = TemplateResource.safeParse(next.value)
    if (!resource.success || resource.data.existing) continue
    const { location, kind, sku, properties } = resource.data
    // A child may be written short in its parent: databases in Microsoft.Sql/servers.
    const type =
      next.parent === '' || resource.data.type.includes('.')
        ? resource.data.type
        : `${next.parent}/${resource.data.type}`
    if (type.length > MAX_TYPE_CHARACTERS) continue
    open.push(...listed(resource.data.resources, type), ...listed(properties?.template.resources, ''))
    if (type.toLowerCase() === 'microsoft.resources/deployments') continue
    resources.push(azureResource(type, { location, kind, sku_name: sku?.name }, knowledge))
  }
  return findingsOf(resources, knowledge)
}

const MAX_TYPE_CHARACTERS = 200

/** The resources of a list, or of a map by symbolic names. */
function listed(resources: unknown, parent: string): { value: unknown; parent: string }[] {
  const values = typeof resources === 'object' && resources !== null ? Object.values(resources) : []
  return values.map(value => ({ value, parent }))
}

/** Expressions in brackets are no places. */
export function azureResource(type: string, attributes: Attributes, { types, places }: Knowledge, count = 1): Resource {
  const { location, kind, sku_name } = attributes
  const said = location?.startsWith('[') ? { ...attributes, location: undefined } : attributes
  return { type, targets: armTargets(type, types.arm, kind ?? sku_name), place: places.of('azure', said), count }
}

const bicepResource =
  /^[ \t]{0,40}resource[ \t]{1,20}\w{1,100}[ \t]{1,20}'([A-Za-z][\w./-]{1,190})@[\w-]{1,60}'[ \t]{0,20}(existing[ \t]{0,20})?=/gm
const bicepLocation = /^[ \t]{1,40}location[ \t]{0,20}:[ \t]{0,20}'([A-Za-z0-9 ]{2,40})'/m

/** Bicep, of which only the types of resources and places written in place are read; null for a text with none. */
export function readBicep(text: string, knowledge: Knowledge): Findings | null {
  const starts = [...text.matchAll(bicepResource)]
  if (starts.length === 0) return null
  const resources = starts.flatMap(({ 1: type = '', 2: existing, index }, at): Resource[] => {
    if (existing !== undefined) return []
    const body = text.slice(index, starts[at + 1]?.index).slice(0, 4000)
    return [azureResource(type, { location: bicepLocation.exec(body)?.[1] }, knowledge)]
  })
  return findingsOf(resources, knowledge)
}
