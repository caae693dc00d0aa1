import { storageOrNull } from '../browser.ts'
import type { LiveState } from '../live/live.svelte.ts'
import { basePath } from '../ui/paths.ts'
import { keepAwake, type WakeLockDeps, type WakeLockState } from './display.ts'
import {
  awaitBuild,
  CHECK_INTERVAL_MS,
  checkVitals,
  mayReload,
  type PendingBuild,
  type ReloadMemory,
  reloadMemory,
  type Vitals,
} from './watchdog.ts'

export type SelfHealingDeps = Pick<WakeLockDeps, 'wakeLock' | 'document'> & {
  live: Pick<LiveState, 'phase' | 'isOutdated' | 'servedBuild' | 'lastHeardAt' | 'wake'>
  screen: string
  /** Whether an announcement is on, which a reload would cut short. */
  isAnnouncing: () => boolean
  /** Whether the server says that it is ready. Never rejects. */
  isReady: () => Promise<boolean>
  reload: () => void
  reloads: ReloadMemory
  frame: (run: () => void) => void
  /** ms since the epoch */
  now: () => number
  /** ms of a monotonic clock */
  ticks: () => number
  random: () => number
  warn: (line: string) => void
}

/**
 * Keeps an unattended wall running: keeps the screen awake, reconnects soon after the server returns, and reloads the
 * page when it is stuck or a new build is served. It reloads only while the server is ready, and within a limit.
 */
function selfHealing(deps: SelfHealingDeps) {
  let awake = $state<WakeLockState>('asked')
  let pending: PendingBuild | null = null
  let vitals: Vitals = { checkedAt: deps.ticks(), drawnAt: deps.ticks(), heartbeatAt: deps.ticks() }
  let lastHeardAt = deps.live.lastHeardAt
  let isAsking = false

  async function reload(why: string): Promise<void> {
    if (isAsking || !mayReload(deps.reloads.past(), deps.now())) return
    isAsking = true
    const isReady = await deps.isReady()
    isAsking = false
    if (!isReady) return
    deps.reloads.add(deps.now())
    deps.warn(`Nephoscope reloads this page: ${why}`)
    deps.reload()
  }

  const check = () => {
    const now = deps.ticks()
    const { live } = deps
    if (live.lastHeardAt !== lastHeardAt) {
      lastHeardAt = live.lastHeardAt
      vitals = { ...vitals, heartbeatAt: now }
    }
    const visible = deps.document.visibilityState === 'visible'
    const { verdict, ...checked } = checkVitals(vitals, { now, visible, listening: live.phase.kind !== 'locked' })
    vitals = checked.vitals
    pending = awaitBuild(pending, live.isOutdated ? live.servedBuild : null, deps.screen, now)
    if (verdict.kind === 'stopped') void reload(reasons[verdict.what])
    else if (pending !== null && now >= pending.dueAt && !deps.isAnnouncing()) void reload('there is a new build')
    deps.frame(() => {
      vitals = { ...vitals, drawnAt: deps.ticks() }
    })
  }

  const checking = setInterval(check, CHECK_INTERVAL_MS)
  const release = keepAwake({
    ...deps,
    onstate: next => {
      awake = next
    },
  })
  const stopReconnecting = reconnectOnReturn({
    ...deps,
    isLost: () => deps.live.phase.kind !== 'live' && deps.live.phase.kind !== 'locked',
    reconnect: deps.live.wake,
  })

  return {
    get awake() {
      return awake
    },
    stop() {
      clearInterval(checking)
      release()
      stopReconnecting()
    },
  }
}

const reasons = { frames: 'it draws no more', heartbeat: 'the server is there, but its line is silent' }

/** Average interval of readiness checks; each is random, so that screens do not ask together. */
const READY_CHECK_INTERVAL_MS = 2_000

/** Time for a reconnection before the next attempt while the server is ready. */
const RECONNECT_TIMEOUT_MS = 8_000

export type ReconnectDeps = Pick<SelfHealingDeps, 'isReady' | 'ticks' | 'random'> & {
  isLost: () => boolean
  reconnect: () => void
}

/**
 * Reconnects a wall within seconds of the server's return. The connection itself waits up to ten seconds between
 * attempts, because there may be thousands of pages; walls are few. Returns a function that stops it.
 */
export function reconnectOnReturn({ isLost, isReady, reconnect, ticks, random }: ReconnectDeps): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  let wasReady = false
  let attemptedAt = Number.NEGATIVE_INFINITY

  const check = async () => {
    if (isLost()) {
      const ready = await isReady()
      if (!isStopped && ready && isLost() && (!wasReady || ticks() - attemptedAt > RECONNECT_TIMEOUT_MS)) {
        attemptedAt = ticks()
        reconnect()
      }
      wasReady = ready
    } else wasReady = false
    if (!isStopped) schedule()
  }
  const schedule = () => {
    timer = setTimeout(() => void check(), READY_CHECK_INTERVAL_MS * (0.75 + random() / 2))
  }

  schedule()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

const READY_TIMEOUT_MS = 3_000

/**
 * Starts self-healing in this window.
 * @param screen identifies this screen
 * @param isAnnouncing whether an announcement is on, which a reload would cut short
 */
export const startSelfHealing = (
  window: Window,
  live: LiveState,
  screen: string,
  isAnnouncing: () => boolean,
): ReturnType<typeof selfHealing> =>
  selfHealing({
    live,
    isAnnouncing,
    screen,
    reloads: reloadMemory(storageOrNull(() => window.sessionStorage)),
    document: window.document,
    wakeLock: wakeLockOf(window.navigator),
    isReady: () =>
      fetch(`${basePath}/readyz`, { cache: 'no-store', signal: AbortSignal.timeout(READY_TIMEOUT_MS) }).then(
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

/** Undefined on plain http from another machine, in spite of the DOM types. */
const wakeLockOf = (navigator: Navigator): WakeLock | undefined => navigator.wakeLock
