import { expect, test } from 'vitest'
import { fetchPicture, MAX_IMAGE_BYTES } from '../../../workers/pictures/fetch-picture.ts'
import { drawnImage } from '../../support/drawn-images.ts'
import { openHttp, serve } from '../http/loopback.ts'

/** A client for which this machine's first address is in public, and no other one is. */
const guarded = () => openHttp({ isPublic: ip => ip === '127.0.0.1', maxBytes: MAX_IMAGE_BYTES, perHost: 1 })

test.each([
  'http://127.0.0.2/secret.png',
  'http://169.254.169.254/latest/meta-data/',
  'http://[::1]/secret.png',
  'http://10.0.0.1/a.png',
  'http://2130706434/a.png',
])('an image that leads to %s is not followed there', async target => {
  const origin = await serve((_, response) => response.writeHead(302, { Location: target }).end())
  expect(await fetchPicture(`${origin}/a.png`, undefined, guarded())).toEqual({
    kind: 'lost',
    why: expect.stringMatching(/private address/),
    isFinal: false,
  })
})

test('an image that leads to another public place is had from there', async () => {
  const image = await drawnImage(200, 150)
  const origin = await serve((request, response) => {
    if (request.url === '/moved.png') response.end(image)
    else response.writeHead(301, { Location: '/moved.png' }).end()
  })
  expect(await fetchPicture(`${origin}/a.png`, undefined, guarded())).toMatchObject({
    kind: 'made',
    picture: { width: 200 },
  })
})

test.each(['file:///etc/passwd', 'data:image/png;base64,AAAA', 'ftp://127.0.0.1/a.png', 'not an address'])(
  '%s is no address of an image',
  async address => expect(await fetchPicture(address, undefined, guarded())).toMatchObject({ kind: 'lost' }),
)

test('forty megabytes are refused while they come', async () => {
  let sent = 0
  const origin = await serve((_, response) => {
    response.on('error', () => {})
    const send = () => {
      if (sent >= 40e6) return void response.end()
      sent += 1e6
      response.write(Buffer.alloc(1e6), () => send())
    }
    send()
  })
  const outcome = await fetchPicture(`${origin}/a.png`, undefined, guarded())
  expect(outcome).toEqual({ kind: 'lost', why: expect.stringMatching(/over 5 MB/), isFinal: false })
  expect(sent).toBeLessThan(20e6)
})

test('a host that asks for a pause is left alone for it', async () => {
  const origin = await serve((_, response) => response.writeHead(404).end())
  const waiting = { get: async () => ({ kind: 'held' as const, host: 'a.test', waitMs: 4_000, latencyMs: null }) }
  expect(await fetchPicture(origin, undefined, waiting)).toEqual({ kind: 'held', waitMs: 4_000 })
})

test('an address that is gone for good is not tried again', async () => {
  const origin = await serve((_, response) => response.writeHead(410).end())
  expect(await fetchPicture(`${origin}/a.png`, undefined, guarded())).toEqual({
    kind: 'lost',
    why: 'HTTP 410',
    isFinal: true,
  })
})
