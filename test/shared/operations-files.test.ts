import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { redisCommand, redisReady } from '../../launch/redis.ts'
import { SERVER_SECRETS } from '../../shared/environment.ts'
import { loadSources } from '../../workers/config/sources-file.ts'
import { everyMetric } from '../support/every-metric.ts'
import { promtool, ruleFiles } from '../support/prometheus.ts'

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')

const Alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ runbook: z.string() }) })),
    }),
  ),
})
const alerts = async () =>
  (await Promise.all(ruleFiles.map(async file => Alerts.parse(parse(await read(`config/${file}`)))))).flatMap(
    ({ groups }) => groups.flatMap(({ rules }) => rules),
  )

test('every alert has its section in the runbook, and every section its alert', async () => {
  const rules = await alerts()
  const sections = [...(await read('docs/runbook.md')).matchAll(/^## (.+)$/gm)].map(([, name]) => name)
  expect(sections).toEqual(rules.map(({ alert }) => alert))
  for (const { alert, annotations } of rules) expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`)
})

test('alerts ask for metrics that servers tell, by labels that they have', async () => {
  const told = await everyMetric()
  const known = new Set([...told.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name))
  for (const { alert, expr } of await alerts()) {
    const asked = [...expr.matchAll(/\b(?:nephoscope|nodejs|process)_\w+/g)].map(([name]) => name)
    for (const name of asked) expect(known, `${alert} asks for ${name}`).toContain(name)
    for (const [, name = '', label = ''] of expr.matchAll(/\b(nephoscope_\w+)\{(\w+)=/g))
      expect(told, `${alert} asks ${name} by ${label}`).toMatch(new RegExp(`^${name}\\{[^}]*${label}="`, 'm'))
  }
})

test('promtool takes the rules, and they fire on the stories that they are for', () => {
  const files = ruleFiles.map(file => fileURLToPath(new URL(`../../config/${file}`, import.meta.url)))
  const stories = fileURLToPath(new URL('../fixtures/prometheus/alerts.test.yaml', import.meta.url))
  for (const args of [
    ['check', 'rules', ...files],
    ['test', 'rules', stories],
  ]) {
    const { status, stdout, stderr } = spawnSync(promtool, args)
    expect(status, String(stdout) + String(stderr)).toBe(0)
  }
})

test('every metric of ours is explained, with the labels that it has', async () => {
  const docs = await read('docs/metrics.md')
  const told = await everyMetric()
  for (const [, name = ''] of told.matchAll(/^# TYPE (nephoscope_\w+)/gm)) {
    const labels = new RegExp(`^${name}\\{(.+)\\} `, 'm').exec(told)?.[1]?.match(/\w+(?==")/g) ?? []
    const written = labels.length === 0 ? name : `${name}{${labels.join(',')}}`
    expect(docs, written).toContain(`\`${written}\``)
  }
})

test.each(['base/server', 'base/workers'])('%s asks for routes and programs that are there', async name => {
  const text = await read(`config/kubernetes/${name}.yaml`)
  for (const document of parseAllDocuments(text)) expect(document.errors).toEqual([])
  for (const [, path] of text.matchAll(/httpGet: \{ path: (\S+),/g)) expect(['/healthz', '/readyz']).toContain(path)
  const bundles = await read('launch/build.ts')
  for (const [, program] of text.matchAll(/dist\/([\w-]+)\.js/g))
    expect(bundles).toMatch(new RegExp(`\\b${program}\\b`))
})

test('servers that believe a proxy are reached by it alone, and by Prometheus where no ingress leads', async () => {
  const Rules = z.array(
    z.strictObject({ ports: z.array(z.object({ port: z.string() })), from: z.array(z.looseObject({})) }),
  )
  const policies = parseAllDocuments(await read('config/kubernetes/base/network-policies.yaml')).map(one => one.toJS())
  const ingress = policies.find(({ metadata }) => metadata.name === 'nephoscope-server').spec.ingress
  const admitted = Rules.parse(ingress).map(({ ports, from }) => [ports, JSON.stringify(from)])
  const of = (name: string) => `[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"${name}"}}}]`
  expect(admitted).toEqual([
    [[{ port: 'http' }], of('ingress-nginx')],
    [[{ port: 'metrics' }], of('monitoring')],
  ])
  const [deployment, service] = parseAllDocuments(await read('config/kubernetes/base/server.yaml')).map(one =>
    one.toJS(),
  )
  const [container] = deployment.spec.template.spec.containers
  const environment = Object.fromEntries(container.env.map(({ name, value }: Record<string, string>) => [name, value]))
  expect(environment).toMatchObject({ TRUST_PROXY: '1', METRICS_PORT: '9464' })
  expect(container.ports).toEqual([
    { name: 'http', containerPort: 3000 },
    { name: 'metrics', containerPort: 9464 },
  ])
  expect(service.spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }])
})

test('the Caddyfile keeps metrics in by prefix', async () => {
  // Caddy decodes a path, and its matcher knows no case of letters
  expect(await read('config/Caddyfile')).toMatch(/^\trespond \/metrics\* 404$/m)
})

test('the sources of the example pass', async () => {
  const { sources } = await loadSources('config/kubernetes/example/sources.yaml', {}, read)
  expect(sources.ok && sources.value.sources.map(({ id }) => id)).toEqual(['aws-status', 'github'])
})

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.unknown()).optional(),
      networks: z.array(z.string()),
      ports: z.array(z.string()).optional(),
    }),
  ),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
})
const compose = async () => Compose.parse(parse(await read('docker-compose.yml'), { merge: true }))

