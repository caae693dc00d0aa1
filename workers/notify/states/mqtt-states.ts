import { pathOf } from '../../../shared/domain/pages.ts'
import type { Provider, Region, RegionStatus } from '../../../shared/domain/region.ts'
import { type Stack, usesOf } from '../../../shared/domain/stack.ts'
import type { Status } from '../../../shared/domain/status.ts'
import type { MqttConfig } from '../targets/mqtt.ts'

export type KnownStates = {
  stacks: readonly { stack: Stack; status: Status }[]
  /** The same stacks by id, for those that stand on others. */
  byId: ReadonlyMap<string, Stack>
  statuses: ReadonlyMap<string, RegionStatus>
  /** Nothing is rolled up any more: no region is known. */
  isUnwatched: boolean
}
export type Names = { regions: ReadonlyMap<string, Region>; providers: ReadonlyMap<string, Provider> }

export const availabilityTopic = ({ prefix }: Pick<MqttConfig, 'prefix'>): string => `${prefix}/availability`

/** Topics below which everything retained is ours; what is not in `retainedOf` is cleared. */
export const ownTopics = ({ prefix, discoveryPrefix }: MqttConfig): string[] => [
  `${prefix}/stack/+/status`,
  `${prefix}/region/+/+/status`,
  `${discoveryPrefix}/+/${prefix}/+/config`,
]

/**
 * What a broker keeps: topic → payload. Pure. A status is one word, `operational` to `major_outage`, or `unknown` where
 * it is not known now. @param publicUrl of the page, which Home Assistant links to
 */
export function retainedOf(
  { stacks, byId, statuses, isUnwatched }: KnownStates,
  config: MqttConfig,
  { regions, providers }: Names,
  publicUrl: string | undefined,
): Map<string, string> {
  const retained = new Map<string, string>()
  const add = (topic: string, entity: Entity, status: Status) => {
    retained.set(topic, isUnwatched ? 'unknown' : status)
    if (!config.homeAssistant) return
    for (const [component, payload] of discoveryOf(topic, entity, config))
      retained.set(
        `${config.discoveryPrefix}/${component}/${config.prefix}/${entity.id}/config`,
        JSON.stringify(payload),
      )
  }
  const page = (path: string) => (publicUrl === undefined ? null : publicUrl + path)
  for (const { stack, status } of stacks) {
    const id = `stack_${stack.id}`
    const device = { id, name: stack.name, url: page(`/?stack=${stack.id}`) }
    add(`${config.prefix}/stack/${stack.id}/status`, { id, name: 'Status', device }, status)
  }
  for (const id of regionsOf(stacks, byId, statuses, config)) {
    const region = regions.get(id)
    const status = statuses.get(id)?.status ?? 'unknown'
    if (region === undefined) continue
    const { provider, code } = region
    const device = {
      id: `provider_${provider}`,
      name: providers.get(provider)?.name ?? provider,
      url: page(pathOf({ name: 'provider', provider })),
    }
    add(
      `${config.prefix}/region/${provider}/${code}/status`,
      { id: `region_${provider}_${code}`, name: code, device },
      status,
    )
  }
  return retained
}

function regionsOf(
  stacks: KnownStates['stacks'],
  byId: KnownStates['byId'],
  statuses: KnownStates['statuses'],
  config: MqttConfig,
): Set<string> {
  if (config.regions === 'all') return new Set(statuses.keys())
  const uses = stacks.flatMap(({ stack }) => usesOf(stack, byId))
  return new Set(
    uses.flatMap(({ use }) => (use.kind === 'region' ? [use.region] : use.kind === 'service' ? use.regions : [])),
  )
}

type Entity = { id: string; name: string; device: { id: string; name: string; url: string | null } }

/**
 * A sensor with the status, and a binary one that is on while there is trouble: a lamp can follow it. 'None' makes
 * Home Assistant show it as not known.
 * @see https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery
 */
function discoveryOf(topic: string, { id, name, device }: Entity, config: MqttConfig): [string, object][] {
  const common = {
    state_topic: topic,
    availability_topic: availabilityTopic(config),
    origin: { name: 'Nephoscope', support_url: 'https://github.com/nephoscope/nephoscope' },
    device: {
      identifiers: [`${config.prefix}_${device.id}`],
      name: device.name,
      manufacturer: 'Nephoscope',
      ...(device.url === null ? {} : { configuration_url: device.url }),
    },
  }
  const uniqueId = `${config.prefix}_${id}`
  return [
    [
      'sensor',
      {
        ...common,
        name,
        unique_id: uniqueId,
        device_class: 'enum',
        options: statesOf.ON.concat(statesOf.OFF),
        value_template: "{{ 'None' if value == 'unknown' else value }}",
      },
    ],
    [
      'binary_sensor',
      {
        ...common,
        name: `${name} problem`,
        unique_id: `${uniqueId}_problem`,
        device_class: 'problem',
        value_template: `{{ ${JSON.stringify(templateStates).replaceAll('"', "'")}.get(value, 'None') }}`,
      },
    ],
  ]
}

const statesOf: Readonly<Record<'ON' | 'OFF', Status[]>> = {
  ON: ['degraded_performance', 'partial_outage', 'major_outage'],
  OFF: ['operational', 'under_maintenance'],
}
const templateStates = Object.fromEntries(
  Object.entries(statesOf).flatMap(([state, statuses]) => statuses.map(status => [status, state])),
)
