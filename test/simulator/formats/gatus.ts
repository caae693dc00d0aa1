import { slugOf } from '../native-ids.ts'
import { componentsOf, jsonOf, openOn, statusesOf } from '../page-state.ts'
import type { Rendered, StatusPage, World } from '../world.ts'
import { iso } from './notation.ts'

/** Gatus: endpoints with their last result, up or down. @see https://github.com/TwiN/gatus#api */
export function gatusStatuses(page: StatusPage, world: World, now: number): Rendered {
  const statuses = statusesOf(page, openOn(page, world))
  return jsonOf(
    componentsOf(page).map(({ label, group, name }) => {
      const success = !/outage$/.test(statuses.get(label) ?? '')
      return {
        name,
        group: group ?? '',
        key: `${slugOf(group ?? '')}_${slugOf(name)}`,
        results: [
          {
            status: success ? 200 : 503,
            hostname: `${slugOf(name)}.invalid`,
            duration: 42_000_000,
            conditionResults: [{ condition: '[STATUS] == 200', success }],
            success,
            timestamp: iso(now - (now % 60_000)),
          },
        ],
      }
    }),
  )
}
