import { z } from 'zod'
import { didYouMean } from '../../../shared/domain/nearest.ts'
import { nearest, type Position } from '../../../shared/domain/nearest-regions.ts'
import { Pop, Region, RegionStatus } from '../../../shared/domain/region.ts'
import type { Status } from '../../../shared/domain/status.ts'
import { foldAccents } from '../../../shared/domain/text.ts'
import { type AddCommand, action, examples, limitOption } from '../command.ts'
import { statusCell, tableLines, timeText } from '../print.ts'
import { Refusal, type Server } from '../server.ts'
import { parseStatus } from './status.ts'

const RegionNow = z.object({ ...Region.shape, status: RegionStatus.nullable() })
/** `km` from the place that was asked for; null without one. */
export type NearNow = z.infer<typeof RegionNow> & { km: number | null }

export type RegionQuery = {
  near?: string | undefined
  provider?: string | undefined
  country?: string | undefined
  status?: Status | undefined
}

/** Open regions with their status; the nearest first where a place is given. */
export async function readRegions(server: Server, { near, ...query }: RegionQuery): Promise<NearNow[]> {
  const { regions } = await server.get('api/regions', query, z.object({ regions: z.array(RegionNow) }))
  const place = near === undefined ? null : await findPlace(near, server)
  const byId = new Map(regions.map(one => [one.id, one]))
  return nearest(
    regions.filter(({ state }) => state !== 'announced'),
    place,
  ).flatMap(({ region, km }) => {
    const now = byId.get(region.id)
    return now ? [{ ...now, km: km === null ? null : Math.round(km) }] : []
  })
}

export const addRegions: AddCommand = program =>
  program
    .command('regions')
    .summary('regions of the clouds, by status or by distance')
    .description('Regions of the clouds and their status; with --near the nearest first.')
    .option('--near <place>', "a city of a region or an edge location, an airport's code, or 48.2,16.4")
    .option('--provider <id>', 'of one cloud: azure')
    .option('--country <code>', 'in one country: NL')
    .option('--status <status>', 'only in this state: degraded', parseStatus)
    .addOption(limitOption(1000))
    .addHelpText(
      'after',
      examples(
        ['nephoscope regions --near vienna --limit 5', 'where to go from here'],
        ['nephoscope regions --near 52.1,5.1 --provider azure', 'by coordinates'],
        ['nephoscope regions --status major', 'what is down'],
      ),
    )
    .action(
      action(async ({ server, print }, { limit, ...query }: RegionQuery & { limit: number }) => {
        const regions = (await readRegions(server, query)).slice(0, limit)
        print.answer(regions, paint =>
          regions.length === 0
            ? ['nothing']
            : tableLines(
                ['status', 'region', 'name', 'city', 'km', 'since'],
                regions.map(({ id, name, city, country, km, status }) => [
                  statusCell(status?.status ?? 'unknown'),
                  ...[id, name, `${city}, ${country}`, km === null ? '' : String(km), timeText(status?.since ?? null)],
                ]),
                paint,
              ),
        )
        return 0
      }),
    )

/** Coordinates, a city of a region or of an edge location, or an airport. @throws {Refusal} where there is none */
async function findPlace(text: string, server: Server): Promise<Position> {
  const numbers = text.trim().split(/[\s,;]+/)
  if (numbers.length === 2 && numbers.every(one => /^-?\d{1,3}(?:\.\d+)?$/.test(one))) {
    const [lat = 0, lon = 0] = numbers.map(Number)
    if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) return { lat, lon }
    throw new Refusal(`--near '${text.slice(0, 40)}' is no place: latitude is at most 90, longitude at most 180`)
  }
  const [{ regions }, { pops }] = await Promise.all([
    server.get('api/regions', {}, z.object({ regions: z.array(RegionNow) })),
    server.get('api/pops', {}, z.object({ pops: z.array(Pop) })),
  ])
  const wanted = foldAccents(text.trim())
  const places = new Map<string, Position>()
  for (const { iata, lat, lon } of pops) places.set(iata.toLowerCase(), { lat, lon })
  for (const { city, lat, lon } of [...pops, ...regions]) places.set(foldAccents(city), { lat, lon })
  const name = [...places.keys()].find(one => one === wanted) ?? [...places.keys()].find(one => one.startsWith(wanted))
  const found = wanted === '' || name === undefined ? undefined : places.get(name)
  if (found) return found
  throw new Refusal(
    `--near '${text.slice(0, 40)}' is no city of a region or of an edge location${didYouMean(wanted, places.keys()) || ': give its coordinates, such as 48.2,16.4'}`,
  )
}
