import { z } from 'zod'
import { fail, ok } from '../../shared/domain/primitives.ts'
import type { Component, Status } from '../../shared/domain/status.ts'
import { clip, oneLine } from '../text/plain-text.ts'
import { documentIn } from '../text/web-url.ts'
import { listOf, readJsonList, word } from './json.ts'
import type { ReadContext, Reader } from './reader.ts'
import { readingOf, recordId } from './reading.ts'
import { lookUp, ownWord } from './status-words.ts'

/**
 * Upptime: the summary that its runs commit to the repository, a bare array of sites. Incidents are GitHub issues and
 * not in it.
 * @see https://upptime.js.org/docs/
 */
export const upptime: Reader = {
  /** The repository on GitHub, a copy of it elsewhere, or the summary's own address. */
  address: url => documentIn(url.replace(REPOSITORY, RAW), '/history/summary.json', /\/summary\.json$/),
  accept: 'application/json',
  complete: true,
  detection: { tried: 'anywhere' },
  async read(answer, context) {
    const json = readJsonList(answer, 'sites')
    if (!json.ok) return json
    const sites = listOf(Site, 3000).parse(json.value)
    const reading = readingOf({ components: sites.flatMap(site => componentOf(site, context) ?? []) })
    if (json.value.length > 0 && reading.components.length === 0) {
      return fail(`none of the ${json.value.length} sites can be read: each needs a slug, a name and a status`)
    }
    return ok(reading)
  },
}

const RAW = 'https://raw.githubusercontent.com/$1/HEAD'
const REPOSITORY = /^https?:\/\/(?:www\.)?github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/i

const Site = z.object({ name: word, slug: word, status: word })

function componentOf(site: z.output<typeof Site>, { source, places }: ReadContext): Component | null {
  const name = oneLine(site.name)
  if (site.slug === '' || site.status === '' || name === '') return null
  const status = lookUp(statuses, site.status)
  return {
    id: recordId(source.id, site.slug),
    provider: source.provider,
    name: clip(name, 200),
    status: status ?? 'unknown',
    rawStatus: status === null ? ownWord(site.status) : null,
    regions: places(source.provider, name).regions,
  }
}

const statuses = new Map<string, Status>([
  ['up', 'operational'],
  ['degraded', 'degraded_performance'],
  ['down', 'major_outage'],
])
