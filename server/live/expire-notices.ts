import { isOver, type Notice } from '../../shared/domain/notice.ts'

/** How often is looked, in ms. */
const EVERY_MS = 5_000

export type ExpireDeps = {
  notices: () => Iterable<Notice>
  withdraw(id: string): Promise<unknown>
  now: () => number
  log: { warn(fields: object, message: string): void }
}

/** Withdraws notices whose time is past. Every server does, and the store lets one of them tell of it. */
export function expireNotices({ notices, withdraw, now, log }: ExpireDeps): { stop(): void } {
  const timer = setInterval(() => {
    for (const notice of notices())
      if (isOver(notice, now()))
        withdraw(notice.id).catch(error =>
          log.warn({ notice: notice.id, error: String(error) }, 'a notice could not be withdrawn; trying again'),
        )
  }, EVERY_MS)
  return { stop: () => clearInterval(timer) }
}
