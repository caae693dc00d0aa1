import { expect, test } from 'vitest'
import { ANNOUNCEMENT_INTERVAL_MS, announcementQueue } from '../../../client/notifications/announcer.svelte.ts'
import { en as english } from '../../../client/words/en/page.ts'

test('announcements keep their distance, and what comes too thick is counted', () => {
  let now = 1_000_000
  const said: string[] = []
  const waiting: { at: number; run: () => void }[] = []
  const announce = announcementQueue({
    say: text => said.push(text),
    now: () => now,
    later: (run, ms) => waiting.push({ at: now + ms, run }),
    words: () => english,
  })
  const pass = (ms: number) => {
    now += ms
    for (const due of waiting.filter(one => one.at <= now)) {
      waiting.splice(waiting.indexOf(due), 1)
      due.run()
    }
  }

  announce('One.')
  pass(0)
  expect(said).toEqual(['One.'])

  for (const line of ['Two.', 'Three.', 'Four.', 'Five.']) announce(line)
  pass(ANNOUNCEMENT_INTERVAL_MS - 1)
  expect(said).toHaveLength(1)
  pass(1)
  expect(said).toEqual(['One.', 'Two. Three. 2 more changes.'])
})
