import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { knownHosts, refusalOf } from '../../../server/http/known-hosts.ts'
import { Settings } from '../../../server/settings.ts'
import { parseEnvironment } from '../../../shared/environment.ts'

/** The hosts of a server with these settings. */
const hosts = (environment: Record<string, string> = {}) => {
  const parsed = parseEnvironment(Settings, { REDIS_URL: 'redis://localhost', ...environment })
  if (!parsed.ok) throw new Error(parsed.error)
  const { HOST, ALLOWED_HOSTS, PUBLIC_URL, STATUSPAGE_HOSTS } = parsed.value
  return knownHosts({ listening: HOST, allowed: ALLOWED_HOSTS, publicUrl: PUBLIC_URL, mapped: STATUSPAGE_HOSTS.keys() })
}

const addresses = ['127.0.0.1', '127.0.0.1:3000', '10.0.3.7:3000', '[::1]', '[::1]:3000', '[2001:db8::7]:80']
const loopback = ['localhost', 'LOCALHOST:3000', 'nephoscope.localhost:3000', 'localhost.']
const foreign = [
  ...['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.3.7.nip.io', 'evillocalhost'],
  ...['status.example.com.evil.example', 'xstatus.example.com', 'nas:3000', '0x7f.1', '1.2.3.4.5', '[::1'],
]

test('loopback and addresses are always known, and no name of others', () => {
  for (const host of [...addresses, ...loopback]) expect([host, hosts()(host)]).toEqual([host, true])
  for (const host of foreign) expect([host, hosts()(host)]).toEqual([host, false])
})

test.each([
  [{ PUBLIC_URL: 'https://Status.example.com/clouds' }, ['status.example.com', 'STATUS.example.com.:8443']],
  [{ PUBLIC_URL: 'https://status.example.com:8443' }, ['status.example.com:8443', 'status.example.com']],
  [{ STATUSPAGE_HOSTS: 'shop.example:8080=stack/shop,b.example=azure' }, ['shop.example:8080', 'b.example:1']],
  [{ HOST: 'nas.internal' }, ['nas.internal:3000', 'NAS.internal']],
  [{ HOST: '::', ALLOWED_HOSTS: 'Nas, server.internal ,' }, ['nas:3000', 'server.internal']],
])('%j names hosts', (environment, named) => {
  for (const host of named) expect([host, hosts(environment)(host)]).toEqual([host, true])
  for (const host of foreign.filter(one => !one.startsWith('nas')))
    expect([host, hosts(environment)(host)]).toEqual([host, false])
})

test('whoever wants it is known by any name', () => {
  for (const host of foreign) expect(hosts({ ALLOWED_HOSTS: '*' })(host)).toBe(true)
})

test.each(['https://a.example', 'a.example:80', 'a b', '*.example.com', 'a/b'])(
  'ALLOWED_HOSTS: %s is refused in one line that says how',
  value => {
    expect(parseEnvironment(Settings, { REDIS_URL: 'redis://localhost', ALLOWED_HOSTS: value })).toEqual({
      ok: false,
      error: `ALLOWED_HOSTS must be host names without a port, such as status.example.com, comma-separated, or * for any (is '${value}')`,
    })
  },
)

describe('a request', () => {
  const refusal = (url: string, ...given: string[]) => {
    const request = new IncomingMessage(new Socket())
    request.url = url
    request.rawHeaders = given.flatMap(host => ['Host', host])
    if (given[0] !== undefined) request.headers = { host: given[0] }
    return refusalOf(request, hosts())
  }

  test('for another host is refused with the mend', () =>
    expect(refusal('/api/stats', 'evil.example')).toEqual({
      status: 421,
      line: "this server is not known as 'evil.example': name that host in ALLOWED_HOSTS, or in PUBLIC_URL",
    }))

  test('for no host, for what is none and for two is refused', () => {
    expect(refusal('/')?.status).toBe(400)
    for (const host of ['', 'a b', 'a/b', 'a"b', 'user@localhost', '<x>', 'x?y', 'localhost:x', '::1'])
      expect([host, refusal('/', host)?.status]).toEqual([host, 400])
    expect(refusal('/healthz', 'localhost', 'evil.example')?.status).toBe(400)
  })

  test('of a probe may name any', () => {
    for (const path of ['/healthz', '/readyz', '/readyz?x']) expect(refusal(path, 'pod.example')).toBeNull()
    for (const path of ['/healthz/', '/healthzx', '/metrics', '//healthz', '/?/healthz'])
      expect([path, refusal(path, 'pod.example')?.status]).toEqual([path, 421])
  })
})
