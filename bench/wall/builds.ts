import { readFileSync, writeFileSync } from 'node:fs'
import { STAGGER, staggerOf } from '../../client/wall/reload-stagger.ts'

const file = new URL('../../dist/build.json', import.meta.url)

/** Names of builds that this screen takes within a second of hearing of them, so that nobody waits for their turn. */
export function soonBuilds(screen: string, count: number): string[] {
  const names: string[] = []
  for (let n = 0; names.length < count; n++)
    if (staggerOf(screen, `build-${n}`) < STAGGER / 100) names.push(`build-${n}`)
  return names
}

/** What servers that start say that they are; `restore` gives the real name back. */
export function servedBuild() {
  const real = readFileSync(file, 'utf8')
  return {
    is: (build: string) => writeFileSync(file, JSON.stringify({ ...JSON.parse(real), build })),
    restore: () => writeFileSync(file, real),
  }
}
