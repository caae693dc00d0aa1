import { createHttp } from '../../workers/http/http.ts'
import type { AnyTarget, SendDeps, Sent } from '../../workers/notify/target.ts'
import type { Message } from '../../workers/notify/words/message.ts'

export type Teller = {
  /** One message after the other, each with the handle that its conversation's last one left. */
  tell(...messages: Message[]): Promise<Sent[]>
  deps: SendDeps
  close(): Promise<void>
}

/** A target with its config as the sources file has it, that may reach loopback. */
export function teller(target: AnyTarget, config: unknown): Teller {
  const http = createHttp({ isPublic: () => true, userAgent: 'Nephoscope-Test/1' })
  const read: unknown = target.config.parse(config)
  const deps: SendDeps = { http, now: Date.now, checkHost: async () => undefined }
  const handles = new Map<string, string>()
  return {
    deps,
    async tell(...messages) {
      const all: Sent[] = []
      for (const message of messages) {
        const sent = await target.tell(message, read, handles.get(message.conversation) ?? null, deps)
        if (sent.kind === 'sent' && sent.handle !== undefined) handles.set(message.conversation, sent.handle)
        all.push(sent)
      }
      return all
    },
    async close() {
      await target.close()
      await http.close()
    },
  }
}

/** Numbers from 0 to 1, the same at every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
