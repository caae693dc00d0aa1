import type { Current } from '../../server/live/current.ts'
import { type Known, knownNames, type NameSources } from '../../server/live/known-channels.ts'
import type { CountryOf } from '../../shared/domain/channels.ts'
import type { ChannelFacts } from '../../shared/domain/snapshot.ts'

/** What the server composes of a state and of what exists; without more, nothing but what is watched exists. */
export function namesOf(
  current: Current,
  { countryOf = () => undefined, ...more }: Partial<NameSources> & { countryOf?: CountryOf } = {},
): { known: Known; channelFacts: ChannelFacts } {
  const catalogue = { providers: new Map(), regions: new Map() }
  return {
    known: knownNames({ catalogue, services: new Map(), vendors: new Map(), current, ...more }),
    channelFacts: {
      countryOf,
      get stacksOf() {
        return current.stacks.of
      },
    },
  }
}
