import { z } from 'zod'
import { Slug, WebUrl } from '../domain/primitives.ts'
import { StatusFormat } from '../domain/source.ts'
import { inWords, strict } from '../yaml/yaml-file.ts'

const Id = inWords(Slug, 'is not an id: use up to 64 of a-z, 0-9 and inner hyphens')
const Name = inWords(z.string().trim().min(1).max(80), 'is not a name: use up to 80 characters')
const Address = inWords(WebUrl, 'is not a web address: write it like https://status.example.com')
const Domain = inWords(
  z.string().regex(/^(?:[a-z0-9][a-z0-9-]{0,61}\.){1,6}[a-z]{2,24}$/),
  'is not a host: write it like example.com, in small letters',
)

/** A place of its own with a status page of its own. The first one has the vendor's. */
const SiteRow = strict({ id: Id, url: Address.optional(), home: Address.optional() })

/** One line of a vendors' file, which is named for the category. */
const VendorRow = strict({
  id: Id,
  name: Name,
  aliases: z.array(Name).default([]),
  domains: z.array(Domain).default([]),
  kind: StatusFormat.optional(),
  url: Address.optional(),
  /** Its page for readers, where it is not `url`. */
  home: Address.optional(),
  /** The id of its source, where it is not the vendor's. */
  source: Id.optional(),
  /** No program was seen to read this address. */
  isUnsure: z.boolean().default(false),
  sites: z.array(SiteRow).default([]),
}).superRefine(({ kind, url, home, sites }, context) => {
  const refuse = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message })
  if ((kind === undefined) !== (url === undefined)) refuse('kind', 'and url belong together: write both or neither')
  if (url === undefined && home === undefined) refuse('home', 'is missing: write the address of its status page')
  for (const [at, site] of sites.entries())
    if ((site.url === undefined) !== (at === 0))
      context.addIssue({
        code: 'custom',
        path: ['sites', at],
        message: 'has no url, or the first one has: only the first has none',
      })
})
export type VendorRow = z.infer<typeof VendorRow>

export const VendorFile = strict({ vendors: z.array(VendorRow) })
