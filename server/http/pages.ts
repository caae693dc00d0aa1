import type { Context, Middleware } from 'koa'
import type { Incident } from '../../shared/domain/incident.ts'
import { type Page, pageAt, pathOf } from '../../shared/domain/pages.ts'
import type { RecordId } from '../../shared/domain/primitives.ts'
import { escapeMarkup } from '../outward/markup.ts'
import type { StandingDeps } from '../outward/status-summary.ts'
import { answerTagged } from './answer.ts'
import { type PageHead, pageHead, plainHead } from './page-head.ts'
import type { BaseUrl } from './request.ts'
import { contentPolicy } from './security-headers.ts'

export type PagesDeps = {
  /** The built document; null where there is none. */
  document: string | null
  /** What is known now; null before anything is. */
  standing: () => StandingDeps | null
  /** One that is no longer in the view, as long as it is kept. */
  findIncident(id: RecordId): Promise<Incident | undefined>
  base: BaseUrl<string | null>
  /** Reading needs a token. A browser that opens a page gives none, so no head says anything then. */
  guarded: boolean
  /** Origins that browsers may ask how far away they are. */
  measured: () => readonly string[]
}

/** Every page is one document but for its head. What a page is about and does not exist is answered 404, with the document. */
export function pages({ document, standing, findIncident, base, guarded, measured }: PagesDeps): Middleware {
  const [before, after] = document === null ? [] : parts(document)
  const headOf = async (page: Page): Promise<PageHead | null> => {
    const known = standing()
    if (guarded || known === null) return plainHead
    try {
      const incident =
        page.name === 'incident'
          ? (known.view.incidents.get(page.incident) ?? (await findIncident(page.incident)))
          : undefined
      return pageHead(page, { ...known, incident })
    } catch {
      // the store is away: the page can say so better than an error could
      return plainHead
    }
  }

  return async (ctx, next) => {
    const page = ctx.method === 'GET' || ctx.method === 'HEAD' ? pageAt(ctx.path) : null
    if (before === undefined || after === undefined) return next()
    if (page === null) {
      await next()
      if (!isForPeople(ctx)) return
    }
    const head = page && (await headOf(page))
    const simulated = !guarded && standing()?.view.office.simulated === true
    const path = page === null ? '/' : pathOf(page)
    const tags = headTags({ ...(head ?? missingHead), base: base(ctx), path, simulated })
    ctx.set('Content-Security-Policy', contentPolicy(measured()))
    answer(ctx, before + tags + (guarded ? '' : PICTURE_FIRST) + after, head !== null)
  }
}

/** Whether a browser asks for what nobody else here knows. */
const isForPeople = (ctx: Context): boolean =>
  ctx.method === 'GET' && ctx.status === 404 && ctx.body === undefined && ctx.accepts('text', 'html') === 'html'

/**
 * Every page asks for it as soon as its script runs: so it comes beside the script. Not where a token is needed, which no tag can
 * give. The attributes are those of the page's own request, else it would be fetched twice.
 */
const PICTURE_FIRST = '\n    <link rel="preload" href="/api/picture" as="fetch" crossorigin>'

const missingHead: PageHead = { ...plainHead, title: 'No such page · Nephoscope' }

function answer(ctx: Context, html: string, found: boolean): void {
  if (found) answerTagged(ctx, 'text/html; charset=utf-8', html, 0)
  else {
    ctx.status = 404
    ctx.type = 'text/html; charset=utf-8'
    ctx.body = html
  }
  ctx.set('Cache-Control', 'no-cache')
}

/** What stands before and behind the head's own part. */
function parts(document: string): [string, string] {
  const [before, rest, ...more] = document.split('<!--page-->')
  const [, after] = rest?.split('<!--/page-->') ?? []
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error('dist/client/index.html has no single <!--page--> … <!--/page-->: see client/index.html')
  return [before, after]
}

export type HeadTagsInput = PageHead & {
  /** Under which everybody finds the server; null where it is not known, and then nothing names an address. */
  base: string | null
  path: string
  /** Invented providers: it is said wherever the state is. */
  simulated: boolean
}

/**
 * A page's head as HTML: title, description, Open Graph and card. Pure.
 * @see https://ogp.me/ https://developer.x.com/en/docs/x-for-websites/cards/overview/markup
 */
export function headTags({ title, description, type, base, path, simulated }: HeadTagsInput): string {
  const shown = simulated ? `SIMULATED · ${title}` : title
  const address = base === null ? null : base + path
  const properties: [string, string][] = [
    ['og:site_name', 'Nephoscope'],
    ['og:type', type],
    ['og:title', shown],
    ['og:description', description],
    ...(address === null
      ? []
      : ([
          ['og:url', address],
          ['og:image', `${base}/card.png`],
          ['og:image:width', '1200'],
          ['og:image:height', '630'],
          ['og:image:alt', 'Nephoscope: the state of every public cloud region'],
        ] satisfies [string, string][])),
  ]
  return [
    `<title>${escapeMarkup(shown)}</title>`,
    `<meta name="description" content="${escapeMarkup(description)}">`,
    ...(address === null ? [] : [`<link rel="canonical" href="${escapeMarkup(address)}">`]),
    ...properties.map(([name, value]) => `<meta property="${name}" content="${escapeMarkup(value)}">`),
    '<meta name="twitter:card" content="summary_large_image">',
  ].join('\n    ')
}
