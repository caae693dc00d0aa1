import type { LiveState } from '../live/live.svelte.ts'
import { basePath } from '../ui/paths.ts'
import { type Awaited, awaitBuild, mayReload, type ReloadMemory, reloadMemory } from './reload.ts'
import { type Awake, keepAwake, type WakeLockDeps } from './wake-lock.ts'
import { LOOK_EVERY, look, type Vitals, watchReturn } from './watchdog.ts'

export type EnduranceDeps = Pick<WakeLockDeps, 'wakeLock' | 'document'> & {
  live: Pick<LiveState, 'phase' | 'outdated' | 'servedBuild' | 'lastHeardAt' | 'wake'>
  /** What tells this screen from the others. */
  screen: string
  /** Whether something is announced that must not be cut short. */
  announcing: () => boolean
  /** Whether the server says that it is ready. Never rejects. */
  answers: () => Promise<boolean>
  reload: () => void
  reloads: ReloadMemory
  frame: (run: () => void) => void
  /** ms since the epoch */
  now: () => number
  /** ms of a clock that nobody sets */
  ticks: () => number
  /** In [0, 1). */
  random: () => number
  warn: (line: string) => void
}

type Endurance = ReturnType<typeof endurance>

/**
 * Keeps a wall right for months without a touch: keeps the screen awake, has the line back soon after the server, reloads the
 * page when it stands still, and for a new build. Never a reload that the server is not there to answer, nor more than a few.
 */
function endurance(deps: EnduranceDeps) {
  let awake = $state<Awake>('asked')
  let awaited: Awaited | null = null
  let vitals: Vitals = { lookedAt: deps.ticks(), framedAt: deps.ticks(), signedAt: deps.ticks() }
  let heardAt = deps.live.lastHeardAt
  let asking = false

  async function reload(why: string): Promise<void> {
    if (asking || !mayReload(deps.reloads.past(), deps.now())) return
    asking = true
    const answered = await deps.answers()
    asking = false
    if (!answered) return
    deps.reloads.add(deps.now())
    deps.warn(`Nephoscope reloads this page: ${why}`)
    deps.reload()
  }

  const onLook = () => {
    const now = deps.ticks()
    const { live } = deps
    if (live.lastHeardAt !== heardAt) {
      heardAt = live.lastHeardAt
      vitals = { ...vitals, signedAt: now }
    }
    const seen = look(vitals, {
      now,
      visible: deps.document.visibilityState === 'visible',
      listening: live.phase.kind !== 'locked',
    })
    vitals = seen.vitals
    awaited = awaitBuild(awaited, live.outdated ? live.servedBuild : null, deps.screen, now)
    if (seen.verdict.kind === 'stopped')
      void reload(seen.verdict.what === 'frames' ? 'it draws no more' : 'the server is there, but its line is silent')
    else if (awaited !== null && now >= awaited.dueAt && !deps.announcing()) void reload('there is a new build')
    deps.frame(() => {
      vitals = { ...vitals, framedAt: deps.ticks() }
    })
  }

  const looking = setInterval(onLook, LOOK_EVERY)
  const release = keepAwake({
    ...deps,
    on: next => {
      awake = next
    },
  })
  const endWatch = watchReturn({
    ...deps,
    lost: () => deps.live.phase.kind !== 'live' && deps.live.phase.kind !== 'locked',
    wake: deps.live.wake,
  })

  return {
    /** Whether the browser keeps the screen awake. */
    get awake() {
      return awake
    },
    stop() {
      clearInterval(looking)
      release()
      endWatch()
    },
  }
}

/** How long the server may take to say whether it is ready, ms. */
const READY_WITHIN = 3_000

/**
 * The endurance of a wall in this window.
 * @param screen what tells it from others
 * @param announcing whether something must not be cut short
 */
export const pageEndurance = (window: Window, live: LiveState, screen: string, announcing: () => boolean): Endurance =>
  endurance({
    live,
    announcing,
    screen,
    reloads: reloadMemory(stored(() => window.sessionStorage)),
    document: window.document,
    wakeLock: wakeLockOf(window.navigator),
    answers: () =>
      fetch(`${basePath}/readyz`, { cache: 'no-store', signal: AbortSignal.timeout(READY_WITHIN) }).then(
        answer => answer.ok,
        () => false,
      ),
    reload: () => window.location.reload(),
    frame: run => window.requestAnimationFrame(run),
    now: Date.now,
    ticks: () => performance.now(),
    random: Math.random,
    warn: line => console.info(line),
  })

/** Not there on plain http from another machine, whatever the types say. */
const wakeLockOf = (navigator: Navigator): WakeLock | undefined => navigator.wakeLock

/** Browsers throw on the mere mention of a storage that is forbidden. */
function stored(storage: () => Storage): Storage | null {
  try {
    return storage()
  } catch {
    return null
  }
}
