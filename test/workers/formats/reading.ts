import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { Article } from '../../../shared/domain/article.ts'
import type { Result } from '../../../shared/domain/primitives.ts'
import type { WireFormat } from '../../../shared/domain/source.ts'
import { Component } from '../../../shared/domain/status.ts'
import { loadCatalogue } from '../../../shared/regions/catalogue.ts'
import { serviceMatcher } from '../../../shared/services/service-matcher.ts'
import { loadServices } from '../../../shared/services/service-table.ts'
import type { Answer } from '../../../workers/formats/answer.ts'
import type { ReadContext, Reading } from '../../../workers/formats/reader.ts'
import { ReadIncident } from '../../../workers/formats/reader.ts'
import { readers } from '../../../workers/formats/registry.ts'
import { placeMatcher } from '../../../workers/places/places.ts'
import { NOON } from '../../support/builders.ts'

const catalogue = await loadCatalogue(new URL('../../../shared/regions/', import.meta.url))

/** The matcher for all regions that are known. */
export const places = placeMatcher(catalogue.regions.values())

export const catalogueOfServices = await loadServices(new URL('../../../shared/services/', import.meta.url))

/** The matcher for all services that are known. */
export const matchServices = serviceMatcher(catalogueOfServices.values(), catalogue.regions.values())

/** Reads as a worker does at noon. */
export const read = (
  kind: WireFormat,
  body: string | Uint8Array,
  given: Partial<ReadContext['source']> & { contentType?: string; now?: number; also?: string; more?: string } = {},
): Promise<Result<Reading>> => {
  const { contentType = null, now = NOON, also, more, ...source } = given
  const answer: Answer = {
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    contentType,
    ...(also === undefined ? {} : { also: { body: new TextEncoder().encode(also), contentType } }),
    ...(more === undefined ? {} : { more: { body: new TextEncoder().encode(more), contentType } }),
  }
  const url = 'https://status.example.com/incidents.json'
  const config = { id: 'src', name: 'Source', kind, url, provider: 'azure', everyMs: 60_000, topics: [], ...source }
  return readers[kind].read(answer, { source: config, places, now })
}

/** The reading, when there is one; every record satisfies its schema. */
export function readingIn(result: Result<Reading>): Reading {
  if (!result.ok) throw new Error(result.error)
  for (const incident of result.value.incidents) ReadIncident.parse(incident)
  for (const component of result.value.components) Component.parse(component)
  for (const article of result.value.articles) Article.parse(article)
  return result.value
}

/** The reason of a failure: one line that fits the record of a source's health. */
export function reasonIn(result: Result<Reading>): string {
  if (result.ok) throw new Error('it was read')
  expect(result.error).toMatch(/^[^\n]{10,300}$/)
  return result.error
}

export const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../../fixtures/sources/${name}`, import.meta.url), 'utf8')
