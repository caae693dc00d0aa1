import { z } from 'zod'
import {
  Outcome,
  type Screen,
  type ScreenCommand,
  type ScreenId,
  type ScreenPicture,
  Screens,
  ScreensChange,
} from '../../shared/domain/screen.ts'
import type { AdminAccess } from '../live/admin-access.svelte.ts'
import type { LiveSocket, SocketUse } from '../live/connection.ts'
import type { Words } from '../words/en/page.ts'
import type { WallsWords } from '../words/wall-words.ts'

export type WallsDeskDeps = {
  admin: AdminAccess
  /** Uses the socket of the page; returns how to stop. */
  extend: (use: SocketUse) => () => void
  words: () => Words
  say: () => WallsWords
}

export type WallsDesk = ReturnType<typeof wallsDesk>

/**
 * `asking`: the first answer is still to come; `locked`: it needs the admin token, or another one; `watching`: what is shown is told as
 * it happens; `closed`: this server has no admin token.
 */
export type WallsPhase = 'asking' | 'locked' | 'watching' | 'closed'

/** How a wish went, in plain words. */
export type WallsWish = { done: boolean; text: string }

/** How long an answer may take, ms. */
const ANSWER_WITHIN_MS = 10_000

/** What a person does with the screens on walls: sees them as they are, and has them do things. */
export function wallsDesk({ admin, extend, words, say: walls }: WallsDeskDeps) {
  let phase = $state<WallsPhase>(admin.token === null ? 'locked' : 'asking')
  let refused = $state(false)
  let screens = $state.raw<ReadonlyMap<ScreenId, Screen>>(new Map())
  let pictures = $state.raw<ReadonlyMap<ScreenId, ScreenPicture>>(new Map())
  let waiting = $state<number | null>(null)
  let socket: LiveSocket | null = null

  const take = ({ removed, ...change }: z.infer<typeof ScreensChange>, base = { screens, pictures }) => {
    const [nextScreens, nextPictures] = [new Map(base.screens), new Map(base.pictures)]
    for (const screen of change.screens) nextScreens.set(screen.id, screen)
    for (const picture of change.pictures) nextPictures.set(picture.id, picture)
    for (const id of removed) {
      nextScreens.delete(id)
      nextPictures.delete(id)
    }
    screens = nextScreens
    pictures = nextPictures
    waiting = change.waiting
  }

  async function watch(): Promise<void> {
    const { token } = admin
    if (token === null || !socket?.connected) return
    const answer = await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('watchScreens', token)
    const all = answer.ok ? Screens.safeParse(answer.value).data : undefined
    if (all !== undefined) {
      take({ ...all, removed: [] }, { screens: new Map(), pictures: new Map() })
      phase = 'watching'
      refused = false
    } else if (!answer.ok && answer.error === 'unauthorized') {
      admin.keep(null)
      phase = 'locked'
      refused = true
    } else if (!answer.ok && answer.error.startsWith('there is no admin token')) phase = 'closed'
  }

  const use: SocketUse = opened => {
    socket = opened
    const onConnect = () => void watch().catch(() => undefined)
    const onScreens = (given: unknown) => {
      const change = ScreensChange.safeParse(given).data
      if (change) take(change)
    }
    opened.on('connect', onConnect)
    opened.on('screens', onScreens)
    if (opened.connected) onConnect()
    return () => {
      if (opened.connected) opened.emit('unwatchScreens')
      opened.off('connect', onConnect)
      opened.off('screens', onScreens)
    }
  }

  /** What the server says against it; null when it did it. */
  async function refusal(answer: Response | null): Promise<string | null> {
    const say = walls()
    if (answer?.ok) return null
    if (answer === null) return say.unreachable
    if (answer.status === 401) {
      phase = 'locked'
      refused = true
      return words().sourcePage.wrongToken
    }
    if (answer.status === 429) return words().sourcePage.tooManyTokens
    return say.refused(Fault.safeParse(await answer.json().catch(() => null)).data?.error ?? String(answer.status))
  }

  async function wish(answer: Response | null, done: string): Promise<WallsWish> {
    const against = await refusal(answer)
    return against === null ? { done: true, text: done } : { done: false, text: against }
  }

  return {
    get phase() {
      return phase
    },
    /** Whether the token that was given last was not accepted. */
    get refused() {
      return refused
    },
    get screens() {
      return screens
    },
    get pictures() {
      return pictures
    },
    /** How many show a code; null where reading is open and none needs to. */
    get waiting() {
      return waiting
    },
    /** Begins to follow the screens; returns how to stop. */
    start: () => extend(use),
    /** Goes on with this admin token. */
    unlock(token: string): void {
      admin.keep(token)
      phase = 'asking'
      refused = false
      void watch().catch(() => undefined)
    },
    /** Has a screen do something; `name` is what it is called in the answer. */
    async command(id: ScreenId, name: string, command: ScreenCommand): Promise<WallsWish> {
      const answer = await admin.ask(`/api/screens/${id}/commands`, 'POST', command)
      const say = walls()
      const against = await refusal(answer)
      if (against !== null) return { done: false, text: against }
      const outcome = Done.safeParse(await answer?.json().catch(() => null)).data?.outcome ?? 'unanswered'
      const kept = ['pin', 'unpin', 'mute', 'unmute'].includes(command.kind)
      return {
        done: outcome === 'shown',
        text: outcome !== 'shown' && kept ? say.keptFor(name) : say.outcomes[outcome](name),
      }
    },
    rename: async (id: ScreenId, name: string, place: string): Promise<WallsWish> =>
      wish(await admin.ask(`/api/screens/${id}`, 'PATCH', { name, place }), walls().renamed(name)),
    admit: async (code: string, name: string, place: string): Promise<WallsWish> =>
      wish(await admin.ask('/api/screens', 'POST', { code, name, place }), walls().admitted(name)),
    /** Withdraws its admission, or forgets one that needs none. */
    remove: async ({ id, admittedAt }: Pick<Screen, 'id' | 'admittedAt'>, name: string): Promise<WallsWish> =>
      wish(
        await admin.ask(`/api/screens/${id}`, 'DELETE'),
        admittedAt === null ? walls().forgotten(name) : walls().withdrawn(name),
      ),
    announce: async (text: string, level: string, until: string | null): Promise<WallsWish> =>
      wish(await admin.ask('/api/notices', 'POST', { text, level, until }), walls().announced),
    withdrawNotice: async (id: string): Promise<WallsWish> =>
      wish(await admin.ask(`/api/notices/${id}`, 'DELETE'), walls().noticeWithdrawn),
  }
}

const Fault = z.object({ error: z.string() })
const Done = z.object({ outcome: Outcome })
