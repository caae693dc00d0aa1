/** What is left of a list of texts when only its order, its length and what stands in it shall be compared: 0 of none. */
export function chained(chain: number, text: string): number {
  let next = chain
  for (let i = 0; i < text.length; i++) next = (Math.imul(next, 31) + text.charCodeAt(i)) | 0
  return next
}
