/** How long a page is waited for, in ms, before the reader gets the one that is kept. */
const PATIENCE = 3_000

export type PageAnswerDeps = {
  ask: () => Promise<Response>
  shell: () => Promise<Response>
}

/** The server's own answer; the kept page where there is none in time, or a proxy answers that nobody is behind it. */
export async function pageAnswer({ ask, shell }: PageAnswerDeps): Promise<Response> {
  const answer = ask().then(
    response => (response.status < 500 ? response : null),
    () => null,
  )
  return (await Promise.race([answer, later(PATIENCE)])) ?? shell()
}

const later = (ms: number): Promise<null> => new Promise(resolve => setTimeout(() => resolve(null), ms))
