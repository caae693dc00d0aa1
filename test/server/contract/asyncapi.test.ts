import { Parser } from '@asyncapi/parser'
import { expect, test } from 'vitest'
import { asyncApiDocument } from '../../../server/routes/all.ts'
import { EventDraft } from '../../../shared/domain/events.ts'

const text = JSON.stringify(asyncApiDocument('/status'))

test('the parser of AsyncAPI takes the document and has nothing to say against it', async () => {
  const { document, diagnostics } = await new Parser().parse(text)
  // that there is a newer version of AsyncAPI is no fault of the document
  expect(diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version')).toEqual([])
  expect(
    document
      ?.channels()
      .all()
      .map(channel => channel.address()),
  ).toEqual(['/status/socket.io/', '/status/api/stream'])
  expect(
    document
      ?.operations()
      .all()
      .map(one => one.id())
      .sort(),
  ).toEqual(['connect', 'subscribe', 'tellSocket', 'tellStream', 'unsubscribe'])
})

test('it tells every kind of event, and the grammar of channels', () => {
  for (const { shape } of EventDraft.options) expect(text).toContain(`"const":"${shape.type.value}"`)
  expect(text).toContain('region/<provider>/<code>/<service>')
})
