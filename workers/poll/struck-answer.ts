import { type Secrets, withoutSecrets } from '../config/url-secrets.ts'
import { type Answer, decodeText } from '../formats/answer.ts'

/**
 * An answer that repeats no secret: struck out before anything is read, as readers cut texts, and what is left of a
 * secret is not found as well.
 */
export function struckAnswer<A extends Answer>(answer: A, secrets: Secrets | undefined): A {
  if (secrets === undefined) return answer
  const { body, link, also, more } = answer
  const text = decodeText(answer)
  const struck = withoutSecrets(text, beyondNumbers(secrets))
  return {
    ...answer,
    body: struck === text ? body : Buffer.from(`\uFEFF${struck}`), // the mark says UTF-8, whatever the document declares
    ...(link && { link: withoutSecrets(link, secrets) }),
    ...(also && { also: struckAnswer(also, secrets) }),
    ...(more && { more: struckAnswer(more, secrets) }),
  }
}

/** A secret of digits alone may be an id that JSON writes without quotes. */
const beyondNumbers = (secrets: Secrets): Secrets =>
  Object.fromEntries(Object.entries(secrets).filter(([, secret]) => /\D/.test(secret)))
