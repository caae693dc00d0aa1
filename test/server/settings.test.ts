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

const signingIn = {
  OIDC_ISSUER: 'https://login.example.com/realms/office',
  OIDC_CLIENT_ID: 'nephoscope',
  OIDC_CLIENT_SECRET: 'kX9-the-client-secret',
  OIDC_ROLES: 'staff=viewer',
  VIEW_TOKEN: 'kX9-zQ7vLp2-mW4-rT8-view',
  ADMIN_TOKEN: 'kX9-zQ7vLp2-mW4-rT8-admin',
  PUBLIC_URL: 'https://status.example.com',
}

test('where people sign in, all that it takes is set, and what is wrong is told without the secret', () => {
  const whole = { ...signingIn, OIDC_ROLES: 'staff=viewer, a=b=operator' }
  const parsed = parse(whole)
  expect(parsed.ok && [...(parsed.value.OIDC_ROLES ?? [])]).toEqual([
    ['staff', 'viewer'],
    ['a=b', 'operator'],
  ])
  for (const name of Object.keys(whole).filter(name => name !== 'OIDC_ISSUER')) {
    const line = said({ ...whole, [name]: '' })
    expect(line).toBe(`${name} must be set where OIDC_ISSUER is`)
  }
  expect(said({ ...whole, OIDC_ISSUER: '' })).toContain('OIDC_ISSUER must be set where people sign in')
  for (const roles of ['staff', 'staff=owner', '=viewer', 'a=viewer,a=admin', 'cn=sre,ou=x=operator'])
    expect([roles, said({ ...whole, OIDC_ROLES: roles })]).toEqual([
      roles,
      expect.stringContaining('OIDC_ROLES must be groups'),
    ])
})

test.each([
  ['https://login.example.com', true],
  ['http://127.0.0.1:8080/realms/office', true],
  ['http://localhost', true],
  ['http://login.example.com', false],
  ['http://localhost.example.com', false],
  ['http://127.0.0.1@login.example.com', false],
  ['https://user:secret@login.example.com', false],
  ['login.example.com', false],
])('%s as the provider of identities: %s', (OIDC_ISSUER, isTaken) => {
  const line = said({ ...signingIn, OIDC_ISSUER })
  expect(line).toEqual(isTaken ? 'taken' : expect.stringContaining('OIDC_ISSUER must be the address of a provider'))
})
