import { z } from 'zod'
import { Slug, text, WebUrl } from './primitives.ts'

export const vendorCategories = [
  'cloud',
  'cdn-network',
  'hosting',
  'code-delivery',
  'registry-packages',
  'data',
  'observability',
  'identity-security',
  'payments',
  'messaging-email',
  'ai',
  'collaboration',
  'support-crm',
  'other',
] as const

/** A product that teams depend on, as pages and programs get it. Its id is the `provider` of its sources. */
export const Vendor = z.object({
  id: Slug,
  name: text(80),
  /** Abbreviations, former names, products. Each means one vendor only. */
  aliases: z.array(text(80)),
  /** Hosts of its own, without those below them. */
  domains: z.array(text(120)),
  category: z.enum(vendorCategories),
  /** Its status page for readers. */
  home: WebUrl,
  /** Whether its status can be read, so that it can be watched by its name. */
  hasSource: z.boolean(),
  /** Places of its own that a team chooses: 'us1', or the cloud region that it lies in: 'aws-eu-west-1'. */
  sites: z.array(Slug),
})
export type Vendor = z.infer<typeof Vendor>

/** What a vendor says of the cloud regions that its site runs in. `isCertain`: there, and nowhere else. */
export const Dependency = z.object({
  vendor: Slug,
  site: Slug,
  region: text(129),
  isCertain: z.boolean(),
  /** Where it says so, in words. */
  source: text(120),
})
export type Dependency = z.infer<typeof Dependency>

/** The list of vendors. `siteSources`: the site that a source of the list reports on, by the source's id. */
export const VendorList = z.object({
  vendors: z.array(Vendor),
  dependencies: z.array(Dependency),
  siteSources: z.record(Slug, Slug),
})
export type VendorList = z.infer<typeof VendorList>
