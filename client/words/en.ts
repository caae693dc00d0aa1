import { admission } from './en/admission.ts'
import { banners } from './en/banners.ts'
import { connection } from './en/connection.ts'
import { day } from './en/day.ts'
import { days } from './en/days.ts'
import { entrance } from './en/entrance.ts'
import { figures } from './en/figures.ts'
import { frame } from './en/frame.ts'
import { globe } from './en/globe.ts'
import { headline } from './en/headline.ts'
import { incidentList } from './en/incident-list.ts'
import { incidentPage } from './en/incident-page.ts'
import { incidents } from './en/incidents.ts'
import { lists } from './en/lists.ts'
import { near } from './en/near.ts'
import { news } from './en/news.ts'
import { newsPage } from './en/news-page.ts'
import { notices } from './en/notices.ts'
import { places } from './en/places.ts'
import { probes } from './en/probes.ts'
import { providerPage } from './en/provider-page.ts'
import { regionChoice } from './en/region-choice.ts'
import { regionList } from './en/region-list.ts'
import { regions } from './en/regions.ts'
import { services } from './en/services.ts'
import { sourcePage } from './en/source-page.ts'
import { sourceWords } from './en/source-words.ts'
import { sources } from './en/sources.ts'
import { states } from './en/states.ts'
import { subscribe } from './en/subscribe.ts'
import { ticker } from './en/ticker.ts'
import { time } from './en/time.ts'

/** English: the catalogue that every other language is held against, and the one that is always there. */
export const en = {
  /** BCP 47, as the document's `lang`. */
  tag: 'en',
  dir: 'ltr',
  /** In which dates and figures are written. */
  locale: 'en-GB',
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
