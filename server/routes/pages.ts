import { readFile } from 'node:fs/promises'
import type { Context, Middleware } from 'koa'
import sirv from 'sirv'
import type { Incident } from '../../shared/domain/incident.ts'
import { type Page, pageAt, pathOf } from '../../shared/domain/pages.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { publicView } from '../../shared/domain/private-words.ts'
import type { BaseUrl } from '../http/base-url.ts'
import { answerTagged } from '../http/route.ts'
import { contentPolicy } from '../http/security-headers.ts'
import { type CardLink, cardLink } from '../outward/card.ts'
import { firstView } from '../outward/first-view.ts'
import { headTags, type PageHead, pageHead, plainHead } from '../outward/page-head.ts'
import { channelOfPage, pageLinks } from '../outward/page-links.ts'
import type { SubjectFacts } from '../outward/subject.ts'
import { getCompactSnapshot } from './snapshot.ts'

export type PagesDeps = {
  /** The built document; null where there is none. */
  document: string | null
  /** Null before anything is known. */
  facts: () => SubjectFacts | null
  /** An incident that is no longer in the view, as long as it is kept. */
  findIncident(id: RecordId): Promise<Incident | undefined>
  base: BaseUrl<string | null>
  /** The path under which browsers reach the pages. */
  basePath: string
  /** Reading needs a token. A browser gives none when it opens a page, so no head may say anything of the state. */
  isGuarded: boolean
  measuredOrigins: () => readonly string[]
}

/** Every page is the same document with its own head. A page about what does not exist is the document with 404. */
export function pages(deps: PagesDeps): Middleware {
  const { document, facts, findIncident, base, basePath, isGuarded, measuredOrigins } = deps
  const [before, between, after] = document === null ? [] : splitDocument(document, basePath)
  const aboutOf = async (page: Page, stack: string | null): Promise<About> => {
    const known = facts()
    if (isGuarded || known === null) return plain
    try {
      const id = page.name === 'incident' ? page.incident : null
      const incident = id === null ? undefined : (known.view.incidents.get(id) ?? (await findIncident(id)))
      const all = { ...known, incident }
      return { head: pageHead(page, all, stack), card: cardLink(channelOfPage(page, stack), all) }
    } catch {
      // Redis is away: the page can say so better than an error could
      return plain
    }
  }
  /** The stack of the settings that an address names. */
  const stackOf = ({ query: { stack } }: Context): string | null =>
    typeof stack === 'string' && facts()?.stackFacts.stacks.has(stack) === true ? stack : null

  /** None where it takes a token, which no feed reader that follows them has. */
  const linksOf = (page: Page, stack: string | null, ctx: Context): string => {
    const known = facts()
    if (isGuarded || known === null) return ''
    return `\n    ${pageLinks({ page, stack, facts: known, base: base(ctx), basePath })}`
  }

  /** A wall has its own look from the first paint on. */
  const firstViewOf = (page: Page, head: PageHead): string => {
    const known = facts()
    if (isGuarded || known === null || page.name === 'wall') return ''
    const view = firstView(page, head, { ...known, view: publicView(known.view) })
    return `<div id="first-view" lang="en">${view}</div>`
  }

  return async (ctx, next) => {
    const page = ctx.method === 'GET' || ctx.method === 'HEAD' ? pageAt(ctx.path) : null
    if (before === undefined || between === undefined || after === undefined) return next()
    if (page === null) {
      await next()
      if (!isForPeople(ctx)) return
    }
    const stack = stackOf(ctx)
    const { head, card } = page === null ? { head: null, card: null } : await aboutOf(page, stack)
    const simulated = !isGuarded && facts()?.view.settings.simulated === true
    // a guarded page does not say which stacks there are
    const isOfStack = page?.name === 'dashboard' && stack !== null && !isGuarded
    const path = page === null ? '/' : pathOf(page) + (isOfStack ? `?stack=${stack}` : '')
    const tags = headTags({ ...(head ?? missingHead), base: base(ctx), path, card, simulated })
    const links = page === null || head === null ? '' : linksOf(page, stack, ctx)
    const preload = isGuarded ? '' : snapshotPreload(basePath)
    ctx.set('Content-Security-Policy', contentPolicy(measuredOrigins()))
    const first = page === null || head === null ? '' : firstViewOf(page, head)
    answer(ctx, before + tags + links + preload + between + first + after, head !== null)
  }
}

type About = { head: PageHead | null; card: CardLink | null }
const plain: About = { head: plainHead, card: null }

const isForPeople = (ctx: Context): boolean =>
  ctx.method === 'GET' && ctx.status === 404 && ctx.body === undefined && ctx.accepts('text', 'html') === 'html'

/**
 * Loads the snapshot beside the script that asks for it. Not where a token is needed, which no tag can give. With
 * other attributes than those of the page's own request it would be fetched twice.
 */
const snapshotPreload = (basePath: string): string =>
  `\n    <link rel="preload" href="${basePath}${getCompactSnapshot.path}" as="fetch" crossorigin>`

const missingHead: PageHead = { ...plainHead, title: 'No such page · Nephoscope' }

function answer(ctx: Context, html: string, isFound: boolean): void {
  if (isFound) answerTagged(ctx, 'text/html; charset=utf-8', html, 0)
  else {
    ctx.status = 404
    ctx.type = 'text/html; charset=utf-8'
    ctx.body = html
  }
  ctx.set('Cache-Control', 'no-cache')
}

/** What stands before the head of a page, between head and first view, and after that. */
function splitDocument(document: string, basePath: string): [string, string, string] {
  const [before, rest, ...more] = underBase(document, basePath).split('<!--page-->')
  const [, afterHead] = rest?.split('<!--/page-->') ?? []
  const [between, after, ...others] = afterHead?.split('<!--first-view-->') ?? []
  if (before === undefined || between === undefined || after === undefined || more.length + others.length > 0)
    throw new Error(
      'dist/client/index.html has no single <!--page--> … <!--/page--> and <!--first-view-->: see client/index.html',
    )
  return [before, between, after]
}

/** A built file for a base path. The page's script reads the path from the `meta` tag. */
function underBase(file: string, basePath: string): string {
  if (basePath === '') return file
  return file
    .replaceAll('"/', `"${basePath}/`)
    .replace('<!--page-->', `<meta name="base-path" content="${basePath}" />\n    <!--page-->`)
}

const filesWithPaths: Readonly<Record<string, string>> = {
  '/index.html': 'text/html; charset=utf-8',
  '/manifest.webmanifest': 'application/manifest+json',
}

/** The built client's files. Those under /assets carry a hash in their name and never change. */
export function clientFiles(dir: string, basePath: string): Middleware {
  const serve = sirv(dir, {
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders(response, pathname) {
      const isForEver = pathname.startsWith('/assets/')
      response.setHeader('Cache-Control', isForEver ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  return async (ctx, next) => {
    const type = filesWithPaths[ctx.path]
    if (basePath !== '' && type !== undefined) {
      answerTagged(ctx, type, underBase(await readFile(dir + ctx.path, 'utf8'), basePath), 0)
      ctx.set('Cache-Control', 'no-cache')
      return
    }
    await new Promise<void>((resolve, reject) => {
      ctx.res.once('finish', resolve).once('close', resolve)
      ctx.respond = false
      serve(ctx.req, ctx.res, () => {
        ctx.respond = true
        next().then(resolve, reject)
      })
    })
  }
}
