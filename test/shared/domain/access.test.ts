import { expect, test } from 'vitest'
import {
  accessToken,
  type Grant,
  mayDo,
  type Need,
  parseAccessToken,
  TokenName,
  withinStack,
} from '../../../shared/domain/access.ts'

const needs: readonly Need[] = ['view', 'handle', 'operate', 'admin']
const allowed = (role: Grant['role'], stack: string | null = null) => needs.filter(need => mayDo({ role, stack }, need))

test('each role may do what the one before may, and more', () => {
  expect(allowed('viewer')).toEqual(['view'])
  expect(allowed('office')).toEqual(['view', 'handle'])
  expect(allowed('operator')).toEqual(['view', 'handle', 'operate'])
  expect(allowed('admin')).toEqual(needs)
})

test('whoever is for one stack runs nothing that is for all', () => {
  expect(allowed('viewer', 'shop')).toEqual(['view'])
  expect(allowed('operator', 'shop')).toEqual(['view', 'handle'])
  expect(allowed('admin', 'shop')).toEqual(['view', 'handle'])
})

test('a grant for one stack follows its channel and no other, and not none, which would be all', () => {
  const of = (...channels: string[]) => withinStack({ stack: 'shop' }, channels).ok
  expect([of('stack/shop'), of('stack/site'), of('stack/shop', 'all'), of()]).toEqual([true, false, false, false])
  expect(withinStack({ stack: null }, []).ok).toBe(true)
})

test('a token reads back as its parts, and no name is that of another kind of token', () => {
  const [id, secret] = ['0123456789abcdef', 'a'.repeat(43)]
  expect(parseAccessToken(accessToken(id, secret))).toEqual({ id, secret })
  for (const other of ['', secret, `${id}.${secret}`, `neph_${id}.${secret}x`, `neph_${id}`])
    expect(parseAccessToken(other)).toBeNull()
  for (const name of ['View token', 'admin token', `screen ${id}`, 'two\nlines', 'turned\u202e', ' '])
    expect(TokenName.safeParse(name).success).toBe(false)
  expect(TokenName.parse(' Grafana in the lobby ')).toBe('Grafana in the lobby')
})
