import { admission } from './ja/admission.ts'
import { banners } from './ja/banners.ts'
import { connection } from './ja/connection.ts'
import { day } from './ja/day.ts'
import { days } from './ja/days.ts'
import { entrance } from './ja/entrance.ts'
import { figures } from './ja/figures.ts'
import { frame } from './ja/frame.ts'
import { globe } from './ja/globe.ts'
import { headline } from './ja/headline.ts'
import { incidentList } from './ja/incident-list.ts'
import { incidentPage } from './ja/incident-page.ts'
import { incidents } from './ja/incidents.ts'
import { lists } from './ja/lists.ts'
import { near } from './ja/near.ts'
import { news } from './ja/news.ts'
import { newsPage } from './ja/news-page.ts'
import { notices } from './ja/notices.ts'
import { places } from './ja/places.ts'
import { probes } from './ja/probes.ts'
import { providerPage } from './ja/provider-page.ts'
import { regionChoice } from './ja/region-choice.ts'
import { regionList } from './ja/region-list.ts'
import { regions } from './ja/regions.ts'
import { services } from './ja/services.ts'
import { sourcePage } from './ja/source-page.ts'
import { sourceWords } from './ja/source-words.ts'
import { sources } from './ja/sources.ts'
import { states } from './ja/states.ts'
import { subscribe } from './ja/subscribe.ts'
import { ticker } from './ja/ticker.ts'
import { time } from './ja/time.ts'
import type { Words } from './words.ts'

/** Japanese. */
export const ja: Words = {
  tag: 'ja',
  dir: 'ltr',
  locale: 'ja',
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
