import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { headline, wholeHeadline } from '../../../client/incidents/headline.ts'
import { sinceText } from '../../../client/ui/time.ts'
import { de } from '../../../client/words/de/page.ts'
import { picker as dePicker } from '../../../client/words/de/picker.ts'
import { wall as deWall } from '../../../client/words/de/wall.ts'
import { walls as deWalls } from '../../../client/words/de/walls.ts'
import { welcome as deWelcome } from '../../../client/words/de/welcome.ts'
import type { Words } from '../../../client/words/en/page.ts'
import { en as english } from '../../../client/words/en/page.ts'
import { picker as enPicker } from '../../../client/words/en/picker.ts'
import { wall as enWall } from '../../../client/words/en/wall.ts'
import { walls as enWalls } from '../../../client/words/en/walls.ts'
import { welcome as enWelcome } from '../../../client/words/en/welcome.ts'
import { ja } from '../../../client/words/ja/page.ts'
import { picker as jaPicker } from '../../../client/words/ja/picker.ts'
import { wall as jaWall } from '../../../client/words/ja/wall.ts'
import { walls as jaWalls } from '../../../client/words/ja/walls.ts'
import { welcome as jaWelcome } from '../../../client/words/ja/welcome.ts'
import { incident, minutesAgo, NOW, small, standpointOn, status, statusesOf, when } from '../builders.ts'
import { type AllWords, everySentence, fixedTexts, notCalledBy } from './every-word.ts'

const all = {
  en: { ...english, wall: enWall, walls: enWalls, picker: enPicker, welcome: enWelcome },
  de: { ...de, wall: deWall, walls: deWalls, picker: dePicker, welcome: deWelcome },
  ja: { ...ja, wall: jaWall, walls: jaWalls, picker: jaPicker, welcome: jaWelcome },
}

test.each([
  ['en', 'and 11 more, all operational', 'and 11 more, all unknown', 'and 2 more, at worst unknown'],
  [
    'de',
    'und 11 weitere, alle in Betrieb',
    'und 11 weitere, alle unbekannt',
    'und 2 weitere, schlimmstenfalls unbekannt',
  ],
  ['ja', 'ほか11件（すべて正常）', 'ほか11件（すべて不明）', 'ほか2件（最も悪いもの：不明）'],
] as const)('the tiles that are not shown are all in a state, or at worst (%s)', (language, well, stale, unknown) => {
  const { stackChoice, states } = all[language]
  expect(stackChoice.rest(11, states.label.operational, true)).toBe(well)
  expect(stackChoice.rest(11, states.label.unknown, true)).toBe(stale)
  expect(stackChoice.rest(2, states.label.unknown, false)).toBe(unknown)
})

test('the sample sentences use every function of the catalogue', () => {
  expect(notCalledBy(all.en, words => everySentence(words, 3))).toEqual([])
})

/** Words that no sentence but an English one has. */
const englishWords =
  /\b(?:the|of|is|are|has|have|not|and|or|since|ago|this|that|what|with|from|yet|more|your|all|known|next|load|incidents?|sources?)\b/i
/** What is written in Latin letters in Japanese too: units, formats, and the names of programmes and tools. */
const latin = new Set(
  'UTC TLS API ADMIN_TOKEN NEPHOSCOPE_CONFIG HTTPS HTTPS_PROXY https gCO kWh FedRAMP YAML ARM Terraform OpenTofu Pulumi CloudFormation Bicep Kubernetes'.split(
    ' ',
  ),
)
/** A command in backquotes is the same in every language. */
const notJapanese = (text: string) =>
  (text.replace(/`npm [a-z ]+`/g, '').match(/[a-z_]{3,}/gi) ?? []).filter(word => !latin.has(word))

describe.each<[string, AllWords]>([
  ['English', all.en],
  ['German', all.de],
  ['Japanese', all.ja],
])('in %s', (_, words) => {
  test('every sentence is whole, whatever the number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 0, max: 14 }), fc.nat()), n => {
        for (const sentence of everySentence(words, n)) {
          expect(sentence).not.toBe('')
          expect(sentence).not.toMatch(/undefined|null|NaN|\[object|¤¤¤¤¤¤|^\s*$/)
        }
      }),
    )
  })

  test('every text says something', () => {
    for (const [path, text] of fixedTexts(words)) expect(text.trim(), path).not.toBe('')
  })
})

test.each([
  ['German', all.de],
  ['Japanese', all.ja],
])('no English is left in %s', (name, words) => {
  const sentences = [0, 1, 2, 12, 13, 2000].flatMap(n =>
    everySentence(words, n).map((sentence): [string, string] => [`a sentence for ${n}`, sentence]),
  )
  for (const [path, text] of [...fixedTexts(words), ...sentences]) {
    if (['tag', 'dir', 'locale'].includes(path)) continue
    expect(text, path).not.toMatch(englishWords)
    if (name === 'Japanese' && !path.startsWith('sourceWords.kinds')) expect(notJapanese(text), path).toEqual([])
  }
})

const told = (words: Words, statuses: ReturnType<typeof status>[], mine: string[] = []) => {
  const standpoint = standpointOn(mine)
  const view = { statuses: statusesOf(...statuses), incidents: new Map(), sources: new Map(), components: new Map() }
  const state = standpoint.statusOf({ ...view, probes: new Map() }, NOW)
  const said = headline(
    {
      catalogue: small,
      statuses: statusesOf(...statuses),
      incidents: [incident('aws-status/1', { status: 'resolved', resolvedAt: minutesAgo(192), regions: ['aws/x'] })],
      standpoint,
      state,
    },
    { ...when, words },
  )
  return wholeHeadline(said, words)
}
const worse = [
  status('azure/westeurope', { status: 'major_outage' }),
  status('aws/eu-west-1', { status: 'degraded_performance' }),
  status('aws/us-east-1', { status: 'degraded_performance' }),
]

test('the headline is a German sentence', () => {
  expect(told(de, worse)).toBe('Drei Regionen sind gestört. Azure West Europe: schwerer Ausfall seit 04:40 (10 h)')
  expect(told(de, worse.slice(1), ['aws/eu-west-1', 'aws/us-east-1', 'azure/westeurope'])).toBe(
    'Zwei Ihrer zwei Regionen sind eingeschränkt. AWS eu-west-1: eingeschränkt seit 04:40 (10 h)',
  )
  expect(told(de, [status('aws/eu-west-1')])).toBe('Alles ruhig. Letzte Änderung vor 3 h 12 min: AWS x, behoben.')
})

test('the headline is a Japanese sentence', () => {
  expect(told(ja, worse)).toBe('3リージョンで異常が発生中です。Azure West Europe：大規模障害、04:40から（10時間）')
  expect(told(ja, [status('aws/eu-west-1')])).toBe('異常はありません。最終更新は3時間12分前、AWS x：復旧済み。')
})

test('dates and times are written as the language writes them', () => {
  const since = (words: Words) => sinceText('2026-11-22T14:02:00Z', { ...when, words })
  expect(since(english)).toBe('since 22 Nov 14:02 (2 d)')
  expect(since(de)).toBe('seit 22. Nov. 14:02 (2 d)')
  expect(since(ja)).toBe('11月22日 14:02から（2日）')
  expect([english, de, ja].map(words => words.figures.whole(1204))).toEqual(['1,204', '1.204', '1,204'])
})
