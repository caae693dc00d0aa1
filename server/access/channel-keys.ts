import type { Redis } from 'ioredis'
import { hasExpired } from '../../shared/domain/access.ts'
import type { Channel } from '../../shared/domain/channels.ts'
import { type Instant, toInstant } from '../../shared/domain/primitives.ts'
import {
  type ChannelKey,
  type ChannelKeyId,
  listChannelKeys,
  makeChannelKey,
  readChannelKey,
} from '../../shared/redis/channel-keys.ts'
import { channelKeyUses } from '../../shared/redis/last-uses.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import { sameSecret } from '../http/admission.ts'
import { lastUses } from './last-uses.ts'
import { oneAfterTheOther } from './one-after-the-other.ts'
import type { Signer } from './signer.ts'

export type ChannelKeysDeps = {
  redis: Redis
  signer: Pick<Signer, 'sign'>
  /** Keys end with it. */
  viewToken: string | undefined
  now: () => number
  log: { warn(fields: object, message: string): void }
  onInvalid: OnInvalid
}

export type ChannelKeys = {
  /** The key to a channel for whoever asks; null where there are too many. @param expiresAt null: it has no end */
  keyFor(by: string, channel: Channel, expiresAt?: Instant | null): Promise<string | null>
  /** Whether the key is this channel's. Rejects when only Redis could know and is away. */
  opens(key: string, channel: Channel): Promise<boolean>
  /** Reads the keys again: those that were revoked open nothing any more. */
  reload(): Promise<void>
}

/**
 * Keys to the documents of one channel, for readers that cannot send headers. A key is the id of its record and a
 * signature, so that each can be listed and revoked. They are kept here too: Redis is asked only about others.
 */
export function channelKeys({ redis, signer, viewToken = '', now, log, onInvalid }: ChannelKeysDeps): ChannelKeys {
  let known = new Map<ChannelKeyId, ChannelKey>()
  const uses = lastUses({ redis, now, log }, channelKeyUses, 'key')

  const textOf = ({ id, channel, nonce }: ChannelKey): string =>
    `${id}.${signer.sign('channel', channel, nonce, viewToken)}`

  const load = async () => {
    known = await listChannelKeys(redis, onInvalid)
    uses.forgetOthers(known)
  }

  return {
    async keyFor(by, channel, expiresAt = null) {
      const record = await makeChannelKey(redis, { channel, by, expiresAt, at: toInstant(now()) }, onInvalid)
      return record && textOf(record)
    },
    async opens(key, channel) {
      const [, id = ''] = /^([0-9a-f]{24})\.[\w-]{43}$/.exec(key) ?? []
      if (id === '') return false
      const isIts = (record?: ChannelKey) => record?.channel === channel && sameSecret(key, textOf(record))
      const kept = known.get(id)
      const record = isIts(kept) ? kept : await readChannelKey(redis, id, onInvalid)
      if (record === undefined || !isIts(record) || hasExpired(record, now())) return false
      known.set(id, record)
      uses.note(id)
      return true
    },
    reload: oneAfterTheOther(load),
  }
}
