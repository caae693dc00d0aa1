// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how addresses refer to the environment
import { describe, expect, test } from 'vitest'
import { secretDigest, secretsOf, withoutSecrets, withSecrets } from '../../../workers/config/url-secrets.ts'

const environment = {
  ADMIN_TOKEN: 's3cr3t-value',
  source_key: 's3cr3t-value',
  SOURCE_FEED_KEY: 's3cr3t-value',
  SOURCE_TEAM: 'net',
  SOURCE_BROKEN: 'a b',
  SOURCE_EMPTY: '',
}

describe('an address that refers to the environment', () => {
  test.each([
    ['https://x.example.com/feed?key=${SOURCE_FEED_KEY}', 'https://x.example.com/feed?key=s3cr3t-value'],
    ['https://x.example.com/${SOURCE_TEAM}/${SOURCE_FEED_KEY}.xml', 'https://x.example.com/net/s3cr3t-value.xml'],
    ['https://x.example.com?k=${SOURCE_FEED_KEY}', 'https://x.example.com?k=s3cr3t-value'],
    ['https://x.example.com/$5/a}', 'https://x.example.com/$5/a}'],
  ])('%s is fetched from %s', (url, filled) => {
    const secrets = secretsOf(url, environment)
    expect(secrets.ok && withSecrets(url, secrets.value)).toBe(filled)
  })

  test.each([
    ['https://x.example.com/${SOURCE_NOT_SET}', 'refers to SOURCE_NOT_SET, which is not set'],
    ['https://x.example.com/${SOURCE_EMPTY}', 'refers to SOURCE_EMPTY, which is not set'],
    ['https://x.example.com/${toString}', 'refers to toString, but is given only'],
    ['https://x.example.com/?x=${ADMIN_TOKEN}', 'name it SOURCE_ADMIN_TOKEN, in the environment too'],
    ['https://x.example.com/${source_key}', 'name it SOURCE_source_key'],
    ['https://x.example.com/${__proto__}', 'refers to __proto__, but is given only'],
    ['https://x.example.com/${feed-key}', 'names no variable'],
    ['https://x.example.com/${', 'names no variable'],
    ['https://${SOURCE_TEAM}.example.com/', 'in its host'],
    ['https://x.example.com${SOURCE_FEED_KEY}/', 'in its host'],
    ['https://x.example.com/${SOURCE_BROKEN}', 'is no web address once SOURCE_BROKEN stands in it'],
  ])('%s is refused, and no value is shown', (url, reason) => {
    const secrets = secretsOf(url, environment)
    const error = secrets.ok ? '' : secrets.error
    expect(error).toContain(reason)
    for (const value of ['s3cr3t', 'a b']) expect(error).not.toContain(value)
  })
})

