import type { Context } from 'koa'
import { z } from 'zod'
import { parseChannel } from '../../shared/domain/channels.ts'
import { type Page, pageAt } from '../../shared/domain/pages.ts'
import { publicView } from '../../shared/domain/private-words.ts'
import type { BaseUrl } from '../http/base-url.ts'
import { numberUpTo } from '../http/request.ts'
import { route } from '../http/route.ts'
import { checkChannels, type Known } from '../live/known-channels.ts'
import { channelName } from '../outward/channel-name.ts'
import { escapeMarkup } from '../outward/markup.ts'
import { channelOfPage, frameOfPage } from '../outward/page-links.ts'
import { type SubjectFacts, subjectOf } from '../outward/subject.ts'

export type OEmbedDeps = { facts: () => SubjectFacts; known: Known; base: BaseUrl }

/** What a frame takes; less where the caller has no room for it. */
const WIDTH = 480
const HEIGHT = 140
const CACHE_S = 300

const Size = numberUpTo(99_999, /^\d{1,5}$/).optional()

/** @see https://oembed.com/ */
export const getOEmbed = route({
  method: 'get',
  path: '/oembed',
  summary: 'What other sites show in place of a link to a page of ours.',
  details: '`url` is a page of a region, a provider, an incident, or `/?stack=`. `format=xml` is answered 501.',
  query: {
    url: z.string().min(1).max(2048),
    format: z.string().max(20).default('json'),
    maxwidth: Size,
    maxheight: Size,
  },
  answers: {
    200: z.object({
      version: z.literal('1.0'),
      type: z.literal('rich'),
      title: z.string(),
      provider_name: z.literal('Nephoscope'),
      provider_url: z.url(),
      cache_age: z.int(),
      width: z.int(),
      height: z.int(),
      html: z.string(),
    }),
  },
  ignoresOtherQuery: true,
  faults: [400, 404, 501],
  access: 'view',
  cache: { maxAgeS: CACHE_S },
  handle({ ctx, query: { url, format, maxwidth = WIDTH, maxheight = HEIGHT } }, { facts, known, base }: OEmbedDeps) {
    if (format !== 'json') ctx.throw(501, 'only format=json is made here', { expose: true })
    const { page, stack } = pageOfUrl(url, base(ctx)) ?? throwUnknown(ctx)
    const here = facts()
    const frame = frameOfPage(page, stack) ?? throwUnknown(ctx)
    const title = titleOf(page, stack, here, known) ?? throwUnknown(ctx)
    const [width, height] = [Math.min(WIDTH, maxwidth), Math.min(HEIGHT, maxheight)]
    const attributes = `width="${width}" height="${height}" title="${escapeMarkup(title)}" style="border:0" loading="lazy"`
    return {
      version: '1.0',
      type: 'rich',
      title,
      provider_name: 'Nephoscope',
      provider_url: `${base(ctx)}/`,
      cache_age: CACHE_S,
      width,
      height,
      html: `<iframe src="${escapeMarkup(base(ctx) + frame)}" ${attributes}></iframe>`,
    }
  },
})

const throwUnknown = (ctx: Context): never =>
  ctx.throw(404, 'url is none of the pages of a region, a provider, an incident or a stack that are known here')

/** One of our own addresses, by http or https → its page. */
function pageOfUrl(url: string, base: string): { page: Page; stack: string | null } | undefined {
  if (!URL.canParse(url)) return undefined
  const [asked, ours] = [new URL(url), new URL(base)]
  const basePath = ours.pathname.replace(/\/$/, '')
  if (!/^https?:$/.test(asked.protocol) || asked.host !== ours.host || !asked.pathname.startsWith(basePath))
    return undefined
  const page = pageAt(asked.pathname.slice(basePath.length) || '/')
  return page === null ? undefined : { page, stack: asked.searchParams.get('stack') }
}

/** Undefined where what the page is about does not exist. */
function titleOf(page: Page, stack: string | null, all: SubjectFacts, known: Known): string | undefined {
  const facts = { ...all, view: publicView(all.view) }
  const channel = channelOfPage(page, stack)
  const parts = parseChannel(channel)
  if (!parts.ok || !checkChannels([channel], known).ok) return undefined
  const exists =
    page.name === 'incident' ? facts.view.incidents.has(page.incident) : subjectOf(parts.value, facts) !== undefined
  return exists ? channelName(parts.value, facts) : undefined
}
