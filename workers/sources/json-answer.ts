import { fail, ok, type Result } from '../../shared/domain/result.ts'
import { decodeText, MAX_BYTES } from './charset.ts'
import type { Answer } from './reader.ts'

/** The JSON in an answer, of whatever shape; fails with one line when it is too large or no JSON. */
export function readJson(answer: Answer): Result<unknown> {
  if (answer.body.length > MAX_BYTES) return fail(tooLarge(answer))
  const text = decodeText(answer)
  try {
    return ok(JSON.parse(text))
  } catch {
    const what = text.trimStart().startsWith('<') ? 'a web page or XML' : 'no JSON'
    return fail(`the answer is ${what}, JSON was expected: check the address`)
  }
}

/** The same where a bare array is expected; `what` it lists, in the plural, for the message. */
export function readJsonList(answer: Answer, what: string): Result<unknown[]> {
  const json = readJson(answer)
  if (!json.ok) return json
  if (Array.isArray(json.value)) return ok(json.value)
  return fail(`the answer is no JSON array, a list of ${what} was expected: check the address`)
}

export const tooLarge = ({ body }: Answer): string =>
  `the answer has ${body.length} bytes, more than the ${MAX_BYTES} that are read: check the address`
