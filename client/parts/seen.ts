import type { Attachment } from 'svelte/attachments'

/** How far below the screen an element counts as about to be seen: what is read in time needs no waiting. */
const AHEAD = '800px'

/** Tells when the element comes near the screen, and again for as long as it is there. */
export const whenSeen =
  (onseen: () => void): Attachment =>
  element => {
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onseen()
      },
      { rootMargin: `0px 0px ${AHEAD} 0px` },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }
