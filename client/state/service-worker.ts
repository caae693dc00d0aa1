/** Has the browser keep the page, so that it opens without the server. Without that it is what it was: never an error. */
export async function keepPage(
  navigator: Pick<Navigator, 'serviceWorker'>,
  warn: (line: string) => void,
): Promise<void> {
  try {
    // where the page is neither https nor localhost there is none
    await navigator.serviceWorker?.register('/service-worker.js', { updateViaCache: 'none' })
  } catch (error) {
    warn(`Nephoscope will not open offline: ${error instanceof Error ? error.message : String(error)}`)
  }
}
