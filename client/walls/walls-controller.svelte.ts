import { z } from 'zod'
import {
  Outcome,
  type Screen,
  type ScreenCommand,
  type ScreenId,
  Screens,
  ScreensChange,
  type Screenshot,
} from '../../shared/domain/screen.ts'
import type { AdminAccess } from '../live/admin-access.svelte.ts'
import type { LiveSocket, SocketUse } from '../live/connection.ts'
import type { Words } from '../words/en/page.ts'
import type { WallsWords } from '../words/wall-words.ts'

export type WallsControllerDeps = {
  admin: AdminAccess
  extend: (use: SocketUse) => () => void
  words: () => Words
  wallsWords: () => WallsWords
}

/**
 * `asking`: the first answer is pending; `locked`: the admin token is missing or wrong; `watching`: the screens are
 * shown live; `closed`: this server has no admin token.
 */
export type WallsPhase = 'asking' | 'locked' | 'watching' | 'closed'

export type ActionResult = { done: boolean; text: string }

const ANSWER_TIMEOUT_MS = 10_000

export function wallsController({ admin, extend, words, wallsWords }: WallsControllerDeps) {
  let phase = $state<WallsPhase>(admin.token === null ? 'locked' : 'asking')
  let isTokenRefused = $state(false)
  let screens = $state.raw<ReadonlyMap<ScreenId, Screen>>(new Map())
  let screenshots = $state.raw<ReadonlyMap<ScreenId, Screenshot>>(new Map())
  let waiting = $state<number | null>(null)
  let socket: LiveSocket | null = null

  const apply = ({ removed, ...change }: z.infer<typeof ScreensChange>, base = { screens, screenshots }) => {
    const [nextScreens, nextScreenshots] = [new Map(base.screens), new Map(base.screenshots)]
    for (const screen of change.screens) nextScreens.set(screen.id, screen)
    for (const screenshot of change.pictures) nextScreenshots.set(screenshot.id, screenshot)
    for (const id of removed) {
      nextScreens.delete(id)
      nextScreenshots.delete(id)
    }
    screens = nextScreens
    screenshots = nextScreenshots
    waiting = change.waiting
  }

  async function watch(): Promise<void> {
    const { token } = admin
    if (token === null || !socket?.connected) return
    const answer = await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck('watchScreens', token)
    const all = answer.ok ? Screens.safeParse(answer.value).data : undefined
    if (all !== undefined) {
      apply({ ...all, removed: [] }, { screens: new Map(), screenshots: new Map() })
      phase = 'watching'
      isTokenRefused = false
    } else if (!answer.ok && answer.error === 'unauthorized') {
      admin.keep(null)
      phase = 'locked'
      isTokenRefused = true
    } else if (!answer.ok && answer.error.startsWith('there is no admin token')) phase = 'closed'
  }

  const use: SocketUse = opened => {
    socket = opened
    const onConnect = () => void watch().catch(() => undefined)
    const onScreens = (given: unknown) => {
      const change = ScreensChange.safeParse(given).data
      if (change) apply(change)
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

  async function failureOf(answer: Response | null): Promise<string | null> {
    const say = wallsWords()
    if (answer?.ok) return null
    if (answer === null) return say.unreachable
    if (answer.status === 401) {
      phase = 'locked'
      isTokenRefused = true
      return words().sourcePage.wrongToken
    }
    if (answer.status === 429) return words().sourcePage.tooManyTokens
    return say.refused(Problem.safeParse(await answer.json().catch(() => null)).data?.detail ?? String(answer.status))
  }

  async function resultOf(answer: Response | null, success: string): Promise<ActionResult> {
    const failure = await failureOf(answer)
    return failure === null ? { done: true, text: success } : { done: false, text: failure }
  }

  return {
    get phase() {
      return phase
    },
    get isTokenRefused() {
      return isTokenRefused
    },
    get screens() {
      return screens
    },
    get screenshots() {
      return screenshots
    },
    /** How many screens show a code; null if reading needs no token. */
    get waiting() {
      return waiting
    },
    /** Starts to watch; returns a function that stops it. */
    start: () => extend(use),
    unlock(token: string): void {
      admin.keep(token)
      phase = 'asking'
      isTokenRefused = false
      void watch().catch(() => undefined)
    },
    /** Sends a command to a screen; `name` is for the result. */
    async command(id: ScreenId, name: string, command: ScreenCommand): Promise<ActionResult> {
      const answer = await admin.ask(`/api/screens/${id}/commands`, 'POST', command)
      const say = wallsWords()
      const failure = await failureOf(answer)
      if (failure !== null) return { done: false, text: failure }
      const outcome = OutcomeBody.safeParse(await answer?.json().catch(() => null)).data?.outcome ?? 'unanswered'
      const done = outcome === 'shown'
      const isKept = ['pin', 'unpin', 'mute', 'unmute'].includes(command.kind)
      return { done, text: !done && isKept ? say.keptFor(name) : say.outcomes[outcome](name) }
    },
    rename: async (id: ScreenId, name: string, place: string): Promise<ActionResult> =>
      resultOf(await admin.ask(`/api/screens/${id}`, 'PATCH', { name, place }), wallsWords().renamed(name)),
    admit: async (code: string, name: string, place: string): Promise<ActionResult> =>
      resultOf(await admin.ask('/api/screens', 'POST', { code, name, place }), wallsWords().admitted(name)),
    /** Withdraws the admission of a screen; forgets one that was not admitted by code. */
    remove: async ({ id, admittedAt }: Pick<Screen, 'id' | 'admittedAt'>, name: string): Promise<ActionResult> =>
      resultOf(
        await admin.ask(`/api/screens/${id}`, 'DELETE'),
        admittedAt === null ? wallsWords().forgotten(name) : wallsWords().withdrawn(name),
      ),
    announce: async (text: string, level: string, until: string | null): Promise<ActionResult> =>
      resultOf(await admin.ask('/api/notices', 'POST', { text, level, until }), wallsWords().announced),
    withdrawNotice: async (id: string): Promise<ActionResult> =>
      resultOf(await admin.ask(`/api/notices/${id}`, 'DELETE'), wallsWords().noticeWithdrawn),
  }
}

/** What of a refusal is told. @see https://www.rfc-editor.org/rfc/rfc9457 */
const Problem = z.object({ detail: z.string() })
const OutcomeBody = z.object({ outcome: Outcome })
