import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Servers that are no packages of npm: found on PATH, or where a variable says. */
export type OutsideProgram = {
  /** Why it cannot take part, with the mend; null where it can. */
  missing(): string | null
  command(place: Place): { program: string; args: readonly string[] }
  configuration(place: Place): string
  /** Publishes to all clients. */
  publish(text: string, place: Place): Promise<void>
}

/** Where it listens: for clients, and for a publisher where that is another port. Its configuration is in the file. */
export type Place = { port: number; publishingPort: number; dir: string; file: string }

export type OutsideName = 'bun' | 'nats' | 'nchan'

/** The most clients that a server is told to expect. */
const MOST_CLIENTS = 60_000
const bun = process.env.BUN || 'bun'
const nats = process.env.NATS_SERVER || 'nats-server'
const nginx = process.env.NGINX || 'nginx'
const bunServer = fileURLToPath(new URL('../processes/bun-server.ts', import.meta.url))

export const outsidePrograms: Record<OutsideName, OutsideProgram> = {
  bun: {
    missing: () => (runs(bun, '--version') ? null : `there is no '${bun}': install Bun, or name it in BUN`),
    command: ({ port }) => ({ program: bun, args: [bunServer, String(port)] }),
    configuration: () => '',
    publish: (text, { port }) => post(text, `http://127.0.0.1:${port}/`),
  },
  nats: {
    missing: () =>
      runs(nats, '--version') ? null : `there is no '${nats}': install nats-server, or name it in NATS_SERVER`,
    command: ({ file }) => ({ program: nats, args: ['-c', file] }),
    /** @see https://docs.nats.io/running-a-nats-service/configuration/websocket/websocket_conf */
    configuration: ({ port, publishingPort }) => `
      listen: "127.0.0.1:${publishingPort}"
      max_connections: ${MOST_CLIENTS}
      websocket { listen: "127.0.0.1:${port}", no_tls: true }
    `,
    publish: (text, { publishingPort }) => publishToNats(text, publishingPort),
  },
  nchan: {
    missing() {
      if (!runs(nginx, '-v')) return `there is no '${nginx}': install nginx, or name it in NGINX`
      return existsSync(nchanModule()) ? null : `there is no ${nchanModule()}: install libnginx-mod-nchan`
    },
    command: ({ dir, file }) => ({ program: nginx, args: ['-p', dir, '-e', 'stderr', '-c', file] }),
    /** @see https://nchan.io/#buffering-options messages of a minute are kept for those who return */
    configuration: ({ port, dir }) => `
      load_module ${nchanModule()};
      daemon off; pid ${dir}/nginx.pid; error_log stderr error;
      worker_processes 1; worker_rlimit_nofile ${MOST_CLIENTS + 100};
      events { worker_connections ${MOST_CLIENTS}; }
      http {
        access_log off;
        ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(kind => `${kind}_temp_path ${dir}/${kind};`).join(' ')}
        nchan_shared_memory_size 512m;
        nchan_message_timeout 1m;
        nchan_message_buffer_length 10000;
        server {
          listen 127.0.0.1:${port} backlog=511;
          location = /publish { nchan_publisher; nchan_channel_id all; }
          location = / { nchan_subscriber websocket; nchan_channel_id all; nchan_subscriber_first_message newest; }
        }
      }
    `,
    publish: (text, { port }) => post(text, `http://127.0.0.1:${port}/publish`),
  },
}

const runs = (program: string, argument: string): boolean => spawnSync(program, [argument]).status === 0

let modules: string | undefined

function nchanModule(): string {
  modules ??= /--modules-path=(\S+)/.exec(String(spawnSync(nginx, ['-V']).stderr))?.[1] ?? '/usr/lib/nginx/modules'
  return path.join(modules, 'ngx_nchan_module.so')
}

async function post(text: string, url: string): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: text })
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`)
  await answer.arrayBuffer()
}

/** @see https://docs.nats.io/reference/reference-protocols/nats-protocol */
function publishToNats(text: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.on('error', reject)
    socket.on('connect', () =>
      socket.write(
        `CONNECT {"verbose":false,"pedantic":false}\r\nPUB all ${Buffer.byteLength(text)}\r\n${text}\r\nPING\r\n`,
      ),
    )
    socket.on('data', bytes => {
      if (!bytes.includes('PONG')) return
      socket.destroy()
      resolve()
    })
  })
}
