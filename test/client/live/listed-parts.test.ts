import { expect, test } from 'vitest'
import { listedParts } from '../../../client/live/listed-parts.svelte.ts'
import { component, source } from '../../support/builders.ts'

const github = source('github-status', { provider: 'github' })

function asking() {
  const asked: string[] = []
  const components = [component('github-status/a', { name: 'Actions' }), component('other/b', { name: 'Else' })]
  const parts = listedParts(async address => {
    asked.push(address)
    return Response.json({ components })
  })
  return { parts, asked, answered: () => new Promise(resolve => setTimeout(resolve)) }
}

test('the parts of a source are asked for once, when they are wanted', async () => {
  const { parts, asked, answered } = asking()
  expect(parts.of(github)).toBeNull()
  expect(parts.of(github)).toBeNull()
  await answered()
  expect(parts.of(github)).toEqual(['Actions'])
  expect(asked).toEqual(['/api/components?provider=github'])
})

test('after a snapshot they are asked for again, and known meanwhile', async () => {
  const { parts, asked, answered } = asking()
  parts.of(github)
  await answered()
  parts.forget()
  expect(parts.of(github)).toEqual(['Actions'])
  expect(asked).toHaveLength(2)
})
