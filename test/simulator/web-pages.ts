import { endpoints } from './endpoints.ts'
import { escapeXml } from './formats/notation.ts'
import { nativeIds } from './native-ids.ts'
import type { Article, Feed, World } from './world.ts'

/** A list of everything that is served. */
export const indexPage = (): string =>
  page(
    'Simulated sources',
    `<ul>${endpoints.map(({ source, path }) => `<li><a href="${path}">${path}</a> ${escapeXml(source)}</li>`).join('')}</ul>`,
  )

/**
 * The page behind an article's link; undefined when there is no such article. A link of a later round finds an earlier
 * article too.
 */
export function articlePage(world: World, slug: string): string | undefined {
  const found = articleNamed(world, slug)
  if (found === undefined) return undefined
  const { feed, article } = found
  const by = `<p>${escapeXml(feed.title)}, ${new Date(article.publishedAt).toUTCString()}</p>`
  return page(article.title, `${by}<p>${escapeXml(article.summary)}</p>`)
}

/** An article and its publication, by the slug of any of its rounds. */
export function articleNamed({ feeds }: World, slug: string): { feed: Feed; article: Article } | undefined {
  const baseOf = (name: string): string => name.replace(/\.\d{1,9}$/, '')
  for (const feed of feeds) {
    const article =
      feed.articles.find(candidate => candidate.slug === slug) ??
      feed.articles.find(candidate => baseOf(candidate.slug) === baseOf(slug))
    if (article) return { feed, article }
  }
  return undefined
}

/** The page behind an incident's link; undefined when there is no such incident. */
export function incidentPage(world: World, on: string, id: string): string | undefined {
  const incident = world.incidents.find(candidate => candidate.on === on && nativeIds(candidate).includes(id))
  if (!incident) return undefined
  const said = incident.updates.map(
    ({ at, phase, text }) => `<p><b>${phase}</b>, ${new Date(at).toUTCString()}<br>${escapeXml(text)}</p>`,
  )
  return page(incident.title, said.join(''))
}

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeXml(title)} (simulated)</title></head>
<body><p><b>Simulated.</b> This is invented; nothing of it has happened.</p><h1>${escapeXml(title)}</h1>${content}</body>
</html>
`
