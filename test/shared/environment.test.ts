import { describe, expect, test } from 'vitest'
import { withoutServerSecrets } from '../../launch/settings.ts'
import { Settings as ServerSettings } from '../../server/settings.ts'
import { SERVER_SECRETS } from '../../shared/environment.ts'
import { SECRET_PREFIX } from '../../workers/config/url-secrets.ts'
import { Settings as WorkerSettings } from '../../workers/settings.ts'

describe('the environment of a role', () => {
  test('has no setting of ours that the sources file could name', () => {
    const names = [...Object.keys(ServerSettings.shape), ...Object.keys(WorkerSettings.shape)]
    expect(names.length).toBeGreaterThan(20)
    expect(names.filter(name => name.startsWith(SECRET_PREFIX))).toEqual([])
  })

  test('of workers has no token of the servers', () => {
    const tokens = Object.fromEntries(SERVER_SECRETS.map(name => [name, 'a-token']))
    expect(withoutServerSecrets({ ...tokens, REDIS_URL: 'redis://x', SOURCE_KEY: 'k' })).toEqual({
      REDIS_URL: 'redis://x',
      SOURCE_KEY: 'k',
    })
    expect(SERVER_SECRETS.filter(name => !(name in ServerSettings.shape))).toEqual([])
    expect(SERVER_SECRETS.filter(name => name in WorkerSettings.shape)).toEqual([])
  })
})
