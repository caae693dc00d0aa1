import { expect, test } from 'vitest'
import { Settings } from '../../server/settings.ts'
import { parseEnvironment } from '../../shared/environment.ts'

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
