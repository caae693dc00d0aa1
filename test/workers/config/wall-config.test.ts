import { expect, test } from 'vitest'
import { parseSources } from '../../../workers/config/source-config.ts'

const NAME = 'config/sources.yaml'
const problems = (text: string): string[] => {
  const result = parseSources(text, NAME)
  return result.ok ? [] : result.error.split('\n')
}

test('walls are named with the settings of their address', () => {
  const result = parseSources(
    'walls:\n  lobby: { scenes: [map, news], every: 20s, ticker: 90, sound: true, distance: 8m }\n  noc: { scenes: mine, regions: [azure/westeurope] }\n',
    NAME,
  )
  expect(result.ok && result.value.walls).toEqual({
    lobby: { scenes: 'map,news', every: '20s', ticker: '90', sound: 'on', distance: '8m' },
    noc: { scenes: 'mine', regions: 'azure/westeurope' },
  })
  const none = parseSources('sources:\n', NAME)
  expect(none.ok && none.value.walls).toEqual({})
})

test('what is wrong with a wall is told as for any other line', () => {
  expect(
    problems(`
walls:
  lobby:
    every: 5 minutes
    scenes: [map, weather]
    scnes: map
  The Lobby: { scenes: map }
  noc: { scenes: { map: 1 } }
`),
  ).toEqual([`${NAME} line 8: 'scenes' is not a setting of a wall: write a word, a number or a list of them`])
  expect(
    problems(
      'walls:\n  lobby:\n    every: 5 minutes\n    scenes: [map, weather]\n    scnes: map\n  The Lobby: { scenes: map }\n',
    ),
  ).toEqual([
    `${NAME} line 3: 'every: 5 minutes' is not a time from 5 s to 1 h: write it like 20s, 2m`,
    `${NAME} line 4: 'scenes' is not a scene: use map, mine, day, incidents, timeline, figures, news, quote, notices, clocks`,
    expect.stringMatching(/^config\/sources.yaml line 5: 'scnes: map' is not a setting of a wall: use scenes, every, /),
    `${NAME} line 6: 'The Lobby' is not the name of a wall: use up to 64 of a-z, 0-9 and inner hyphens`,
  ])
})
