/**
 * Whether a data address holds what its type says, by the first bytes.
 * @see https://developers.google.com/speed/webp/docs/riff_container#webp_file_header
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf Annex B: SOI and the marker after it
 */
export function isPicture(image: string): boolean {
  const bytes = pictureBytes(image)
  return image.startsWith('data:image/webp')
    ? bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'
    : bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
}

/** The bytes of a data address. */
export const pictureBytes = (image: string): Buffer => Buffer.from(image.slice(image.indexOf(',') + 1), 'base64')
