import { readdirSync } from 'node:fs'
import { fromRoot } from './settings.ts'

/** A still of the page: what is opened, on what screen. */
export type Still = {
  name: string
  path: string
  size: readonly [width: number, height: number]
  scheme: 'dark' | 'light'
}

const DESK = [1440, 900] as const
const LARGE = [1920, 1080] as const
const PHONE = [390, 844] as const
const UHD = [3840, 2160] as const
const PORTRAIT = [1080, 1920] as const

const schemes = ['dark', 'light'] as const

/** Every page in both themes, some on other screens, walls, and each scene of a wall. @param incident the id of the worst */
export function stills(incident: string): Still[] {
  const pages = {
    dashboard: '/',
    shop: '/?stack=shop',
    incidents: '/incidents',
    incident: `/incident/${incident}`,
    regions: '/regions',
    region: '/region/aws/us-east-1',
    provider: '/provider/github',
    news: '/news',
    near: '/near',
    sources: '/sources',
    stack: '/stack',
    walls: '/walls',
    deliveries: '/deliveries',
  }
  const on = (names: readonly (keyof typeof pages)[], screen: string, size: Still['size']): Still[] =>
    names.flatMap(page =>
      schemes.map(scheme => ({ name: `${page}${screen}-${scheme}`, path: pages[page], size, scheme })),
    )
  const wall = (name: string, size: Still['size'], query: string): Still => ({
    name: `wall-${name}`,
    path: `/wall?${query}`,
    size,
    scheme: 'dark',
  })
  // The keys of `pages` are its names.
  const all = Object.keys(pages) as (keyof typeof pages)[]
  return [
    ...on(all, '', DESK),
    ...on(['dashboard', 'incident', 'region'], '-1920', LARGE),
    ...on(['dashboard', 'incidents', 'incident', 'region', 'news'], '-phone', PHONE),
    wall('3840', UHD, 'stack=shop&scenes=map'),
    wall('portrait', PORTRAIT, 'stack=shop&scenes=incidents'),
    wall('day', LARGE, 'stack=shop&scenes=map&theme=day'),
    ...sceneNames().map(scene => wall(`scene-${scene}`, LARGE, `stack=shop&scenes=${scene}`)),
  ]
}

/** The scenes that a wall has, by their files. */
const sceneNames = (): string[] =>
  readdirSync(fromRoot('client/wall/scenes')).flatMap(file => {
    const name = /^(\w+)Scene\.svelte$/.exec(file)?.[1]
    return name === undefined ? [] : name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase()
  })
