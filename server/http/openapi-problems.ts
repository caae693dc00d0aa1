import { problemText } from './problem.ts'

const retryAfter = {
  'Retry-After': { description: 'After how many seconds to ask again.', schema: { type: 'integer', minimum: 0 } },
}
const allow = { Allow: { description: 'The methods of this path.', schema: { type: 'string' } } }

type Kind = { name: string; description: string; example: string; headers?: object }

/** The problems that routes answer with, by status. `example`: the one line of one. */
export const problemKinds: Readonly<Record<number, Kind>> = {
  400: {
    name: 'BadRequest',
    description: 'A parameter, a name or the body is not understood.',
    example: 'limit: must be a number from 1 to 500',
  },
  401: {
    name: 'Unauthorized',
    description: 'The token is missing or wrong.',
    example: 'reading needs the view token: Authorization: Bearer …',
    headers: { 'WWW-Authenticate': { description: 'How to give a token.', schema: { type: 'string' } } },
  },
  403: {
    name: 'Forbidden',
    description: 'Not from this origin, or not with this token.',
    example: 'this origin is not in ALLOWED_ORIGINS',
  },
  404: {
    name: 'NotFound',
    description: 'There is no such thing here.',
    example: "there is no region 'aws/us-esat-1': did you mean aws/us-east-1?",
  },
  405: {
    name: 'MethodNotAllowed',
    description: 'The path is for other methods.',
    example: 'PUT is not for /api/regions: use GET, HEAD, OPTIONS',
    headers: allow,
  },
  409: {
    name: 'Conflict',
    description: 'The state of the server forbids it.',
    example: 'there are 50 notices already: withdraw one with DELETE /api/notices/:id',
  },
  413: { name: 'ContentTooLarge', description: 'The body is too long.', example: 'the body is longer than 4096 bytes' },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is not of a type that is read here.',
    example: 'send JSON: Content-Type: application/json',
  },
  429: {
    name: 'TooManyRequests',
    description: 'This address has asked, or guessed, too often.',
    example: 'more than 30 a minute from one address',
    headers: retryAfter,
  },
  501: {
    name: 'NotImplemented',
    description: 'A format that its specification allows and nobody writes here.',
    example: 'oEmbed is written as JSON here: format=json',
  },
  503: {
    name: 'Unavailable',
    description: 'Not now: Redis cannot be reached, or the view is not loaded yet.',
    example: 'the view is not loaded yet: try again in a moment',
    headers: retryAfter,
  },
}

export const exampleOf = (status: number, { example }: Kind): unknown => JSON.parse(problemText(status, example))
