import './jitless.ts'
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css'
import '@fontsource-variable/atkinson-hyperlegible-mono/wght.css'
import './theme.css'
import './base.css'
import './print.css'
import './app/first-view.css'
import { mount } from 'svelte'
import type { Incident } from '../shared/domain/incident.ts'
import App from './app/App.svelte'
import { dispatchMeasurement, pacedFrames, storageOrNull, whenIdle } from './browser.ts'
import { type AskServer, adminAccess } from './live/admin-access.svelte.ts'
import type { ConnectionDeps } from './live/connection.ts'
import { liveState } from './live/live.svelte.ts'
import { browserStore, memory, noMemory } from './live/memory.ts'
import { MAX_RETRY_DELAY_MS } from './live/snapshot-request.ts'
import { loadStackFacts } from './live/stack-facts.ts'
import { viewToken } from './live/view-token.ts'
import { announcerState } from './notifications/announcer.svelte.ts'
import { noticesState } from './notifications/notices.svelte.ts'
import { keepPage } from './service-worker/register.ts'
import { sourceController } from './sources/source-controller.svelte.ts'
import { ownStacks } from './stacks/own-stacks.svelte.ts'
import { clockState } from './ui/clock.svelte.ts'
import { historyPlaces } from './ui/history-places.ts'
import { navigationState } from './ui/navigation.svelte.ts'
import { basePath, pageAt } from './ui/paths.ts'
import { preferencesState } from './ui/preferences.svelte.ts'
import { identityKey, screenIdentity } from './wall/screen-identity.ts'
import { languageState } from './words/language.svelte.ts'

/** A request that takes longer fails. */
const REQUEST_TIMEOUT_MS = 15_000

const storage = storageOrNull(() => localStorage)
const tabStorage = storageOrNull(() => sessionStorage)
/** Inside another site's page nothing is stored. */
const isFramed = window.top !== window
const token = viewToken(tabStorage, isFramed ? null : storage)
const warn = (line: string) => console.warn(line)
const ask: AskServer = (address, request) =>
  fetch(basePath + address, { ...request, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })

/** A wall stays a wall: its address does not change while it runs. */
const isWall = pageAt(location.pathname)?.name === 'wall'
const screenKey = identityKey(new URLSearchParams(location.search))
const identity = screenIdentity(isWall ? storage : null, screenKey, bytes => crypto.getRandomValues(bytes))

/** Answers of this server were for this reader alone; with a session there is no token that would say so. */
let isPrivate = false

const connectionDeps: ConnectionDeps = {
  async fetch(address, headers) {
    const answer = await ask(address, { method: 'GET', headers })
    isPrivate ||= /\bprivate\b/.test(answer.headers.get('cache-control') ?? '')
    return answer
  },
  // loaded later, so that the first snapshot does not wait for its code
  connect: async auth =>
    (await import('socket.io-client')).io({
      path: `${basePath}/socket.io`,
      transports: ['websocket'],
      auth,
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: MAX_RETRY_DELAY_MS,
      randomizationFactor: 0.5,
    }),
  now: Date.now,
  random: Math.random,
  frame: pacedFrames(),
  token: () => (isWall ? identity.token : null) ?? token.current,
  warn,
}

const remembered = isFramed
  ? noMemory
  : memory({
      store: browserStore('nephoscope', () => indexedDB),
      hasToken: () => connectionDeps.token() !== null,
      isGuarded: () => isPrivate || connectionDeps.token() !== null,
      later: (run, ms) => setTimeout(run, ms),
      idle: whenIdle,
    })
const live = liveState(connectionDeps, remembered, {
  events: events => {
    const isListed = (incident: Incident) => own.chosen === null || own.standpoint.concern(incident) !== null
    announcer.announceEvents(events, live.catalogue, isListed)
    const ids = events.map(({ id }) => id)
    dispatchMeasurement('events', ids)
  },
  snapshot: head => dispatchMeasurement('picture', head),
  incidents: (before, after) => notices.notify(before, after, own.standpoint, live.catalogue),
})
const clock = clockState(
  () => Date.now(),
  () => live.skew,
)

const own = ownStacks({ storage, fromSettings: () => live.stacks, known: () => live.allRegions, load: loadStackFacts })
addEventListener('storage', own.reread)
const preferences = preferencesState(storage, Intl.DateTimeFormat().resolvedOptions().timeZone)
const places = historyPlaces(window, tabStorage)
const navigation = navigationState(window, places, ({ page, query }) => {
  // on a list of incidents `mine` is a filter; a wall has its own settings
  if (page?.name === 'dashboard') own.open(query)
  else if (page !== null && page.name !== 'wall') own.open({ get: name => (name === 'stack' ? query.get(name) : null) })
})
const language = languageState({ storage, wanted: navigator.languages, root: document.documentElement, warn })

const words = () => language.words
const announcer = announcerState(Date.now, () => language.first)
const loadNotices = async () => {
  const [{ browserNotices }] = await Promise.all([import('./notifications/browser-notices.ts'), language.load()])
  return browserNotices({
    storage,
    canSubscribe: !import.meta.hot && !isFramed,
    ask,
    token: connectionDeps.token,
    isOfSettings: id => live.stacks.some(stack => stack.id === id),
    go: navigation.go,
    words,
    warn,
  })
}
const notices = noticesState({ storage, load: loadNotices, idle: whenIdle })
const admin = adminAccess({ ask, storage: tabStorage, viewToken: connectionDeps.token })
const sources = sourceController({ words, ask, admin, viewToken: connectionDeps.token })

const target = document.getElementById('app')
if (target) {
  const props = {
    live,
    clock,
    own,
    preferences,
    language,
    navigation,
    sourceController: sources,
    announcer,
    notices,
    identity,
    viewToken: token,
    storage,
  }
  // the page is first drawn in the reader's own language
  void language.ready.then(() => mount(App, { target, props }))
}

// the development server's files must not be cached
if (!import.meta.hot && !isFramed) whenIdle(() => void keepPage(window, warn))
