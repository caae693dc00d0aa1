import type { Status } from '../../shared/domain/status.ts'

/** How high a state is drawn, as a share: the worse, the higher, so that colour is not the only sign. */
export const heightOf: Readonly<Record<Status, number>> = {
  unknown: 0.5,
  operational: 0.22,
  under_maintenance: 0.4,
  degraded_performance: 0.55,
  partial_outage: 0.78,
  major_outage: 1,
}
