import { admission } from './de/admission.ts'
import { banners } from './de/banners.ts'
import { connection } from './de/connection.ts'
import { day } from './de/day.ts'
import { days } from './de/days.ts'
import { entrance } from './de/entrance.ts'
import { figures } from './de/figures.ts'
import { frame } from './de/frame.ts'
import { globe } from './de/globe.ts'
import { headline } from './de/headline.ts'
import { incidentList } from './de/incident-list.ts'
import { incidentPage } from './de/incident-page.ts'
import { incidents } from './de/incidents.ts'
import { lists } from './de/lists.ts'
import { near } from './de/near.ts'
import { news } from './de/news.ts'
import { newsPage } from './de/news-page.ts'
import { notices } from './de/notices.ts'
import { places } from './de/places.ts'
import { probes } from './de/probes.ts'
import { providerPage } from './de/provider-page.ts'
import { regionChoice } from './de/region-choice.ts'
import { regionList } from './de/region-list.ts'
import { regions } from './de/regions.ts'
import { services } from './de/services.ts'
import { sourcePage } from './de/source-page.ts'
import { sourceWords } from './de/source-words.ts'
import { sources } from './de/sources.ts'
import { states } from './de/states.ts'
import { subscribe } from './de/subscribe.ts'
import { ticker } from './de/ticker.ts'
import { time } from './de/time.ts'
import type { Words } from './words.ts'

/** German. */
export const de: Words = {
  tag: 'de',
  dir: 'ltr',
  locale: 'de',
  admission,
  banners,
  connection,
  day,
  days,
  entrance,
  figures,
  frame,
  globe,
  headline,
  incidentList,
  incidentPage,
  incidents,
  lists,
  near,
  news,
  places,
  newsPage,
  notices,
  probes,
  providerPage,
  regionChoice,
  regionList,
  regions,
  services,
  sourcePage,
  sourceWords,
  sources,
  states,
  subscribe,
  ticker,
  time,
}
