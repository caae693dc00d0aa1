import type { StatusPage } from './world.ts'

/** `Europe - Amsterdam`, or the bare name of a component that stands in no group. */
export const labelOf = (group: string | null, name: string): string => (group === null ? name : `${group} - ${name}`)

/** The inverse of `labelOf`: the bare name. */
export const nameOf = (page: StatusPage, label: string): string =>
  page.parts.flatMap(({ group, names }) => names.filter(name => labelOf(group, name) === label))[0] ?? label

/** A component's name, or its label where several share the name → its label. Throws when the page has no such component. */
export function componentLabel(page: StatusPage, name: string): string {
  const components = page.parts.flatMap(({ group, names }) =>
    names.map(one => ({ name: one, label: labelOf(group, one) })),
  )
  const found = components.filter(one => one.label === name || one.name === name)
  if (found.length > 1) {
    throw new Error(
      `several components of ${page.name} are called '${name}': ${found.map(one => one.label).join(', ')}`,
    )
  }
  if (found[0]) return found[0].label
  throw new Error(`${page.name} has no component '${name}': see test/simulator/pages.ts`)
}
