import './jitless.ts'
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css'
import '@fontsource-variable/atkinson-hyperlegible-mono/wght.css'
import './theme.css'
import './base.css'
import { mount } from 'svelte'
import { pageAt } from '../shared/domain/pages.ts'
import App from './app/App.svelte'
import { type AskServer, adminAccess } from './live/admin-access.svelte.ts'
import { LONGEST_WAIT } from './live/backoff.ts'
import type { FeedDeps } from './live/connection.ts'
import { pacedFrames } from './live/frame.ts'
import { liveState } from './live/live.svelte.ts'
import { browserStore, memory, noMemory } from './live/memory.ts'
import { desktopNotices, systemNotices } from './notifications/notifications.svelte.ts'
import { softTone } from './notifications/soft-tone.ts'
import { spokenState } from './notifications/spoken.svelte.ts'
import { choicesState } from './regions/choices.svelte.ts'
import { keepPage } from './service-worker/register.ts'
import { sourceDesk } from './sources/source-desk.svelte.ts'
import { clockState } from './ui/clock.svelte.ts'
import { navigationState } from './ui/navigation.svelte.ts'
import { identityKey, screenIdentity } from './wall/screen-identity.ts'
import { languageState } from './words/language.svelte.ts'

/** A snapshot that takes longer is asked for again, ms. */
const ANSWER_WITHIN = 15_000
const TOKEN = 'nephoscope.token'

/** A wall stays one: its address never changes under it. */
const isWall = pageAt(location.pathname)?.name === 'wall'
const identity = screenIdentity(
  isWall ? stored(() => localStorage) : null,
  identityKey(new URLSearchParams(location.search)),
  bytes => crypto.getRandomValues(bytes),
)

const feed: FeedDeps = {
  fetch: (address, headers) => fetch(address, { headers, signal: AbortSignal.timeout(ANSWER_WITHIN) }),
  // the first picture does not wait for the code of the line
  connect: async auth =>
    (await import('socket.io-client')).io({
      transports: ['websocket'],
      auth,
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: LONGEST_WAIT,
      randomizationFactor: 0.5,
    }),
  now: Date.now,
  random: Math.random,
  frame: pacedFrames(),
  token: () => (isWall ? identity.token : null) ?? stored(() => sessionStorage)?.getItem(TOKEN) ?? null,
  warn: line => console.warn(line),
}

const choices = choicesState(
  stored(() => localStorage),
  Intl.DateTimeFormat().resolvedOptions().timeZone,
)

const language = languageState({
  storage: stored(() => localStorage),
  wanted: navigator.languages,
  root: document.documentElement,
  warn: feed.warn,
})

const spoken = spokenState(feed.now, () => language.words)
const navigation = navigationState(window)
const tone = softTone(document, () => new AudioContext())
const notices = desktopNotices({
  ...systemNotices(window, navigation.go, feed.warn),
  storage: stored(() => localStorage),
  tone,
  watched: () => document.visibilityState === 'visible' && document.hasFocus(),
  words: () => language.words,
})

/** Inside somebody else's page nothing is left behind. */
const isFramed = window.top !== window
const remembered = isFramed
  ? noMemory
  : memory({
      store: browserStore('nephoscope', () => indexedDB),
      hasToken: () => feed.token() !== null,
      later: (run, ms) => setTimeout(run, ms),
      idle: whenIdle,
    })
const live = liveState(feed, remembered, {
  events: events => {
    spoken.hear(events, live.catalogue)
    tell(
      'events',
      events.map(event => event.id),
    )
  },
  picture: head => tell('picture', head),
  incidents: (before, after) => notices.hear(before, after, choices.mine, live.catalogue),
})
const ask: AskServer = (address, request) => fetch(address, { ...request, signal: AbortSignal.timeout(ANSWER_WITHIN) })
const desk = sourceDesk({
  words: () => language.words,
  ask,
  admin: adminAccess({ ask, storage: stored(() => sessionStorage) }),
  viewToken: feed.token,
})
const clock = clockState(() => feed.now() + live.skew)

const target = document.getElementById('app')
if (target) {
  const storage = stored(() => localStorage)
  const keepToken = (token: string) => stored(() => sessionStorage)?.setItem(TOKEN, token)
  const props = {
    live,
    clock,
    choices,
    language,
    navigation,
    desk,
    spoken,
    notices,
    identity,
    keepToken,
    storage,
    tone,
  }
  // the first words are said in the reader's own language, not in English first
  void language.ready.then(() => mount(App, { target, props }))
}

// what Vite serves while somebody works on the page must not be kept
if (!import.meta.hot && !isFramed) whenIdle(() => void keepPage(window, feed.warn))

/** Tells whoever watches the page from outside what it shows from now on: `docs/wall.md`. */
function tell(what: 'events' | 'picture', detail: unknown): void {
  dispatchEvent(new CustomEvent(`nephoscope:${what}`, { detail }))
}

/** When the browser has nothing better to do; Safari does not tell. */
function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: 5_000 })
  else setTimeout(run, 1_000)
}

/** Browsers throw on the mere mention of a storage that is forbidden. */
function stored(storage: () => Storage): Storage | null {
  try {
    return storage()
  } catch {
    return null
  }
}
