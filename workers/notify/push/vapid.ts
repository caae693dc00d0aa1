import { createECDH, generateKeyPairSync } from 'node:crypto'

/** By what a push service knows who pushes. @see https://www.rfc-editor.org/rfc/rfc8292 */
export type Vapid = { privateKey: string; publicKey: string; subject: string }

/** @param publicUrl whom a push service may turn to, where it is an https address */
export function vapidOf(privateKey: string, publicUrl: string | undefined): Vapid {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(Buffer.from(privateKey, 'base64url'))
  const subject = publicUrl?.startsWith('https://') ? publicUrl : 'https://github.com/nephoscope/nephoscope'
  return { privateKey, publicKey: curve.getPublicKey('base64url'), subject }
}

/** A new private key, for `VAPID_PRIVATE_KEY`. Its public half follows from it. */
export function newVapidKey(): string {
  const { d = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  return d
}
