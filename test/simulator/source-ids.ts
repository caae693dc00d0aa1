import { probed } from './probed.ts'
import { clouds, type World } from './world.ts'

/** The source that tells of what happens on a cloud or on a status page. */
export const sourceId = (on: string): string => (clouds.some(cloud => cloud === on) ? `${on}-status` : on)

/** AWS tells the same in a second format. */
export const AWS_RSS = 'aws-rss'

export const hasSource = (world: World, id: string): boolean =>
  id === AWS_RSS ||
  clouds.some(cloud => sourceId(cloud) === id) ||
  world.pages.some(page => page.name === id) ||
  world.feeds.some(feed => feed.name === id) ||
  probed.some(({ source }) => source === id)
