import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from './free-port.ts'
import { until } from './temporary-redis.ts'

export type Nginx = { url: string; close(): Promise<void> }

const shipped = readFileSync(new URL('../../config/nginx.conf', import.meta.url), 'utf8')

/**
 * The real nginx with the configuration that we ship, before these servers. What it writes goes into a temporary folder.
 * @param under the path of the public address, which the configuration gets as docs/operations.md says
 */
export async function startNginx(servers: readonly string[], { connections = 1_000, under = '' } = {}): Promise<Nginx> {
  const dir = await mkdtemp(path.join(tmpdir(), 'neph-nginx-'))
  // Started by root, its workers are somebody else.
  await chmod(dir, 0o711)
  const port = await freePort()
  const file = path.join(dir, 'nginx.conf')
  await writeFile(file, adapted(dir, port, servers, connections, under))
  // A folder of its own for everything that needs root elsewhere.
  const main = `daemon off; pid ${dir}/nginx.pid;`
  const child: ChildProcess = spawn(process.env.NGINX ?? 'nginx', ['-p', dir, '-e', 'stderr', '-c', file, '-g', main], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', chunk => {
    said = (said + String(chunk)).slice(-5_000)
  })
  const url = `http://127.0.0.1:${port}`
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`nginx does not start: ${said}`)
    return (await fetch(`${url}/healthz`).catch(() => undefined)) !== undefined
  }, 'nginx to listen')
  return {
    url,
    async close() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** The shipped configuration with other ports and places, and nothing else. */
function adapted(dir: string, port: number, servers: readonly string[], connections: number, under: string): string {
  const upstream = servers.map(url => `server ${new URL(url).host} max_fails=0;`).join('\n    ')
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(kind => `${kind}_temp_path ${dir}/${kind};`)
  const changes: [RegExp, string][] = [
    [/worker_processes auto;/, 'worker_processes 1;'],
    [/worker_rlimit_nofile \d+;/, `worker_rlimit_nofile ${connections + 100};`],
    [/worker_connections \d+;/, `worker_connections ${connections};`],
    [/http \{/, `http {\n  ${places.join(' ')}`],
    [/\/var\/log\/nginx\/access\.log/, `${dir}/access.log`],
    [/\/var\/cache\/nginx\/nephoscope/, `${dir}/cache`],
    [/server 127\.0\.0\.1:3000 max_fails=0;\n *server 127\.0\.0\.1:3001 max_fails=0;/, upstream],
    [/listen 8080;/, `listen 127.0.0.1:${port};`],
    [/location (= |~\*? \^|)\//g, `location $1${under}/`],
  ]
  return changes.reduce((text, [from, to]) => {
    if (!from.test(text)) throw new Error(`config/nginx.conf has no ${from}`)
    return text.replace(from, to)
  }, shipped)
}
