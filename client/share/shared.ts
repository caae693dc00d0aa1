/** What a reader passes on. */
export type Shared = {
  title: string
  /** What is known now, in one line of plain text. */
  text: string
  /** The page, below the address of this Nephoscope. */
  path: string
}

/** As one pastes it into a chat: the words, then the link. */
export const chatText = ({ text, path }: Shared, site: string): string => `${text} ${site}${path}`
