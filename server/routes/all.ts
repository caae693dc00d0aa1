import { Article } from '../../shared/domain/article.ts'
import { Handling } from '../../shared/domain/handling.ts'
import { HistoryDay } from '../../shared/domain/history.ts'
import { Incident } from '../../shared/domain/incident.ts'
import { Notice } from '../../shared/domain/notice.ts'
import { Provider, Region, RegionStatus } from '../../shared/domain/region.ts'
import { Screen } from '../../shared/domain/screen.ts'
import { Snapshot } from '../../shared/domain/snapshot.ts'
import { Source } from '../../shared/domain/source.ts'
import { Component } from '../../shared/domain/status.ts'
import { openApi } from '../http/openapi.ts'
import { type Description, route } from '../http/route.ts'
import { getArticles } from './articles.ts'
import { getCalendar } from './calendar.ts'
import { getComponents } from './components.ts'
import { EventSchema, getEvents, getStream } from './events.ts'
import { postHandling } from './handlings.ts'
import { getHealth, getMetrics, getReadiness } from './health.ts'
import { getHistory } from './history.ts'
import { takeDelivery, takeWebhook, takeWebhookWithPath, verifyHub } from './hooks.ts'
import { getIncident, getIncidents } from './incidents.ts'
import { getFragment, getLedger, getLedgerTable } from './ledger.ts'
import { createNotice, deleteNotice, getNotices } from './notices.ts'
import { getFeed, getFeedKey } from './outward.ts'
import { createPairing, getPairing } from './pairing.ts'
import { getPopStatuses, getPops, getProbes, getRegion, getRegionFacts, getRegions } from './regions.ts'
import { commandScreen, createScreen, deleteScreen, getScreenPicture, getScreens, renameScreen } from './screens.ts'
import { getSearch } from './search.ts'
import { getServices } from './services.ts'
import { getCompactSnapshot, getCompactSnapshotTexts, getSnapshot } from './snapshot.ts'
import { getSource, getSources, pollSource } from './sources.ts'
import { getStack, getStacks } from './stacks.ts'
import { getStats } from './stats.ts'
import { statuspageRoutes } from './statuspages.ts'
import { badgeRoutes, frameRoutes } from './subjects.ts'
import { getVendors } from './vendors.ts'

const getOpenApi = route({
  method: 'get',
  path: '/api/openapi.json',
  summary: 'This.',
  details: 'These routes in OpenAPI 3.1, with an ETag.',
  query: {},
  answers: { 200: 'application/json' },
  access: 'view',
  cache: { maxAgeS: 0 },
  handle: (_request, { basePath }: { basePath: string }) => openApiText(basePath),
})

export const apiRoutes = [
  getSnapshot,
  getCompactSnapshot,
  getCompactSnapshotTexts,
  getEvents,
  getStream,
  getRegions,
  getRegion,
  getRegionFacts,
  getStacks,
  getStack,
  getComponents,
  getIncidents,
  getIncident,
  getLedger,
  getLedgerTable,
  getFragment,
  getHistory,
  getArticles,
  getSources,
  getSource,
  getProbes,
  getPops,
  getPopStatuses,
  getServices,
  getVendors,
  getSearch,
  getStats,
  getNotices,
  getFeedKey,
  getOpenApi,
]

export const adminRoutes = [pollSource, createNotice, deleteNotice]
export const screenRoutes = [getScreens, createScreen, renameScreen, commandScreen, getScreenPicture, deleteScreen]

/** Before the guard: they take secrets of their own. */
export const pairingRoutes = [createPairing, getPairing]
export const handlingRoutes = [postHandling]

/** What other sites and programs show, each in a format that they know already. */
export const outwardRoutes = [getFeed, getCalendar, ...badgeRoutes, ...frameRoutes, ...statuspageRoutes]

export const healthRoutes = [getHealth, getReadiness, getMetrics]

/** What others call when a source has news. */
export const hookRoutes = [verifyHub, takeDelivery, takeWebhook, takeWebhookWithPath]

const described: readonly Description[] = [
  ...apiRoutes,
  ...adminRoutes,
  ...screenRoutes,
  ...pairingRoutes,
  ...handlingRoutes,
  ...outwardRoutes,
  ...healthRoutes,
]

/** The OpenAPI document. Hooks are left out: their callers follow specifications of their own. */
export const openApiDocument = () =>
  openApi(described, {
    Article,
    Component,
    Event: EventSchema,
    Handling,
    HistoryDay,
    Incident,
    Notice,
    Provider,
    Region,
    RegionStatus,
    Screen,
    Snapshot,
    Source,
  })

const texts = new Map<string, string>()

/** Made at the first request, in some 30 ms. Under a path it names its server, for its paths begin at the origin. */
function openApiText(basePath: string): string {
  const made = texts.get(basePath)
  if (made !== undefined) return made
  const servers = basePath === '' ? {} : { servers: [{ url: basePath }] }
  const text = JSON.stringify({ ...openApiDocument(), ...servers })
  texts.set(basePath, text)
  return text
}
