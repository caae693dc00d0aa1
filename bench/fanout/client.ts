import { beginsWith, type Dialect } from './dialects.ts'
import { openWebsocket } from './open-websocket.ts'

/**
 * A client that counts events. Resolves when events may come; rejects when the server refuses it, or ends it before that.
 */
export function connectClient(
  port: number,
  dialect: Dialect,
  channels: readonly string[],
  onEvent: () => void,
): Promise<void> {
  const answers = dialect.answers(channels)
  return new Promise((resolve, reject) =>
    openWebsocket(port, dialect.path, {
      open() {
        if (dialect.joined === null) resolve()
      },
      message(bytes, start, end, socket) {
        if (beginsWith(bytes, start, end, dialect.event)) onEvent()
        else if (dialect.joined !== null && beginsWith(bytes, start, end, dialect.joined)) resolve()
        else for (const { to, frame } of answers) if (beginsWith(bytes, start, end, to)) socket.write(frame)
      },
      end: reject,
    }),
  )
}
