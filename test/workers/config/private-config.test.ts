import { describe, expect, test } from 'vitest'
import { parseSources } from '../../../workers/config/source-config.ts'

const read = (line: string, list = 'sources') => {
  const parsed = parseSources(`${list}:\n  - { ${line} }\n`, 'f', {}, { vendors: new Map() })
  return parsed.ok ? parsed.value.sources[0] : parsed.error
}
const page = "id: inner, kind: statuspage, url: 'http://status.corp', provider: inner"
const probe = "id: inner, kind: probe, url: 'tcp://db.corp:5432', provider: inner, region: azure/westeurope"

describe('an address inside', () => {
  test.each([
    [page, 'sources'],
    [probe, 'sources'],
    ["id: inner, url: 'http://news.corp/feed'", 'feeds'],
  ])('is said so by the line itself: %s', (line, list) => {
    expect(read(line, list)).not.toHaveProperty('isPrivate')
    expect(read(`${line}, private: true`, list)).toMatchObject({ isPrivate: true })
    expect(read(`${line}, private: [10.0.0.0/8, 'fd12::/16', 203.0.113.0/24]`, list)).toMatchObject({
      isPrivate: ['10.0.0.0/8', 'fd12::/16', '203.0.113.0/24'],
    })
  })

  test.each([
    ['false', "'private: false' is neither true nor a list of 1 to 20 networks: write true, or [10.0.0.0/8]"],
    ['[]', "'private' is neither true nor a list of 1 to 20 networks: write true, or [10.0.0.0/8]"],
    ['[10.0.0.1]', "'private: 10.0.0.1' is not a network: write it like 10.0.0.0/8 or fd12::/16"],
    ['[corp]', "'private: corp' is not a network: write it like 10.0.0.0/8 or fd12::/16"],
    ["['0.0.0.0/0']", "'private: 0.0.0.0/0' is not a network: write it like 10.0.0.0/8 or fd12::/16"],
    ["['::/0']", "'private: ::/0' is not a network: write it like 10.0.0.0/8 or fd12::/16"],
  ])('is not said by %s', (value, problem) => expect(read(`${page}, private: ${value}`)).toBe(`f line 2: ${problem}`))

  test('belongs to no line without an address', () => {
    expect(read('use: stripe, private: true')).toContain("'private: true' is not a key here")
  })
})
