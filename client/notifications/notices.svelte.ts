import { untrack } from 'svelte'
import type { Incident } from '../../shared/domain/incident.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import type { Stack } from '../../shared/domain/stack.ts'
import type { Catalogue } from '../live/catalogue.ts'
import type { Standpoint } from '../stacks/standpoint.ts'
import { type OnDemand, onDemand } from '../ui/on-demand.svelte.ts'
import type { LanguageTag } from '../words/languages.ts'
import { NOTICES_KEY, PUSH_KEY, SOUND_KEY } from './notice-keys.ts'
import type { DesktopNotifications } from './notifications.svelte.ts'

export type Notices = ReturnType<typeof noticesState>

type NoticesDeps = {
  /** Keeps the reader's choices on this device; null where it is forbidden. */
  storage: Pick<Storage, 'getItem'> | null
  load: () => Promise<DesktopNotifications>
  idle: (run: () => void) => void
}

/** Notices of incidents, whose code is loaded at once only where the reader has turned some on before. */
export function noticesState({ storage, load, idle }: NoticesDeps) {
  const wasOn =
    [NOTICES_KEY, SOUND_KEY].some(key => storage?.getItem(key) === 'on') ||
    (storage?.getItem(PUSH_KEY) ?? null) !== null
  const desktop: OnDemand<DesktopNotifications> = onDemand(load, idle)
  /** In the order of the calls. */
  const whereOn = (run: (notices: DesktopNotifications) => void) => {
    if (wasOn || untrack(() => desktop.value) !== null) desktop.get().then(run, () => {})
  }
  whereOn(() => {})

  return {
    /** Null until they are loaded. */
    get value() {
      return desktop.value
    },
    get: desktop.get,
    get isAnyOn() {
      const { value } = desktop
      return value === null ? wasOn : value.isOn || value.hasSound || value.pushed.isOn
    },
    notify(
      before: ReadonlyMap<RecordId, Incident>,
      after: ReadonlyMap<RecordId, Incident>,
      standpoint: Standpoint,
      catalogue: Catalogue,
    ): void {
      whereOn(notices => notices.notify(before, after, standpoint, catalogue))
    },
    /** Tells the server of a change of the stack or the language where notices come while no page is open. */
    follow(stack: Stack | null, language: LanguageTag): void {
      whereOn(({ pushed }) => void pushed.follow(stack, language))
    },
  }
}
