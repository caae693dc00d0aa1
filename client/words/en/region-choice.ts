import { lists } from './lists.ts'

/** How a reader calls regions their own, looks at those alone, and gives them away. */
export const regionChoice = {
  scope: { legend: 'Shown', all: 'All', mine: 'Mine' },
  /** How many incidents go on that concern none of these regions; null where nobody knows. */
  elsewhere: (n: number | null) =>
    n === null
      ? 'Only what concerns these is shown.'
      : n === 0
        ? 'Only what concerns these is shown; no incident elsewhere.'
        : `Only what concerns these is shown; ${n} ${n === 1 ? 'incident' : 'incidents'} elsewhere.`,
  share: 'Share',
  shareTitle: 'A link to these regions',
  copied: 'Link copied.',
  notCopied: "Not copied: copy the page's address instead.",
  lent: (n: number) => (n === 1 ? 'This region came with a link.' : `These ${n} regions came with a link.`),
  keep: 'Keep these',
  putAway: 'Back to mine',
  /** `more` further ones, where it is above 0. */
  unknown: (codes: readonly string[], more: number) =>
    `Not known here, so left out: ${lists.plain(codes)}${more > 0 ? ` and ${more} more` : ''}.`,
  over: (n: number, most: number) => `The link names more than ${most}; the last ${n} were left out.`,
}
