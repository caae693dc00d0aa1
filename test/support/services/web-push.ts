import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { z } from 'zod'
import type { PushNotice } from '../../../shared/domain/push.ts'
import { newVapidKey, vapidOf } from '../../../workers/notify/push/vapid.ts'
import { simulatedService } from './simulated-service.ts'

const Claims = z.object({ aud: z.string(), exp: z.number(), sub: z.string() })

/** A push service and the one browser that has subscribed there: it checks who pushes, and reads what is pushed. */
export async function startWebPush(tls?: { key: Buffer; cert: Buffer }) {
  const browser = createECDH('prime256v1')
  const p256dh = browser.generateKeys('base64url')
  const auth = randomBytes(16)
  const vapid = vapidOf(newVapidKey(), 'https://clouds.example.com')
  const notices: PushNotice[] = []
  const pushes: { topic: string; urgency: string; ttl: string }[] = []
  let isOver = false
  const service = await simulatedService(({ method, path, headers, bytes }) => {
    if (method !== 'POST' || path !== '/push/b1') return { status: 404 }
    if (isOver) return { status: 410 }
    if (!isFrom(vapid.publicKey, service.origin, headers.authorization ?? '')) return { status: 403 }
    if (headers['content-encoding'] !== 'aes128gcm' || headers.ttl === undefined) return { status: 400 }
    if (bytes.length > 4096) return { status: 413 }
    const topic = String(headers.topic)
    if (!/^[\w-]{1,32}$/.test(topic)) return { status: 400 }
    notices.push(JSON.parse(decrypted(bytes, browser, auth)))
    pushes.push({ topic, urgency: String(headers.urgency), ttl: String(headers.ttl) })
    return { status: 201, headers: { location: '/m/1' } }
  }, tls)
  return {
    ...service,
    vapid,
    subscription: { endpoint: `${service.origin}/push/b1`, keys: { p256dh, auth: auth.toString('base64url') } },
    notices,
    pushes,
    /** The browser ends its subscription. */
    end() {
      isOver = true
    },
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc8292#section-2 */
function isFrom(publicKey: string, audience: string, authorization: string): boolean {
  const [, head = '', claims = '', signature = '', key] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? []
  if (key !== publicKey) return false
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(part => part.toString('base64url'))
  const jwk = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const { aud, exp, sub } = Claims.parse(JSON.parse(Buffer.from(claims, 'base64url').toString()))
  return isSigned && aud === audience && exp * 1000 > Date.now() && /^(?:https:|mailto:)/.test(sub)
}

/** @see https://www.rfc-editor.org/rfc/rfc8291#section-3.4 */
function decrypted(message: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = message.subarray(0, 16)
  const idLength = message.readUInt8(20)
  const sender = message.subarray(21, 21 + idLength)
  const sealed = message.subarray(21 + idLength)
  const hkdf = (key: Buffer, salted: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', key, salted, info, length))
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender])
  const key = hkdf(browser.computeSecret(sender), auth, info, 32)
  const content = hkdf(key, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = hkdf(key, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cipher = createDecipheriv('aes-128-gcm', content, nonce).setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}
