import { Refusal } from './failure.ts'

/** As long as a web address may be in our records. */
const MAX_LENGTH = 2048

/** Text, against `base` where it is relative → an address that may be fetched, without its fragment. Throws a `Refusal`. */
export function webAddress(text: string, base?: URL): URL {
  if (!URL.canParse(text, base)) throw new Refusal(`'${text.slice(0, 80)}' is not a web address`)
  const url = new URL(text, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Refusal(`'${url.protocol}' addresses are not fetched, only http and https`)
  if (url.username !== '' || url.password !== '')
    throw new Refusal('addresses with a user name in them are not fetched')
  url.hash = ''
  if (url.href.length > MAX_LENGTH) throw new Refusal(`the address is over ${MAX_LENGTH} characters`)
  return url
}

/** Where a redirect leads. What came over https stays there. Throws a `Refusal`. */
export function redirectTarget(from: URL, location: string | null): URL {
  if (location === null) throw new Refusal('a redirect without a Location')
  const to = webAddress(location, from)
  if (from.protocol === 'https:' && to.protocol === 'http:') throw new Refusal('a redirect from https to http')
  return to
}
