import { expect, test } from 'vitest'
import { isPicture, pictureBytes } from '../../../server/screens/screen-sockets.ts'
import { MAX_SCREENSHOT_BYTES, ScreenshotImage } from '../../../shared/domain/screen.ts'

const address = (type: string, bytes: string | Buffer) =>
  `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`

test('a picture is what its type says, by its first bytes', () => {
  expect(isPicture(address('webp', 'RIFF\x1a\0\0\0WEBPVP8L'))).toBe(true)
  expect(isPicture(address('jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])))).toBe(true)
  expect(isPicture(address('jpeg', 'RIFF\x1a\0\0\0WEBPVP8L'))).toBe(false)
  expect(isPicture(address('webp', '<svg onload=alert(1)>'))).toBe(false)
  expect(isPicture(address('webp', ''))).toBe(false)
})

test('only small pictures of two kinds pass', () => {
  const whole = address('webp', Buffer.alloc(MAX_SCREENSHOT_BYTES))
  expect(ScreenshotImage.safeParse(whole).success).toBe(true)
  expect(pictureBytes(whole)).toHaveLength(MAX_SCREENSHOT_BYTES)
  expect(ScreenshotImage.safeParse(address('webp', Buffer.alloc(MAX_SCREENSHOT_BYTES + 60))).success).toBe(false)
  expect(ScreenshotImage.safeParse(address('svg+xml', '<svg/>')).success).toBe(false)
  expect(ScreenshotImage.safeParse('https://elsewhere.example/a.webp').success).toBe(false)
})
