import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairingCode } from '../../../server/routes/pairing.ts'
import { codeAlphabet, PairingCode, parseScreenToken, screenToken } from '../../../shared/domain/screen.ts'

test('a code is six characters that nobody takes for one another', () => {
  expect(codeAlphabet).not.toMatch(/[01OILl2Z5S8BUV]/)
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(codeAlphabet.length - 1)), numbers => {
      const code = pairingCode(() => numbers.next().value ?? 0)
      expect(PairingCode.parse(code)).toBe(code)
    }),
  )
})

test.each(['acd-efg', ' ACD EFG ', 'AcDeFg'])('%j is typed for ACDEFG', typed => {
  expect(PairingCode.parse(typed)).toBe('ACDEFG')
})

test.each(['', 'ACDEF', 'ACDEFGH', 'ACDEF0', 'ACDEFÜ', 'A'.repeat(100)])('%j is no code', typed => {
  expect(PairingCode.safeParse(typed).success).toBe(false)
})

test('a token is taken apart as it was put together, and nothing else is one', () => {
  const [screen, secret] = ['0123456789abcdef'.repeat(2), 'a-_9'.repeat(11).slice(0, 43)]
  expect(parseScreenToken(screenToken(screen, secret))).toEqual({ screen, secret })
  for (const text of ['', '.', screen, `${screen}.`, `${screen}.${secret}x`, ` ${screen}.${secret}`])
    expect(parseScreenToken(text)).toBeNull()
})
