/** The part of Trusted Types that is used. @see https://w3c.github.io/trusted-types/dist/spec/#trusted-type-policy-factory */
type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL(): string },
  ): {
    createScriptURL(input: string): unknown
  }
}

const WORKER = '/service-worker.js'

/** Has the browser keep the page, so that it opens without the server. Without that it is what it was: never an error. */
export async function keepPage(
  { navigator, trustedTypes }: { navigator: Pick<Navigator, 'serviceWorker'>; trustedTypes?: TrustedTypes },
  warn: (line: string) => void,
): Promise<void> {
  try {
    // where the page is neither https nor localhost there is none
    await navigator.serviceWorker?.register(workerAddress(trustedTypes), { updateViaCache: 'none' })
  } catch (error) {
    warn(`Nephoscope will not open offline: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The server's Content-Security-Policy lets code be loaded only from what a policy gives; this one gives one address. */
function workerAddress(trustedTypes: TrustedTypes | undefined): string {
  const policy = trustedTypes?.createPolicy('nephoscope-worker', { createScriptURL: () => WORKER })
  // TypeScript's DOM does not know yet that a TrustedScriptURL may stand where an address of code is wanted
  return policy ? (policy.createScriptURL('') as string) : WORKER
}
