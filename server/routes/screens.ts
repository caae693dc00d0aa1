import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Context } from 'koa'
import { z } from 'zod'
import {
  Admission,
  Outcome,
  ordersOf,
  Screen,
  ScreenCommand,
  ScreenId,
  ScreenName,
  type ScreenOrders,
  ScreenPlace,
  ScreenTask,
} from '../../shared/domain/screen.ts'
import { admitScreen, countWaiting } from '../../shared/redis/pairings.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import {
  forgetScreen,
  listScreens,
  MAX_SCREENS,
  orderScreen,
  readScreen,
  readScreenshots,
} from '../../shared/redis/screens.ts'
import { countWrongToken, type WrongTokens } from '../http/admission.ts'
import type { ScreenController } from '../screens/screen-controller.ts'
import { pictureBytes } from '../screens/screen-sockets.ts'
import { adminRoute } from './kinds.ts'

export type ScreenDeps = {
  redis: Redis
  screens: Pick<ScreenController, 'perform' | 'announce'>
  viewToken: string | undefined
  basePath: string
  wrongTokens: WrongTokens
  now: () => number
  onInvalid: OnInvalid
}

const MAX_BODY_BYTES = 2048

export const getScreens = adminRoute({
  access: 'operate',
  method: 'get',
  path: '/api/screens',
  summary: 'The screens on walls, and how many wait to be admitted.',
  details: '`waiting` is null where reading is open.',
  query: {},
  answers: { 200: z.object({ screens: z.array(Screen), waiting: z.number().nullable() }) },
  cache: 'no-store',
  async handle(_, { redis, viewToken, now, onInvalid }: ScreenDeps) {
    const waiting = viewToken === undefined ? null : await countWaiting(redis, now())
    return { screens: await listScreens(redis, onInvalid), waiting }
  },
})

export const createScreen = adminRoute({
  access: 'admin',
  audit: 'screen.admitted',
  method: 'post',
  path: '/api/screens',
  summary: 'Admits the screen that shows this code.',
  details: '`{ "code", "name", "place" }`; 404 when no screen shows it.',
  query: {},
  body: { schema: Admission, maxBytes: MAX_BODY_BYTES },
  answers: { 201: z.object({ screen: Screen }) },
  faults: [409, 429],
  async handle({ ctx, body }, { redis, screens, viewToken, basePath, wrongTokens, now, onInvalid }: ScreenDeps) {
    const { code, name, place } = await body()
    if (viewToken === undefined) return ctx.throw(409, 'reading is open here: no screen needs to be admitted')
    const id = randomBytes(16).toString('hex')
    switch (await admitScreen(redis, { code, id, name, place }, now())) {
      case 'unknown':
        countWrongToken(ctx, wrongTokens)
        return ctx.throw(404, `code: no screen shows '${code}' now; codes last ten minutes and serve once`)
      case 'full':
        return ctx.throw(409, `there are ${MAX_SCREENS} screens already: forget one with DELETE /api/screens/:id`)
      case 'admitted':
        await screens.announce({ kind: 'admitted', id })
        ctx.set('Location', `${basePath}/api/screens/${id}`)
        return { screen: await readScreen(redis, id, onInvalid) }
    }
  },
})

export const renameScreen = adminRoute({
  access: 'operate',
  audit: 'screen.named',
  method: 'patch',
  path: '/api/screens/:id',
  summary: 'Names a screen and its place.',
  details: '`{ "name", "place" }`',
  query: {},
  body: {
    schema: z.strictObject({ name: ScreenName.optional(), place: ScreenPlace.optional() }),
    maxBytes: MAX_BODY_BYTES,
  },
  answers: { 200: z.object({ outcome: Outcome }) },
  async handle({ ctx, params, body }, deps: ScreenDeps) {
    const { id } = await findScreen(ctx, params.id, deps)
    const { name, place } = await body()
    const change = { ...(name === undefined ? {} : { name }), ...(place === undefined ? {} : { place }) }
    return { outcome: await keepOrders(ctx, id, change, deps) }
  },
})

export const commandScreen = adminRoute({
  access: 'operate',
  audit: 'screen.commanded',
  method: 'post',
  path: '/api/screens/:id/commands',
  summary: 'Has a screen do something.',
  query: {},
  body: { schema: ScreenCommand, maxBytes: MAX_BODY_BYTES },
  answers: { 200: z.object({ outcome: Outcome }) },
  async handle({ ctx, params, body }, deps: ScreenDeps) {
    const { id } = await findScreen(ctx, params.id, deps)
    const command = await body()
    const change = ordersOf(command)
    if (change) return { outcome: await keepOrders(ctx, id, change, deps) }
    return { outcome: await deps.screens.perform(id, ScreenTask.parse(command)) } // all but orders are tasks
  },
})

export const getScreenPicture = adminRoute({
  access: 'operate',
  method: 'get',
  path: '/api/screens/:id/picture',
  summary: 'What a screen shows, as a small picture.',
  details: 'WebP or JPEG of at most 20 KB. It is made while somebody looks at `/walls`, else 404.',
  query: {},
  answers: { 200: { 'image/webp': null, 'image/jpeg': null } },
  cache: 'no-store',
  async handle({ ctx, params }, deps: ScreenDeps) {
    const { id } = await findScreen(ctx, params.id, deps)
    const [picture] = await readScreenshots(deps.redis, [id], deps.onInvalid)
    if (picture === undefined)
      return ctx.throw(404, 'there is no picture of this screen: they are made while somebody looks at /walls')
    ctx.set('Last-Modified', new Date(picture.at).toUTCString())
    ctx.type = picture.image.slice('data:'.length, picture.image.indexOf(';'))
    return pictureBytes(picture.image)
  },
})

export const deleteScreen = adminRoute({
  access: 'admin',
  audit: 'screen.forgotten',
  method: 'delete',
  path: '/api/screens/:id',
  summary: 'Forgets a screen and withdraws its admission.',
  details: 'Its sockets and requests are cut on every server.',
  query: {},
  answers: { 204: null },
  async handle({ ctx, params }, deps: ScreenDeps) {
    const { id } = await findScreen(ctx, params.id, deps)
    if (!(await forgetScreen(deps.redis, id))) noScreen(ctx, id)
    await deps.screens.announce({ kind: 'withdrawn', id })
  },
})

async function findScreen(ctx: Context, given: string, { redis, onInvalid }: ScreenDeps): Promise<Screen> {
  const id = ScreenId.safeParse(given)
  return (id.success ? await readScreen(redis, id.data, onInvalid) : undefined) ?? noScreen(ctx, given)
}

type OrdersChange = Partial<Omit<ScreenOrders, 'revision'>>

/** Stores the change, and sends it to the screen if it is connected. */
async function keepOrders(ctx: Context, id: ScreenId, change: OrdersChange, deps: ScreenDeps): Promise<Outcome> {
  const { redis, screens, onInvalid } = deps
  if (!(await orderScreen(redis, id, change))) noScreen(ctx, id)
  await screens.announce({ kind: 'changed', id })
  const { name, place, pinned, muted, revision } = (await readScreen(redis, id, onInvalid)) ?? noScreen(ctx, id)
  return screens.perform(id, { kind: 'orders', orders: { name, place, pinned, muted, revision } })
}

const noScreen = (ctx: Context, id: string): never =>
  ctx.throw(404, `there is no screen '${id.slice(0, 40)}': GET /api/screens lists them`)