test('in containers only workers and servers reach Redis, and it has no way out', async () => {
  const { services, networks } = await compose()
  const beside = Object.keys(services).filter(name => services[name]?.networks.includes('store'))
  expect(beside.sort()).toEqual(['redis', 'server', 'workers'])
  expect(services.redis).toMatchObject({ networks: ['store'] })
  expect(services.redis?.ports).toBeUndefined()
  expect(networks.store).toEqual({ internal: true })
})

test('the Redis of docker-compose.yml starts as it is told there, and wants the password', async () => {
  const { services } = await compose()
  const [shell = '', flag = '', script = ''] = services.redis?.command ?? []
  const dir = await mkdtemp(join(tmpdir(), 'neph-compose-'))
  const program = process.env.REDIS_SERVER ?? 'redis-server'
  const socket = join(dir, 'redis.sock')
  // compose writes a dollar as two
  const here = script
    .replaceAll('$$', '$')
    .replace('exec redis-server -', `exec ${program} - --port 0 --unixsocket ${socket}`)
  const env = { ...process.env, REDISCLI_AUTH: 'secret' }
  const child = spawn(shell, [flag, here], { cwd: dir, env, stdio: 'ignore' })
  await redisReady(`unix://:secret@${socket}`, dir)
  expect(await redisCommand(`unix://${socket}`, 'PING')).toMatch(/^NOAUTH /)
  expect(child.spawnargs.join(' ')).not.toContain('secret')
  child.kill()
  await once(child, 'exit')
  await rm(dir, { recursive: true })
})

test('on Kubernetes nothing but our pods, and those of Redis, reaches Redis', async () => {
  const documents = parseAllDocuments(await read('config/kubernetes/base/network-policies.yaml'))
  const policy = documents.map(document => document.toJS()).find(({ metadata }) => metadata.name === 'nephoscope-redis')
  const labels = policy.spec.ingress.flatMap((rule: { from: { podSelector: { matchLabels: object } }[] }) =>
    rule.from.map(({ podSelector }) => podSelector.matchLabels),
  )
  expect(policy.spec.podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'redis' })
  expect(labels).toEqual([{ 'app.kubernetes.io/name': 'nephoscope' }, { 'app.kubernetes.io/name': 'redis' }])
})

test('nothing gives workers what servers alone are to know', async () => {
  const { services } = z
    .object({ services: z.record(z.string(), z.object({ environment: z.record(z.string(), z.unknown()).optional() })) })
    .parse(parse(await read('docker-compose.yml')))
  const unit = await read('config/systemd/nephoscope-workers.service')
  const unset = /^UnsetEnvironment=(.*)$/m.exec(unit)?.[1]?.split(' ')
  for (const name of SERVER_SECRETS) {
    expect(services.server?.environment).toHaveProperty(name)
    expect(services.workers?.environment).not.toHaveProperty(name)
    expect(unset).toContain(name)
  }
  const secretsOf = async (role: string) =>
    [...(await read(`config/kubernetes/base/${role}.yaml`)).matchAll(/secretRef: \{ name: ([\w-]+)/g)].map(([, n]) => n)
  expect(await secretsOf('workers')).toEqual(['nephoscope', 'nephoscope-workers'])
  expect(await secretsOf('server')).toEqual(['nephoscope', 'nephoscope-server'])
  const generated = z
    .object({ secretGenerator: z.array(z.object({ name: z.string(), literals: z.array(z.string()) })) })
    .parse(parse(await read('config/kubernetes/example/kustomization.yaml')))
  for (const { name, literals } of generated.secretGenerator.filter(({ name }) => name !== 'nephoscope-server'))
    for (const literal of literals) expect(SERVER_SECRETS, name).not.toContain(literal.split('=')[0])
})
