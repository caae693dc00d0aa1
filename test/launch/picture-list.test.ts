import { describe, expect, it } from 'vitest'
import { stills } from '../../launch/picture-list.ts'
import { pageAt } from '../../shared/domain/pages.ts'
import { parseWallLayout, sceneNames } from '../../shared/domain/wall-layout.ts'

const all = stills('github/abc')

describe('the pictures of the documentation', () => {
  it('have a name each, and show pages that exist', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    for (const { path } of all) expect(pageAt(path.split('?')[0] ?? '')).not.toBeNull()
  })

  it('show every page in both themes', () => {
    const desk = all.filter(({ size }) => size[0] === 1440)
    const shown = (scheme: string) =>
      desk.filter(one => one.scheme === scheme).map(({ path }) => pageAt(path.split('?')[0] ?? '')?.name)
    for (const scheme of ['dark', 'light'])
      expect(new Set(shown(scheme))).toEqual(
        new Set([
          ...['dashboard', 'deliveries', 'incidents', 'news', 'near', 'regions', 'sources', 'stack', 'walls'],
          ...['region', 'incident', 'provider'],
        ]),
      )
  })

  it('show each scene of a wall by itself', () => {
    const scenes = all
      .filter(({ name }) => name.startsWith('wall-scene-'))
      .flatMap(({ path }) => /[?&]scenes=([a-z-]+)/.exec(path)?.[1] ?? [])
    expect(scenes.sort()).toEqual([...sceneNames].sort())
    for (const scene of scenes) expect(parseWallLayout([['scenes', scene]]).problems).toEqual([])
  })
})
