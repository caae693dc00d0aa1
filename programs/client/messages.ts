/** One message of a stream of Server-Sent Events. */
export type Message = { id: string; type: string; data: string }

/** The largest message: a snapshot of everything has a few megabytes. */
const MAX_MESSAGE_CHARACTERS = 64 * 1024 * 1024

/**
 * The messages of a stream, until it ends. `onChunk` is called before each wait for more and after it.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* readMessages(
  body: ReadableStream<Uint8Array>,
  waits: { start(): void; end(): void },
): AsyncGenerator<Message> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let message: Message = { id: '', type: '', data: '' }
  let line: string[] = [] // the parts of a line that has not ended
  let length = 0
  try {
    for (;;) {
      waits.start()
      const { value, done } = await reader.read()
      waits.end()
      if (done) return
      length += value.length
      if (length > MAX_MESSAGE_CHARACTERS) throw new Error('the server sent a message that is too long')
      const [rest = '', ...others] = value.split('\n')
      line.push(rest)
      for (const next of others) {
        const text = line.join('').replace(/\r$/, '')
        line = [next]
        if (text !== '') take(text, message)
        else {
          if (message.type !== '') yield message
          message = { id: '', type: '', data: '' }
          length = next.length
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined) // it may have failed
  }
}

/** Reads a line into a message. A comment has no name. */
function take(line: string, message: Message): void {
  const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
  if (name === 'id') message.id = value
  else if (name === 'event') message.type = value
  else if (name === 'data') message.data = value
}