describe('what a source says', () => {
  test('keeps no secret, plain or encoded, however deep', () => {
    const secrets = { A: 'key/with space', B: 'key/with' }
    const said = {
      url: 'https://x.test/?k=key%2Fwith%20space',
      list: [{ text: 'your key/with space!' }],
      n: 1,
      no: null,
    }
    expect(withoutSecrets(said, secrets)).toEqual({
      url: 'https://x.test/?k=redacted',
      list: [{ text: 'your redacted!' }],
      n: 1,
      no: null,
    })
  })

  test.each([
    ['plain', 'k=Ab/c&d="é\\x'],
    ['in small letters', 'k=ab/c&d="é\\x'],
    ['as an address', 'k=Ab%2fc%26d%3D%22%C3%A9%5Cx'],
    ['as a part of an address', 'k=Ab/c&d=%22%c3%a9%5cx'],
    ['as JSON', JSON.stringify('k=Ab/c&d="é\\x').slice(1, -1)],
    ['as JSON in JSON', JSON.stringify(JSON.stringify('k=Ab/c&d="é\\x')).slice(3, -3)],
    ['as JSON in ASCII', 'k=Ab\\/c\\u0026d=\\u0022\\u00e9\\\\x'],
    ['as XML', 'k=Ab/c&amp;d=&quot;é\\x'],
    ['as XML in numbers', 'k=Ab&#47;c&#038;d=&#x22;&#xE9;\\x'],
  ])('keeps no secret written %s', (_how, said) => {
    const secrets = { KEY: 'Ab/c&d="é\\x' }
    expect(withoutSecrets({ said }, secrets)).toEqual({ said: 'k=redacted' })
    expect(withoutSecrets({ said }, { KEY: encodeURIComponent(secrets.KEY) })).toEqual({ said: 'k=redacted' })
  })

  test.each([
    'Cannot POST /services/T00000000/B00000000/a-token-of-the-webhook?sig=the-signature-of-it',
    'no hook a-token-of-the-webhook',
    'the-signature-of-it is wrong',
  ])('keeps no part of a secret address: %s', said => {
    const url =
      'https://hooks.example.com/services/T00000000/B00000000/a-token-of-the-webhook?v=1&sig=the-signature-of-it'
    const clean = withoutSecrets(said, { URL: url })
    expect(clean).toContain('redacted')
    expect(clean).not.toMatch(/token|signature/)
    expect(withoutSecrets('no such services, v=1', { URL: url })).toBe('no such services, v=1')
  })

  /** What may be left of the escape that was cut. */
  const MAX_ESCAPE = 11
  const codings: [string, (key: string) => string][] = [
    ['plain', key => key],
    ['as an address', encodeURIComponent],
    ['as an address in an address', key => encodeURIComponent(encodeURIComponent(key))],
    ['as JSON in JSON', key => JSON.stringify(JSON.stringify(key)).slice(3, -3)],
    [
      'as JSON in ASCII',
      key => [...key].map(char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    ],
    ['as XML', key => key.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ['as XML in numbers', key => [...key].map(char => `&#x${char.charCodeAt(0).toString(16)};`).join('')],
  ]
  test.each(codings)(
    'keeps at most seven characters of a secret written %s, wherever the text is cut',
    (_how, write) => {
      const key = 'a&"é/b+7\\c1d2 e3f4g5-h6i7'
      const text = `see https://x.test/?k=${write(key)}`
      for (const mark of ['', '…', '...', "…' is not a web address"])
        for (let end = text.length; end > 22; end--) {
          const cut = text.slice(0, end)
          const clean = withoutSecrets(`${cut}${mark}`, { KEY: key })
          const longest = write(key.slice(0, 7)).length + MAX_ESCAPE
          const said = `${clean} (of ${cut}${mark})`
          if (clean.includes('redacted')) expect(clean, said).toBe(`see https://x.test/?k=redacted${mark}`)
          else expect(end - 22, said).toBeLessThanOrEqual(longest)
        }
    },
  )

  test('keeps no beginning of the token in a secret address', () => {
    const url = 'https://hooks.example.com/services/T00000000/a-token-of-the-webhook'
    const clean = withoutSecrets('Cannot POST /services/T00000000/a-token-of…', { URL: url })
    expect(clean).toBe('Cannot POST /services/T00000000/redacted…')
    expect(withoutSecrets('see https://hooks.example.com/…', { URL: url })).toBe('see https://hooks.example.com/…')
  })

  test('keeps a word that begins like a secret, and no secret that overlaps another', () => {
    expect(withoutSecrets('production is slow', { KEY: 'production-key-7' })).toBe('production is slow')
    expect(withoutSecrets('k=abcdefghijklmnop!', { A: 'abcdefghijkl', B: 'efghijklmnop' })).toBe('k=redacted!')
  })

  test('is read in time that grows with the text alone', () => {
    const secrets = { A: 'aaaaaaaaaaaaaaaaaaaab', B: 'aaaaaaaaaaaaaaaa', C: 'never-there-at-all' }
    expect(withoutSecrets('a'.repeat(1_000_000), secrets)).toContain('redacted')
    expect(withoutSecrets('aaaaaaaa…'.repeat(100_000), secrets)).not.toContain('aaaaaaaa')
  })

  test('keeps its words where the value is too short for a secret', () =>
    expect(withoutSecrets('the net is up', { SOURCE_TEAM: 'net' })).toBe('the net is up'))

  test('is itself where the source has none', () => {
    const said = { title: 'x' }
    expect(withoutSecrets(said, undefined)).toBe(said)
  })
})

describe('a secret of which only the digest is kept', () => {
  const named = { VIEW_TOKEN: 'sixteen-letters!', SOURCE_HOOK: 'sixteen-letters!', SOURCE_SHORT: 'fifteen-letters' }

  test('is taken from the environment', () => {
    const digest = 'e178cfa9fadaf72ddef299ee2db3c05d7be0a6a6049afb2b153b5fbf136c472d'
    expect(secretDigest('${SOURCE_HOOK}', named)).toEqual({ ok: true, value: digest })
  })

  test.each([
    ['${SOURCE_SHORT}', 'refers to SOURCE_SHORT, which is too short'],
    ['${SOURCE_NOT_SET}', 'refers to SOURCE_NOT_SET, which is not set'],
    ['${toString}', 'refers to toString, but is given only'],
    ['${VIEW_TOKEN}', 'name it SOURCE_VIEW_TOKEN'],
    ['sixteen-letters!', 'is not the name of a secret'],
    ['x${SOURCE_HOOK}', 'is not the name of a secret'],
  ])('as %s is refused, and no value is shown', (reference, reason) => {
    const digest = secretDigest(reference, named)
    expect(digest.ok ? '' : digest.error).toContain(reason)
    expect(JSON.stringify(digest)).not.toContain('-letters')
  })
})
