import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { resizePicture } from '../../../workers/pictures/resize-picture.ts'
import { bombImage, drawnImage, noisyImage } from '../../support/drawn-images.ts'

const made = async (bytes: Uint8Array) => {
  const outcome = await resizePicture(bytes)
  if (!outcome.ok) throw new Error(outcome.error)
  return outcome.value
}
const widthsOf = async (bytes: Uint8Array) => {
  const { files } = await made(bytes)
  const all = [...files].map(async ([width, file]) => {
    const { format, width: inside } = await sharp(file).metadata()
    return [width, format, inside]
  })
  return Promise.all(all)
}
const why = async (bytes: Uint8Array) => {
  const outcome = await resizePicture(bytes)
  return outcome.ok ? 'taken' : outcome.error
}

describe('an image becomes WebP', () => {
  test('in three widths', async () =>
    expect(await widthsOf(await noisyImage(1600, 900))).toEqual([
      [96, 'webp', 96],
      [480, 'webp', 480],
      [960, 'webp', 960],
    ]))

  test('never larger than it is: a narrow one has fewer', async () => {
    expect(await widthsOf(await drawnImage(300, 200))).toEqual([
      [96, 'webp', 96],
      [480, 'webp', 300],
    ])
    expect(await widthsOf(await drawnImage(64, 64))).toEqual([[96, 'webp', 64]])
  })

  test.each(['jpeg', 'png', 'webp', 'gif'] as const)('from %s', async format =>
    expect(
      (
        await made(
          await sharp(await drawnImage(500, 400))
            .toFormat(format)
            .toBuffer(),
        )
      ).picture,
    ).toMatchObject({ width: 500, height: 400 }),
  )

  test('named by its own bytes, so that one image is one picture', async () => {
    const [one, same, other] = await Promise.all([drawnImage(99, 99, 1), drawnImage(99, 99, 1), drawnImage(99, 99, 2)])
    const hashes = [(await made(one)).picture.hash, (await made(same)).picture.hash, (await made(other)).picture.hash]
    expect(hashes[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(hashes[1]).toBe(hashes[0])
    expect(hashes[2]).not.toBe(hashes[0])
  })

  test('without what cameras write, and upright', async () => {
    const taken = await sharp(await noisyImage(400, 200))
      .withExif({ IFD0: { Copyright: 'Somebody', Model: 'A camera' } })
      .withMetadata({ orientation: 6 })
      .toBuffer()
    const { picture, files } = await made(taken)
    expect([picture.width, picture.height]).toEqual([200, 400])
    for (const file of files.values()) {
      const { exif, icc, xmp, orientation } = await sharp(file).metadata()
      expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined])
    }
  })

  test('of its first frame alone', async () => {
    const frames = await Promise.all([drawnImage(120, 90, 200), drawnImage(120, 90, 1)])
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    const { picture, files } = await made(moving)
    expect([picture.width, picture.height]).toEqual([120, 90])
    expect((await sharp(files.get(96)).metadata()).pages ?? 1).toBe(1)
    const { dominant } = await sharp(files.get(96)).stats()
    expect(dominant.r).toBeGreaterThan(180)
  })
})

describe('an image is refused', () => {
  test.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', /SVG or HTML/],
    ['SVG behind a declaration', '\xef\xbb\xbf<?xml version="1.0"?><!DOCTYPE svg><svg/>', /SVG or HTML/],
    ['a page that is called an image', '<!doctype html><title>Not found</title>', /SVG or HTML/],
    ['nothing', '', /no JPEG/],
    ['another format', 'BM\x00\x00\x00\x00', /no JPEG/],
    ['a page behind the first bytes of a PNG', '\x89PNG\r\n\x1a\n<html>', /cannot be decoded/],
    ['a script behind the first bytes of a JPEG', '\xff\xd8\xff<script>', /cannot be decoded/],
    ['a film in the frame of WebP', 'RIFF\x00\x00\x00\x00WEBPAVI ', /cannot be decoded/],
  ])('%s', async (_, bytes, reason) => expect(await why(Buffer.from(bytes, 'latin1'))).toMatch(reason))

  test('that is AVIF, whose decoder is not needed', async () =>
    expect(
      await why(
        await sharp(await drawnImage(64, 64))
          .avif()
          .toBuffer(),
      ),
    ).toMatch(/no JPEG/))

  test('with more pixels than a camera makes, before any is decoded', async () => {
    const before = process.memoryUsage().rss
    for (const [width, height] of [
      [60_000, 60_000],
      [2_000_000_000, 1],
      [5_001, 5_000],
    ] as const)
      expect(await why(bombImage(width, height)), `${width} × ${height}`).toMatch(/million pixels|cannot be decoded/)
    expect(process.memoryUsage().rss - before).toBeLessThan(64e6)
  })

  test('that is a pixel for counting readers, a bullet or a rule', async () => {
    expect(await why(await drawnImage(1, 1))).toMatch(/1 × 1 pixels/)
    expect(await why(await drawnImage(31, 400))).toMatch(/31 × 400 pixels/)
    expect(await why(await drawnImage(728, 90))).toMatch(/banner/)
  })

  test.each(['jpeg', 'png', 'webp'] as const)('that is cut off, as %s', async format => {
    const whole = await sharp(await noisyImage(600, 400))
      .toFormat(format)
      .toBuffer()
    expect(await why(whole.subarray(0, whole.length * 0.6))).toMatch(/cannot be decoded/)
  })
})
