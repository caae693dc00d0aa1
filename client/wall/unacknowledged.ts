import { z } from 'zod'
import { RecordId } from '../../shared/domain/primitives.ts'

const KEY = 'nephoscope.wall'
/** More than anybody could be told of. */
const MOST = 200

/** What nobody had acknowledged on this screen when it was last open. `storage` may be forbidden: null. */
export function readUnacknowledged(storage: Pick<Storage, 'getItem'> | null): RecordId[] {
  try {
    return z
      .array(RecordId)
      .max(MOST)
      .catch([])
      .parse(JSON.parse(storage?.getItem(KEY) ?? '[]'))
  } catch {
    return []
  }
}

/** Keeps it for the next time; a storage that is full keeps what it had. */
export function keepUnacknowledged(storage: Pick<Storage, 'setItem'> | null, ids: readonly RecordId[]): void {
  try {
    storage?.setItem(KEY, JSON.stringify(ids.slice(0, MOST)))
  } catch {
    // only the strip is lost, and only by a reload
  }
}
