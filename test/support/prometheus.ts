import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'
import { freePort } from './free-port.ts'
import { until } from './temporary-redis.ts'

/** As NGINX: the launcher installs it and says where it is. */
const program = process.env.PROMETHEUS ?? 'prometheus'

/** Comes with every Prometheus. */
export const promtool = program.replace(/prometheus$/, 'promtool')

/** The rules that we ship, by their names in config/. */
export const ruleFiles = ['prometheus-alerts.yaml', 'prometheus-cloud-alerts.yaml'] as const

export type Prometheus = {
  url: string
  /** The labels of the alerts that fire. */
  firing(): Promise<Record<string, string>[]>
  /** The result of an expression; throws where it is none. */
  query(expression: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]>
  close(): Promise<void>
}

/**
 * A real Prometheus that scrapes a server once a second, with the rules that we ship. Of these only `for` is another: an
 * alert must not take minutes to fire in a test.
 * @param token the view token, where the server has one
 */
export async function startPrometheus(server: string, token?: string): Promise<Prometheus> {
  const dir = await mkdtemp(path.join(tmpdir(), 'neph-prometheus-'))
  for (const file of ruleFiles) {
    const rules = readFileSync(new URL(`../../config/${file}`, import.meta.url), 'utf8')
    await writeFile(path.join(dir, file), rules.replace(/^( +for:) \d+[mh]$/gm, '$1 1s'))
  }
  const configuration = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: ruleFiles,
    scrape_configs: [
      {
        job_name: 'nephoscope',
        static_configs: [{ targets: [new URL(server).host] }],
        ...(token !== undefined && { authorization: { credentials: token } }),
      },
    ],
  }
  await writeFile(path.join(dir, 'prometheus.yml'), stringify(configuration))
  const port = await freePort()
  const options = [
    `--config.file=${dir}/prometheus.yml`,
    `--storage.tsdb.path=${dir}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=warn',
  ]
  const child: ChildProcess = spawn(program, options, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr?.on('data', chunk => {
    said = (said + String(chunk)).slice(-5_000)
  })
  const url = `http://127.0.0.1:${port}`
  const ask = async (question: string) => {
    const answer = await (await fetch(`${url}/api/v1/${question}`)).json()
    if (answer.status !== 'success') throw new Error(`${question}: ${answer.error}`)
    return answer.data
  }
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`prometheus does not start: ${said}`)
    return (await fetch(`${url}/-/ready`).catch(() => undefined))?.status === 200
  }, 'prometheus to be ready')
  return {
    url,
    async firing() {
      const { alerts } = await ask('alerts')
      return alerts
        .filter(({ state }: { state: string }) => state === 'firing')
        .map(({ labels }: { labels: Record<string, string> }) => labels)
    },
    async query(expression) {
      return (await ask(`query?query=${encodeURIComponent(expression)}`)).result
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      await rm(dir, { recursive: true, force: true })
    },
  }
}
