import { expect, it } from 'vitest'
import { kioskFlags, wallAddress } from '../../launch/kiosk.ts'

const here = { host: '0.0.0.0', port: 3001 }

it('a wall is named by nothing, by its name, or by an address', () => {
  expect(wallAddress(undefined, here)).toBe('http://localhost:3001/wall')
  expect(wallAddress('lobby', here)).toBe('http://localhost:3001/wall/lobby')
  expect(wallAddress('https://status.example.com/wall?every=20s', here)).toBe(
    'https://status.example.com/wall?every=20s',
  )
})

it('anything else is refused with its mend', () => {
  for (const wall of ['Lobby 2', '../etc', 'file:///etc/passwd', 'http://', 'javascript:alert(1)'])
    expect(() => wallAddress(wall, here)).toThrow(`'${wall}' is no wall: give the name of one`)
})

it('the browser has a profile of its own and a pipe instead of a port', () => {
  const flags = kioskFlags({ profile: '/data/kiosk', address: 'http://localhost:3000/wall' })
  expect(flags).toContain('--user-data-dir=/data/kiosk')
  expect(flags).toContain('--remote-debugging-pipe')
  expect(flags.some(flag => flag.startsWith('--remote-debugging-port'))).toBe(false)
  expect(flags.at(-1)).toBe('http://localhost:3000/wall')
})
