import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isInstalled, requireNode } from '../../launch/bootstrap.mjs'

const lock = (packages: Record<string, { version?: string; optional?: boolean }>) => ({ packages })
const wanted = lock({
  '': {},
  'node_modules/koa': { version: '3.3.0' },
  'node_modules/esbuild-elsewhere': { version: '1.0.0', optional: true },
})

describe('isInstalled', () => {
  it('holds when every package stands in its version, but for optional ones of other machines', () => {
    expect(isInstalled(wanted, lock({ 'node_modules/koa': { version: '3.3.0' } }))).toBe(true)
  })

  it('does not hold when a package has another version', () => {
    expect(isInstalled(wanted, lock({ 'node_modules/koa': { version: '3.2.0' } }))).toBe(false)
  })

  it('does not hold when a package is missing', () => {
    expect(isInstalled(wanted, lock({}))).toBe(false)
  })

  it('does not hold when an optional package has another version', () => {
    const installed = { ...wanted.packages, 'node_modules/esbuild-elsewhere': { version: '0.9.0' } }
    expect(isInstalled(wanted, lock(installed))).toBe(false)
  })
})

it('says which Node it needs when this one is too old', () => {
  expect(() => requireNode('20.18.9')).toThrow('needs Node 20.19 or newer; this is 20.18.9')
  for (const version of ['20.19.0', '22.0.0', '24.1.0']) expect(() => requireNode(version)).not.toThrow()
})

it('refuses an argument that a command does not take, and starts nothing', () => {
  const script = fileURLToPath(new URL('../../launch/bootstrap.mjs', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [script, 'demo', '--help'], { encoding: 'utf8' })
  expect([status, stderr.trim()]).toEqual([
    2,
    expect.stringMatching(/^npm run demo takes no arguments, but got '--help'/),
  ])
})
