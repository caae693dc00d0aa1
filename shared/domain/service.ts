import { z } from 'zod'
import { text } from './primitives.ts'

/** `<provider>/<service>`: `aws/lambda`. Of the form of a region's id, and never one. */
export const ServiceId = z.string().regex(/^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/)
export type ServiceId = z.infer<typeof ServiceId>

export const serviceCategories = [
  'compute',
  'containers',
  'serverless',
  'storage',
  'database',
  'network',
  'messaging',
  'analytics',
  'ai',
  'identity',
  'security',
  'devtools',
  'management',
  'other',
] as const

/** What a cloud offers, as pages and programs get it. */
export const Service = z.object({
  id: ServiceId,
  name: text(120),
  /** Abbreviations, old names, other names of feeds. */
  aliases: z.array(text(120)),
  category: z.enum(serviceCategories),
  /** `zonal`: a resource of it can be pinned to one zone of its region. */
  scope: z.enum(['regional', 'zonal', 'global']),
  /** The wider service that it is a part of, by which feeds may name it. */
  under: ServiceId.nullable(),
  /** Everything of its provider stands on it: identity, control plane, the network itself. */
  isBroad: z.boolean(),
  /** From 1, by how many teams are thought to use it; orders lists, and means nothing else. */
  rank: z.int().positive(),
})
export type Service = z.infer<typeof Service>
