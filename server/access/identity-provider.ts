import type { ClientAuth, Configuration } from 'openid-client'
import { z } from 'zod'

export type IdentityProviderSettings = {
  issuer: URL
  clientId: string
  clientSecret: string
  groupsClaim: string
  /** Where the provider leads back to. */
  callback: string
}

/** What is made for one sign-in, and must come back. */
export type SignInProof = { state: string; nonce: string; verifier: string }

export type Identity = { subject: string; name: string; groups: readonly string[] }

export type IdentityProvider = {
  /** The page of the provider where a person signs in. */
  pageFor(proof: SignInProof): Promise<URL>
  /** Who came back with this query. Rejects when the provider does not say so with a valid signature. */
  identify(query: string, proof: SignInProof): Promise<Identity>
}

const TIMEOUT_S = 10

/** A provider of identities that speaks OpenID Connect: authorization code, PKCE, state, nonce, signed ID token. */
export function identityProvider(settings: IdentityProviderSettings): IdentityProvider {
  const { issuer, clientId, clientSecret, groupsClaim, callback } = settings
  let ready: ReturnType<typeof discover> | undefined

  async function discover() {
    const client = await import('openid-client')
    // the specification's default where the provider does not say which
    const authenticate: ClientAuth = (server, ...rest) =>
      (server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') === false
        ? client.ClientSecretPost
        : client.ClientSecretBasic)(clientSecret)(server, ...rest)
    const config: Configuration = await client.discovery(issuer, clientId, undefined, authenticate, {
      timeout: TIMEOUT_S,
      execute: [
        client.enableNonRepudiationChecks,
        // the settings admit it of this machine alone
        ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
      ],
    })
    return { client, config }
  }

  /** A provider that cannot be reached is asked again at the next sign-in. */
  const discovered = () => {
    ready ??= discover().catch(error => {
      ready = undefined
      throw error
    })
    return ready
  }

  return {
    async pageFor({ state, nonce, verifier }) {
      const { client, config } = await discovered()
      return client.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope: 'openid profile email',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      })
    },
    async identify(query, { state, nonce, verifier }) {
      const { client, config } = await discovered()
      const tokens = await client.authorizationCodeGrant(config, new URL(`${callback}?${query}`), {
        ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
        idTokenExpected: true,
      })
      const claims = Claims.parse(tokens.claims())
      // some providers put groups, or a name, into their answer about the person alone
      const isWhole = claims[groupsClaim] !== undefined
      const more =
        isWhole || config.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await client.fetchUserInfo(config, tokens.access_token, claims.sub)
      return identityOf({ ...more, ...claims }, groupsClaim)
    },
  }
}

const Claims = z.looseObject({ sub: z.string().min(1).max(255) })
const Named = z.string().max(500)
const Groups = z.union([z.array(z.string()), z.string().transform(group => [group])])

/** Claims → the person. Their name is one that they cannot choose freely; they may be in no group. */
function identityOf(claims: z.infer<typeof Claims>, groupsClaim: string): Identity {
  const email = claims.email_verified === false ? undefined : Named.safeParse(claims.email).data
  const name = (email || Named.safeParse(claims.preferred_username).data || claims.sub)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 50)
  return { subject: claims.sub, name, groups: Groups.safeParse(claims[groupsClaim]).data ?? [] }
}
