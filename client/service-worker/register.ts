import { basePath } from '../ui/paths.ts'

/** The used part of Trusted Types. @see https://w3c.github.io/trusted-types/dist/spec/#trusted-type-policy-factory */
type TrustedTypes = {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(input: string): unknown }
}

const WORKER = `${basePath}/service-worker.js`

/** Registers the service worker, so that the page opens offline. Never rejects: a failure is a warning. */
export async function keepPage(
  { navigator, trustedTypes }: { navigator: Pick<Navigator, 'serviceWorker'>; trustedTypes?: TrustedTypes },
  warn: (line: string) => void,
): Promise<void> {
  try {
    // missing where the page is neither https nor localhost
    await navigator.serviceWorker?.register(workerAddress(trustedTypes), { updateViaCache: 'none' })
  } catch (error) {
    warn(`Nephoscope will not open offline: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The Content-Security-Policy requires Trusted Types for script addresses; this policy gives a single one. */
function workerAddress(trustedTypes: TrustedTypes | undefined): string {
  const policy = trustedTypes?.createPolicy('nephoscope-worker', { createScriptURL: () => WORKER })
  // TypeScript's DOM types do not know TrustedScriptURL yet
  return policy ? (policy.createScriptURL('') as string) : WORKER
}
