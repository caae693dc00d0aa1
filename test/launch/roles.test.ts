import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openLog, readable } from '../../launch/roles.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'nephoscope-log-'))
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const line = (fields: object) => JSON.stringify({ time: 0, pid: 1, hostname: 'h', role: 'server', ...fields })

describe('readable', () => {
  it('shows a warning in one line, with its fields', () => {
    const shown = readable('workers', line({ level: 40, msg: 'slow source', source: 'azure', ms: 1200 }))
    expect(shown).toMatch(/^\d\d:\d\d:\d\d workers warning: slow source source=azure ms=1200$/)
  })

  it('shows of an error its message, not its stack', () => {
    const shown = readable('server', line({ level: 50, msg: 'failed', err: { message: 'no route', stack: 'at …' } }))
    expect(shown).toMatch(/server error: failed err=no route$/)
  })

  it('stays one line in its own colour and direction, whatever a source said', () => {
    const said = 'down\r\n12:00:00 server error: forged\u001b[31m\u202Egnp\u2028\ud800'
    for (const fields of [{ msg: said }, { msg: 'm', error: said }, { msg: 'm', err: { message: said } }]) {
      const shown = readable('workers', line({ level: 40, ...fields }))
      expect(shown).toContain('down  12:00:00 server error: forged [31m gnp')
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202E]/u)
    }
  })

  it('keeps what is no warning, and what is no log entry, from the console', () => {
    for (const said of [line({ level: 30, msg: 'listening' }), 'plain words', '[1]', 'null', '']) {
      expect(readable('server', said)).toBeUndefined()
    }
  })
})

describe('openLog', () => {
  it('begins empty and moves what has grown too large aside', () => {
    openLog(dir, 'server')('from an earlier run')
    const write = openLog(dir, 'server', 1_000)
    write('x'.repeat(1_000))
    write('after')
    expect(readFileSync(path.join(dir, 'logs/server.log'), 'utf8')).toBe('after\n')
    expect(readFileSync(path.join(dir, 'logs/server.log.1'), 'utf8')).toHaveLength(1_001)
  })
})
