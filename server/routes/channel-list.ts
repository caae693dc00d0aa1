import { z } from 'zod'
import type { Channel, CountryOf } from '../../shared/domain/channels.ts'
import { checkChannels } from '../subscriptions.ts'

/** Channels that one request may name. */
const MOST_CHANNELS = 200

/**
 * The parameter `channels`: comma-separated. A region that is not in the catalogue is refused like anything else that would
 * stay silent for ever.
 */
export const channelList = (countryOf: CountryOf) =>
  z
    .string()
    .max(8192)
    .transform((value, context): Channel[] => {
      const channels = value.split(',').filter(Boolean)
      if (channels.length > MOST_CHANNELS)
        context.addIssue({ code: 'custom', message: `at most ${MOST_CHANNELS} channels; use provider/<id> or all` })
      const checked = checkChannels(channels, countryOf)
      if (!checked.ok) context.addIssue({ code: 'custom', message: checked.error })
      return channels
    })
