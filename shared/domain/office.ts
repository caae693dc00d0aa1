import { z } from 'zod'
import { RegionId, Slug } from './primitives.ts'

/** What the sources file says beside its sources, for every page. */
export const Office = z.object({
  /** True where simulated providers feed the store; every page and answer says so. */
  simulated: z.boolean(),
  /** The regions that matter to this office; they come first until a reader chooses their own. */
  mine: z.array(RegionId),
  /** Whether readers' browsers may measure how far they are from the endpoints that are probed. */
  roundTrips: z.boolean().default(false),
  /** The office's walls by their names: what each is set to, as an address would say it. */
  walls: z.record(Slug, z.record(z.string().max(40), z.string().max(4000))).default({}),
})
export type Office = z.infer<typeof Office>

/** Before any sources file was read. */
export const noOffice: Office = { simulated: false, mine: [], walls: {}, roundTrips: false }
