import type { Event } from '../../shared/domain/events.ts'
import type { StackFacts } from '../../shared/domain/reason.ts'
import type { Stack, Use } from '../../shared/domain/stack.ts'

const STACKS = 1_000
const USES = 20
/** An incident of one of these services concerns a hundredth of the stacks. */
const SHARED_SERVICES = 100
const REGIONS = ['aws/us-east-1', 'aws/eu-west-1', 'aws/eu-central-1', 'aws/ap-south-1', 'aws/sa-east-1']

const lambdaLike = (service: string, region: string): Use => ({
  kind: 'service',
  service: `aws/${service}`,
  regions: [region],
  zones: [],
})

/** A thousand stacks of twenty uses: one that a hundredth of them has, others that no incident here is about. */
export const thousandStacks: readonly Stack[] = Array.from({ length: STACKS }, (_, n) => ({
  id: `s${n}`,
  name: `Stack ${n}`,
  uses: [
    lambdaLike(`shared-${n % SHARED_SERVICES}`, 'aws/us-east-1'),
    ...Array.from({ length: USES - 1 }, (_, use) =>
      lambdaLike(`other-${(n * 7 + use * 13) % 200}`, REGIONS[use % REGIONS.length] ?? 'aws/us-east-1'),
    ),
  ],
}))

export const channelOfStack = (n: number): string => `stack/s${n}`

export const noFacts: StackFacts = {
  stacks: new Map(thousandStacks.map(stack => [stack.id, stack])),
  services: new Map(),
  dependencies: () => [],
  siteOf: () => null,
}

/** An incident of one shared service after the other, as workers append it: without the channels of stacks. */
export const incidentOf = (sequence: number): Event => ({
  id: `1764028800000-${1_000 + sequence}`,
  type: 'incident.updated',
  at: '2026-11-24T12:00:00.000Z',
  channels: ['all', 'status', 'provider/aws', 'region/aws/us-east-1', 'country/us'],
  data: {
    ...{ id: 'aws-status/errors', provider: 'aws', kind: 'incident', title: 'Increased error rates' },
    ...{ status: 'investigating', rawStatus: null, impact: 'minor', scope: 'regional', url: null, saidAt: null },
    ...{ startedAt: '2026-11-24T11:52:00.000Z', updatedAt: '2026-11-24T12:00:00.000Z', resolvedAt: null },
    ...{ scheduledFor: null, scheduledUntil: null, everRegions: [], entries: [] },
    regions: ['aws/us-east-1'],
    services: ['Shared'],
    serviceIds: [`aws/shared-${sequence % SHARED_SERVICES}`],
  },
})
