import { once } from 'node:events'
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

export const CLIENT_ID = 'nephoscope'
export const CLIENT_SECRET = 'the-client-secret-of-the-office'

type Person = { email?: string; preferred_username?: string; groups?: readonly string[] }

/** A certified provider of identities on loopback, at which whoever is named signs in without being asked. */
export async function startIdentityProvider(people: Readonly<Record<string, Person>>, callbacks: readonly string[]) {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  let person = Object.keys(people)[0] ?? ''
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: [...callbacks],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: ['a key of the test'] },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'], email: ['email'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: CLIENT_ID, accountId: ctx.oidc.session?.accountId ?? '' })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  })
  const answer = provider.callback()
  http.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response)
    provider
      .interactionFinished(request, response, { login: { accountId: person } })
      .catch(error => response.writeHead(500).end(String(error)))
  })
  return {
    issuer,
    /** From now on this one signs in. */
    use(name: string) {
      person = name
    },
    async close() {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
}

/** A browser without a page: it keeps cookies by host, and goes where it is led. */
export function testBrowser() {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (url: URL) => jars.get(url.host) ?? jars.set(url.host, new Map()).get(url.host) ?? new Map()

  async function ask(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address)
    const cookie = [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...Object.fromEntries(new Headers(init.headers)), ...(cookie !== '' && { cookie }) }
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) jarOf(url).delete(name)
      else jarOf(url).set(name, value)
    }
    return answer
  }

  /** Follows until an answer is no redirect, or leads to where `stop` says. */
  async function follow(
    address: string,
    stop: (url: string) => boolean = () => false,
  ): Promise<{ url: string; answer: Response }> {
    let url = address
    for (let n = 0; n < 12; n++) {
      const answer = await ask(url)
      const location = answer.headers.get('location')
      if (location === null) return { url, answer }
      await answer.body?.cancel()
      url = new URL(location, url).href
      if (stop(url)) return { url, answer }
    }
    throw new Error(`it is led in circles: ${url}`)
  }

  const cookiesOf = (address: string) =>
    [...jarOf(new URL(address))].map(([name, value]) => `${name}=${value}`).join('; ')
  return { ask, follow, cookiesOf }
}
