import { z } from 'zod'
import { Country, Slug, text } from './primitives.ts'

/** `cloudflare/AMS` */
export const PopId = z.string().regex(/^[a-z0-9-]{1,64}\/[A-Z]{3}$/)
export type PopId = z.infer<typeof PopId>

/** An edge location (point of presence). Providers name theirs after the nearest airport. */
export const Pop = z.object({
  id: PopId,
  provider: Slug,
  /** IATA code. @see https://www.iata.org/en/publications/directories/code-search/ */
  iata: z.string().regex(/^[A-Z]{3}$/),
  city: text(80).min(1),
  country: Country,
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
})
export type Pop = z.infer<typeof Pop>
