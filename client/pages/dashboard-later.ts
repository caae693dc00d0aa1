import { languageOf } from '../words/languages.ts'
import { loadWelcomeWords } from '../words/welcome-words.ts'

const wordsIn = (tag: string) => loadWelcomeWords[languageOf(tag) ?? 'en']()

/** What newcomers are told, and its words. @param tag BCP 47 */
export async function loadFirstMinute(tag: string) {
  const [{ default: FirstMinute }, say] = await Promise.all([import('../stacks/FirstMinute.svelte'), wordsIn(tag)])
  return { FirstMinute, say }
}

/** What is said where no source has answered yet, and its words. @param tag BCP 47 */
export async function loadNothingRead(tag: string) {
  const [{ default: NothingRead }, { empty }] = await Promise.all([
    import('../sources/NothingRead.svelte'),
    wordsIn(tag),
  ])
  return { NothingRead, say: empty }
}

/** The parts below the first screen. */
export async function loadBelow() {
  const [news, services, overview, health] = await Promise.all([
    import('./DashboardNews.svelte'),
    import('../providers/Services.svelte'),
    import('../regions/RegionOverview.svelte'),
    import('../sources/SourceHealth.svelte'),
  ])
  return {
    DashboardNews: news.default,
    Services: services.default,
    RegionOverview: overview.default,
    SourceHealth: health.default,
  }
}
