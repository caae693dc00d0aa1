import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownFolder, privateFolder, socketPath } from '../../launch/private-folder.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'neph-folder-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const modeOf = (folder: string): string => (statSync(folder).mode & 0o777).toString(8)
const isRoot = process.getuid?.() === 0

describe('a private folder', () => {
  it('is made with its parents, and closed to others', () => {
    const folder = path.join(dir, 'data', 'redis')
    privateFolder(folder)
    expect([modeOf(folder), modeOf(path.dirname(folder))]).toEqual(['700', '700'])
  })

  it('is closed where others could only look into it', () => {
    chmodSync(dir, 0o755)
    privateFolder(dir)
    expect(modeOf(dir)).toBe('700')
  })

  it('is refused where others could have put something into it, and left as it is', () => {
    for (const mode of [0o770, 0o707, 0o777, 0o1777]) {
      chmodSync(dir, mode)
      expect(() => privateFolder(dir)).toThrow(
        `Other users can write to ${dir}: see that all in it is yours, then chmod -R go-w '${dir}'`,
      )
      expect(() => ownFolder(dir)).toThrow('Other users can write')
    }
    expect(modeOf(dir)).toBe('777')
  })

  it('is no link; the data directory may be one of ours', () => {
    const link = path.join(dir, 'link')
    mkdirSync(path.join(dir, 'elsewhere'), { mode: 0o700 })
    symlinkSync(path.join(dir, 'elsewhere'), link)
    expect(() => privateFolder(link)).toThrow(`${link} is a link: put a folder in its place`)
    expect(() => ownFolder(link)).not.toThrow()
  })

  it.runIf(isRoot)('is refused when another user has it', () => {
    chownSync(dir, 12_345, 12_345)
    for (const check of [privateFolder, ownFolder])
      expect(() => check(dir)).toThrow(
        `${dir} belongs to user 12345: name a folder of your own with NEPHOSCOPE_DATA=/path`,
      )
  })
})

describe('the path of a socket', () => {
  it('is in the folder where a socket can be', () => {
    expect(socketPath('/srv/nephoscope', 'redis.sock')).toBe('/srv/nephoscope/redis.sock')
  })

  const odd = ['x'.repeat(120), 'two words', 'wölkchen']

  it('is otherwise in a private folder whose name nobody can know, the same for all who ask', () => {
    const folders = odd.map(name => {
      const folder = path.join(dir, name)
      mkdirSync(folder)
      const socket = socketPath(folder, 'redis.sock')
      expect(socketPath(folder, 'redis.sock')).toBe(socket)
      expect(path.basename(socket)).toBe('redis.sock')
      expect(path.basename(path.dirname(socket))).toMatch(/^nephoscope-[0-9a-f]{24}$/)
      expect(modeOf(path.dirname(socket))).toBe('700')
      return path.dirname(socket)
    })
    expect(new Set(folders).size).toBe(3)
    for (const folder of folders) rmSync(folder, { recursive: true })
  })

  it('is found again after the temporary folder was emptied', () => {
    const folder = path.join(dir, 'two words')
    mkdirSync(folder)
    const socket = socketPath(folder, 'redis.sock')
    rmSync(path.dirname(socket), { recursive: true })
    expect(socketPath(folder, 'redis.sock')).toBe(socket)
    expect(existsSync(path.dirname(socket))).toBe(true)
    rmSync(path.dirname(socket), { recursive: true })
  })

  it.runIf(isRoot)('is refused when another user has taken that folder meanwhile', () => {
    const folder = path.join(dir, 'two words')
    mkdirSync(folder)
    const socket = socketPath(folder, 'redis.sock')
    chownSync(path.dirname(socket), 12_345, 12_345)
    expect(() => socketPath(folder, 'redis.sock')).toThrow('belongs to user 12345')
    rmSync(path.dirname(socket), { recursive: true })
  })
})
