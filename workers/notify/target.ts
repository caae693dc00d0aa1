import type { z } from 'zod'
import type { Http } from '../http/http.ts'
import type { Message } from './words/message.ts'

/** What became of an attempt. `refused` is final: the same message would be refused again. */
export type Sent =
  | {
      kind: 'sent'
      /** What the next message of the conversation needs, such as Slack's `ts`; at most 500 characters. */
      handle?: string
    }
  /** @property afterMs how long the service asks us to wait; null: our own backoff */
  | { kind: 'retry'; why: string; afterMs: number | null }
  | { kind: 'refused'; why: string }

export type SendDeps = {
  http: Pick<Http, 'send'>
  /** ms since the epoch */
  now: () => number
  /** Host and port → whether we may connect there; throws a `Refusal` otherwise. For what is not HTTP. */
  checkHost: (host: string) => Promise<void>
}

/** A service that messages can go to: one file of this shape each. */
export type TargetKind<Config, Request> = {
  kind: string
  /** Its line in the sources file, without `id` and `kind`. Secrets are filled in before: texts, not references. */
  config: z.ZodType<Config>
  /** Keys of its line whose values stand in the environment alone. */
  secrets: readonly (keyof Config & string)[]
  /** The service drops a second message of one key itself, so that it is told exactly once. */
  dropsDoubles: boolean
  /**
   * Message → what is sent. Pure. Null where the service has nothing to do with it, such as an alarm with a digest.
   * @param handle what the conversation's last message left; null for its first one
   */
  render(message: Message, config: Config, handle: string | null): Request | null
  send(request: Request, config: Config, deps: SendDeps): Promise<Sent>
  /** Closes connections that are kept between messages. */
  close?(): Promise<void>
}

/** A target without its types, so that all fit into one table: `config` reads what `tell` is then called with. */
export type AnyTarget = {
  kind: string
  config: z.ZodType
  secrets: readonly string[]
  dropsDoubles: boolean
  render(message: Message, config: unknown, handle: string | null): unknown
  /** Renders and sends; `sent` at once where there is nothing to do. */
  tell(message: Message, config: unknown, handle: string | null, deps: SendDeps): Promise<Sent>
  close(): Promise<void>
}

export const target = <Config, Request>(kind: TargetKind<Config, Request>): AnyTarget => ({
  ...kind,
  render: (message, config, handle) => kind.render(message, config as Config, handle), // its own schema has read it
  async tell(message, config, handle, deps) {
    const request = kind.render(message, config as Config, handle) // as above
    return request === null ? { kind: 'sent' } : kind.send(request, config as Config, deps)
  },
  close: async () => kind.close?.(),
})
