import { z } from 'zod'
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
import { asyncApi } from '../http/asyncapi.ts'
import { type Group, openApi } from '../http/openapi.ts'
import { type Description, route } from '../http/route.ts'
import { StatuspageComponent, StatuspageIncident } from '../outward/statuspage-schema.ts'
import { getArticles } from './articles.ts'
import { getAudit } from './audit.ts'
import { getCalendar } from './calendar.ts'
import { cardRoutes } from './cards.ts'
import { getComponents } from './components.ts'
import { deleteDelivery, getDeliveries, replayDelivery } from './deliveries.ts'
import { EventSchema, getEvents, getStream } from './events.ts'
import { postHandling } from './handlings.ts'
import { getHealth, getMetrics, getReadiness } from './health.ts'
import { getHistory, getHours } from './history.ts'
import { takeDelivery, takeWebhook, takeWebhookWithPath, verifyHub } from './hooks.ts'
import { takePost, takePostWithPath } from './inbound.ts'
import { getIncident, getIncidents } from './incidents.ts'
import { deleteKey, getKeys } from './keys.ts'
import { getFragment, getLedger, getLedgerTable } from './ledger.ts'
import { createNotice, deleteNotice, getNotices } from './notices.ts'
import { getOEmbed } from './oembed.ts'
import { getFeed, getFeedKey } from './outward.ts'
import { createPairing, getPairing } from './pairing.ts'
import { parameterTexts } from './parameter-texts.ts'
import { getPicture } from './pictures.ts'
import { createPushSubscription, deletePushSubscription, getPushKey } from './push.ts'
import { getPopStatuses, getPops, getProbes, getRegion, getRegionFacts, getRegions } from './regions.ts'
import { commandScreen, createScreen, deleteScreen, getScreenPicture, getScreens, renameScreen } from './screens.ts'
import { getSearch } from './search.ts'
import { getServices } from './services.ts'
import { deleteSession, getSessions } from './sessions.ts'
import { beginSignIn, endSignIn, getSession, signOut } from './sign-in.ts'
import { getCompactSnapshot, getCompactSnapshotTexts, getSnapshot } from './snapshot.ts'
import { getSource, getSources, pollSource } from './sources.ts'
import { getStack, getStacks } from './stacks.ts'
import { getStats } from './stats.ts'
import { statuspageRoutes } from './statuspages.ts'
import { badgeRoutes, frameRoutes, incidentFrameRoute } from './subjects.ts'
import { createToken, deleteToken, getTokens, rotateToken } from './tokens.ts'
import { getVendors } from './vendors.ts'

const getOpenApi = route({
  method: 'get',
  path: '/api/openapi.json',
  summary: 'This.',
  details: 'These routes in OpenAPI 3.1, with an ETag.',
  query: {},
  answers: { 200: z.looseObject({ openapi: z.string() }), 304: null },
  access: 'view',
  cache: { maxAgeS: 0 },
  handle: (_request, { basePath }: { basePath: string }) => openApiText(basePath),
})

const getAsyncApi = route({
  method: 'get',
  path: '/api/asyncapi.json',
  summary: 'The socket and the stream in AsyncAPI 3.0.',
  details: 'With an ETag.',
  query: {},
  answers: { 200: z.looseObject({ asyncapi: z.string() }), 304: null },
  access: 'view',
  cache: { maxAgeS: 0 },
  handle: (_request, { basePath }: { basePath: string }) => asyncApiText(basePath),
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
  getHours,
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
  getAsyncApi,
]

/** How browsers ask to be told while no page is open. */
export const pushRoutes = [getPushKey, createPushSubscription, deletePushSubscription]

export const adminRoutes = [pollSource, createNotice, deleteNotice, getDeliveries, replayDelivery, deleteDelivery]
export const screenRoutes = [getScreens, createScreen, renameScreen, commandScreen, getScreenPicture, deleteScreen]

/** Who may do what. */
export const accessRoutes = [
  getTokens,
  createToken,
  rotateToken,
  deleteToken,
  getKeys,
  deleteKey,
  getSessions,
  deleteSession,
  getAudit,
]

/** Before the guard: they take secrets of their own. */
export const pairingRoutes = [createPairing, getPairing]
export const handlingRoutes = [postHandling]
export const signInRoutes = [getSession, beginSignIn, endSignIn, signOut]

/** What other sites and programs show, each in a format that they know already. */
export const documentRoutes = [
  getFeed,
  getCalendar,
  getPicture,
  ...badgeRoutes,
  ...cardRoutes,
  ...frameRoutes,
  incidentFrameRoute,
  getOEmbed,
]
export const outwardRoutes = [...documentRoutes, ...statuspageRoutes]

export const healthRoutes = [getHealth, getReadiness]
/** Beside those of health, or on a port of their own. */
export const metricsRoutes = [getMetrics]

/** What others call when a source has news. */
export const hookRoutes = [verifyHub, takeDelivery, takeWebhook, takeWebhookWithPath, takePost, takePostWithPath]

/** All routes by their purpose. */
const groups: readonly Group[] = [
  { name: 'Reading', description: 'The state, its records and what happens, as JSON.', routes: apiRoutes },
  { name: 'Documents', description: 'For other sites and programs, in formats that they know.', routes: outwardRoutes },
  { name: 'Hooks', description: 'What others call when a source has news.', routes: hookRoutes },
  { name: 'Administration', description: 'What needs the admin token.', routes: adminRoutes },
  {
    name: 'Access',
    description: 'Tokens with a name, keys of channels, and who did what; for the admin.',
    routes: accessRoutes,
  },
  { name: 'Screens', description: 'The screens on walls, for the admin.', routes: screenRoutes },
  { name: 'Pairing', description: 'How a screen without a token is admitted.', routes: pairingRoutes },
  { name: 'Sign-in', description: 'How people sign in, where `OIDC_ISSUER` is set.', routes: signInRoutes },
  { name: 'Handling', description: 'Who has taken on an incident.', routes: handlingRoutes },
  { name: 'Push', description: 'How browsers ask to be told while no page is open.', routes: pushRoutes },
  { name: 'Operations', description: 'For what runs the server.', routes: [...healthRoutes, ...metricsRoutes] },
]

export const allRoutes: readonly Description[] = groups.flatMap(({ routes }) => routes)

const records = {
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
  StatuspageComponent,
  StatuspageIncident,
}

export const openApiDocument = (basePath = '') => openApi({ groups, parameters: parameterTexts, basePath, records })

export const asyncApiDocument = (basePath = '') =>
  asyncApi({ records: { Event: EventSchema, Snapshot }, streamQuery: getStream.query ?? {}, basePath })

/** Each is made at its first request, in some 30 ms; the base path of a server never changes. */
const openApiText = onceFor(openApiDocument)
const asyncApiText = onceFor(asyncApiDocument)

function onceFor(make: (basePath: string) => object): (basePath: string) => string {
  const texts = new Map<string, string>()
  return basePath => {
    const text = texts.get(basePath) ?? JSON.stringify(make(basePath))
    texts.set(basePath, text)
    return text
  }
}
