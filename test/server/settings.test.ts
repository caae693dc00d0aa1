import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { Settings } from '../../server/settings.ts'
import { parseEnvironment } from '../../shared/environment.ts'

const said = (environment: Record<string, string>): string => {
  const parsed = parseEnvironment(Settings, { REDIS_URL: 'redis://localhost', ...environment })
  return parsed.ok ? 'taken' : parsed.error
}

test.each(['base64', 'base64url', 'hex'] as const)('tokens of 24 random bytes in %s are taken', coding => {
  for (let n = 0; n < 200; n++)
    expect(said({ ADMIN_TOKEN: randomBytes(24).toString(coding), VIEW_TOKEN: randomBytes(24).toString(coding) })).toBe(
      'taken',
    )
})

test.each([
  'kX9-short-of-twenty',
  'a'.repeat(40),
  'abcabcabcabcabcabcabcabc',
  'passwordpasswordpass',
  'My-Passw0rt-is-PASSWORT-2026',
  'change-me-to-something-long',
  '12345678901234567890-abc',
  'a token of several words here',
  `${'kX9-zQ7vLp2'.repeat(47)}`,
])('the token %s is refused in one line, with the command that makes a better one and without itself', token => {
  for (const name of ['ADMIN_TOKEN', 'VIEW_TOKEN']) {
    const line = said({ [name]: token })
    expect(line.startsWith(`${name} must be 20 to 512 characters`)).toBe(true)
    expect(line).toMatch(/^[^\n]*: openssl rand -base64 24$/)
    expect(line).not.toContain(token)
  }
})

test('the view token is none of the admin', () => {
  const token = randomBytes(24).toString('base64')
  expect(said({ ADMIN_TOKEN: token, VIEW_TOKEN: token })).toBe('ADMIN_TOKEN must be another than VIEW_TOKEN')
})

const parse = (environment: Record<string, string>) =>
  parseEnvironment(Settings, { REDIS_URL: 'redis://localhost', ...environment })

test('metrics have a port of their own, or none', () => {
  const parsed = parse({ METRICS_PORT: '9464' })
  expect(parsed.ok && parsed.value.METRICS_PORT).toBe(9464)
  for (const environment of [{ METRICS_PORT: '3000' }, { PORT: '9464', METRICS_PORT: '9464' }])
    expect(parse(environment)).toEqual({
      ok: false,
      error: `METRICS_PORT must be another port than PORT (is '${environment.METRICS_PORT}')`,
    })
})
