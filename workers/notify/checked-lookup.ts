import { type LookupAddress, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { SendDeps } from './target.ts'

/** A lookup for the socket itself, so that a name cannot come to mean another address after the check. */
export const checkedLookup =
  (checkHost: SendDeps['checkHost']): LookupFunction =>
  (hostname, options, callback) => {
    const give = (all: LookupAddress[]) => {
      const [first] = all
      if (first === undefined) return callback(new Error('name not found'), '')
      return options.all ? callback(null, all) : callback(null, first.address, first.family)
    }
    lookup(hostname, { ...options, all: true }, (error, all) => {
      if (error) return callback(error, '')
      Promise.all(all.map(({ address }) => checkHost(address))).then(
        () => give(all),
        refused => callback(refused, ''),
      )
    })
  }
