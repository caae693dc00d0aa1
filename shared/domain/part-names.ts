/** A part by its group and name, as only both may tell it from others: 'Europe / API'. */
export const partName = ({ name, group }: { name: string; group?: string | undefined }): string =>
  group === undefined ? name : `${group} / ${name}`

/**
 * How sure a vendor's name for a part means a part in use. 'Actions' is the part 'Actions' of every group, 'Europe' all
 * of its group. 'Europe / API' is only likely meant by 'API' or 'Europe' alone.
 */
export function partStrength(part: string, name: string): 'certain' | 'likely' | null {
  const [wanted, given] = [foldPart(part), foldPart(name)]
  if (isAtEitherEnd(wanted, given)) return 'certain'
  return isAtEitherEnd(given, wanted) ? 'likely' : null
}

const isAtEitherEnd = (part: string, whole: string): boolean =>
  whole === part || whole.startsWith(`${part} / `) || whole.endsWith(` / ${part}`)

const foldPart = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/ ?[/›»>] ?| [-–] /g, ' / ')
    .trim()
