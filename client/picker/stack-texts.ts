import { Slug } from '../../shared/domain/primitives.ts'
import { foldAccents } from '../../shared/domain/text.ts'

/** Chats, mails and proxies cut longer addresses. */
const MAX_LINK_CHARS = 8000

export const isShortEnough = (address: string): boolean => address.length <= MAX_LINK_CHARS

/** A stack's name as its id in the sources file: 'Our Shop' → our-shop. */
export function stackIdOf(name: string): string {
  const words = foldAccents(name).match(/[a-z0-9]+/g) ?? []
  const id = words.join('-').slice(0, 60).replace(/-$/, '')
  return Slug.safeParse(id).success ? id : 'my-stack'
}
