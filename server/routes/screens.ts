import { randomBytes } from 'node:crypto'
import type Router from '@koa/router'
import type { Redis } from 'ioredis'
import type { Context, Middleware } from 'koa'
import { z } from 'zod'
import { Admission } from '../../shared/domain/pairing.ts'
import {
  ordersOf,
  type Screen,
  ScreenCommand,
  ScreenId,
  ScreenName,
  type ScreenOrders,
  ScreenPlace,
  type ScreenTask,
} from '../../shared/domain/screen.ts'
import { admitScreen, countWaiting } from '../../shared/redis/pairings.ts'
import type { OnInvalid } from '../../shared/redis/records.ts'
import {
  forgetScreen,
  listScreens,
  MOST_SCREENS,
  orderScreen,
  readPictures,
  readScreen,
} from '../../shared/redis/screens.ts'
import { countWrongToken, type WrongTokens } from '../http/admission.ts'
import { readBody, readQuery } from '../http/request.ts'
import { pictureBytes } from '../screens/screen-sockets.ts'
import type { ScreenDesk } from '../screens/serve-screens.ts'

export type ScreenRoutesDeps = {
  redis: Redis
  screens: Pick<ScreenDesk, 'perform' | 'tell'>
  viewToken: string | undefined
  wrongTokens: WrongTokens
  now: () => number
  onInvalid: OnInvalid
}

/** Bytes that a command may come in. */
const MOST_BYTES = 2048

/** What a person calls a screen. */
export const Naming = z.strictObject({ name: ScreenName.optional(), place: ScreenPlace.optional() })

/** `/api/screens`: what is done to the screens on walls, and which are admitted. */
export function screenRoutes(router: Router, admitted: Middleware, deps: ScreenRoutesDeps): void {
  const { redis, screens, viewToken, now, onInvalid } = deps

  const found = async (ctx: Context): Promise<Screen> => {
    readQuery(ctx, {})
    const id = ScreenId.safeParse(ctx.params.id)
    return (id.success ? await readScreen(redis, id.data, onInvalid) : undefined) ?? noScreen(ctx)
  }

  /** Keeps the change and tells the screen, if it is there. */
  const order = async (ctx: Context, id: ScreenId, change: Partial<Omit<ScreenOrders, 'revision'>>) => {
    if (!(await orderScreen(redis, id, change))) noScreen(ctx)
    await screens.tell({ kind: 'changed', id })
    const { name, place, pinned, muted, revision } = (await readScreen(redis, id, onInvalid)) ?? noScreen(ctx)
    return screens.perform(id, { kind: 'orders', orders: { name, place, pinned, muted, revision } })
  }

  router.get('/screens', admitted, async ctx => {
    readQuery(ctx, {})
    ctx.set('Cache-Control', 'no-store')
    const waiting = viewToken === undefined ? null : await countWaiting(redis, now())
    ctx.body = { screens: await listScreens(redis, onInvalid), waiting }
  })

  router.post('/screens', admitted, async ctx => {
    readQuery(ctx, {})
    const { code, name, place } = await readBody(ctx, Admission, MOST_BYTES)
    if (viewToken === undefined) return ctx.throw(409, 'reading is open here: no screen needs to be admitted')
    const id = randomBytes(16).toString('hex')
    switch (await admitScreen(redis, { code, id, name, place }, now())) {
      case 'unknown':
        countWrongToken(ctx, deps.wrongTokens)
        return ctx.throw(404, `code: no screen shows '${code}' now; codes last ten minutes and serve once`)
      case 'full':
        return ctx.throw(409, `there are ${MOST_SCREENS} screens already: forget one with DELETE /api/screens/:id`)
      case 'admitted':
        await screens.tell({ kind: 'admitted', id })
        ctx.status = 201
        ctx.set('Location', `/api/screens/${id}`)
        ctx.body = { screen: await readScreen(redis, id, onInvalid) }
    }
  })

  router.get('/screens/:id/picture', admitted, async ctx => {
    const { id } = await found(ctx)
    const [picture] = await readPictures(redis, [id], onInvalid)
    if (picture === undefined)
      return ctx.throw(404, 'there is no picture of this screen: they are made while somebody looks at /walls')
    ctx.set({ 'Cache-Control': 'no-store', 'Last-Modified': new Date(picture.at).toUTCString() })
    ctx.type = picture.image.slice('data:'.length, picture.image.indexOf(';'))
    ctx.body = pictureBytes(picture.image)
  })

  router.patch('/screens/:id', admitted, async ctx => {
    const { id } = await found(ctx)
    const { name, place } = await readBody(ctx, Naming, MOST_BYTES)
    const change = { ...(name === undefined ? {} : { name }), ...(place === undefined ? {} : { place }) }
    ctx.body = { outcome: await order(ctx, id, change) }
  })

  router.post('/screens/:id/commands', admitted, async ctx => {
    const { id } = await found(ctx)
    const command = await readBody(ctx, ScreenCommand, MOST_BYTES)
    const change = ordersOf(command)
    ctx.body = { outcome: change ? await order(ctx, id, change) : await screens.perform(id, taskOf(command)) }
  })

  router.delete('/screens/:id', admitted, async ctx => {
    const { id } = await found(ctx)
    if (!(await forgetScreen(redis, id))) noScreen(ctx)
    await screens.tell({ kind: 'withdrawn', id })
    ctx.status = 204
  })
}

/** What is done once. */
function taskOf(command: ScreenCommand): ScreenTask {
  switch (command.kind) {
    case 'scene':
      return { kind: 'scene', scene: command.scene }
    case 'identify':
    case 'reload':
    case 'acknowledge':
      return { kind: command.kind }
    default:
      throw new Error(`${command.kind} is an order`)
  }
}

const noScreen = (ctx: Context): never =>
  ctx.throw(404, `there is no screen '${String(ctx.params.id).slice(0, 40)}': GET /api/screens lists them`)
