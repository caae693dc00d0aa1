import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityProvider } from '../../../server/access/identity-provider.ts'

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
const proof = { state: 'the-state', nonce: 'the-nonce', verifier: 'v'.repeat(43) }

let server: Server
let issuer: string
let idToken: string
beforeAll(async () => {
  server = createServer((request, response) => {
    const jwks = { keys: [{ ...ours.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] }
    const answers: Record<string, object> = {
      '/.well-known/openid-configuration': {
        ...{
          issuer,
          jwks_uri: `${issuer}/jwks`,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
        },
        ...{ response_types_supported: ['code'], id_token_signing_alg_values_supported: ['RS256'] },
      },
      '/jwks': jwks,
      '/token': { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: idToken },
    }
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answers[request.url ?? '']))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => server.close())

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
function signed(claims: object, key: KeyObject = ours.privateKey): string {
  const now = Math.floor(Date.now() / 1000)
  const whole = { iss: issuer, aud: 'nephoscope', sub: 'ada', nonce: proof.nonce, iat: now, exp: now + 60, ...claims }
  const head = `${encoded({ alg: 'RS256', kid: 'k' })}.${encoded(whole)}`
  return `${head}.${createSign('RSA-SHA256').update(head).sign(key).toString('base64url')}`
}

const identify = (token: string) => {
  idToken = token
  return identityProvider({
    ...{ issuer: new URL(issuer), clientId: 'nephoscope', clientSecret: 'secret', groupsClaim: 'teams' },
    callback: 'http://localhost:3000/sign-in/callback',
  }).identify(`code=c&state=${proof.state}`, proof)
}

test('a signed ID token says who a person is, by the claims that they cannot choose', async () => {
  const claims = { name: 'Somebody Else', preferred_username: 'ada\nadmin token', teams: ['sre'] }
  expect(await identify(signed(claims))).toEqual({ subject: 'ada', name: 'ada admin token', groups: ['sre'] })
  const mail = { email: 'boss@example.com', email_verified: false, teams: 'sre' }
  expect(await identify(signed(mail))).toEqual({ subject: 'ada', name: 'ada', groups: ['sre'] })
  expect((await identify(signed({ email: 'ada@example.com', teams: 5 }))).groups).toEqual([])
})

test.each([
  ['one that is over', () => signed({ exp: Math.floor(Date.now() / 1000) - 3_600 })],
  ['one of another sign-in', () => signed({ nonce: 'another' })],
  ['one for another client', () => signed({ aud: 'another' })],
  ['one of another provider', () => signed({ iss: 'https://login.example.com' })],
  ['one that another key has signed', () => signed({}, foreign.privateKey)],
  ['one without a signature', () => `${encoded({ alg: 'none' })}.${signed({}).split('.')[1]}.`],
  ['one without a subject', () => signed({ sub: '' })],
])('%s is refused', async (_, token) => {
  await expect(identify(token())).rejects.toThrow()
})

test('another state is refused', async () => {
  const provider = identityProvider({
    ...{ issuer: new URL(issuer), clientId: 'nephoscope', clientSecret: 'secret', groupsClaim: 'groups' },
    callback: 'http://localhost:3000/sign-in/callback',
  })
  idToken = signed({})
  await expect(provider.identify('code=c&state=another', proof)).rejects.toThrow()
})
