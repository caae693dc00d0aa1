import { fail, type Result } from '../../shared/domain/primitives.ts'
import type { Imported } from '../../shared/import/import.ts'
import type { World } from './candidates.ts'
import type { ImportRequest } from './import-worker.ts'
import workerAddress from './import-worker.ts?worker&url'

/** The used part of Trusted Types. @see https://w3c.github.io/trusted-types/dist/spec/#trusted-type-policy-factory */
type TrustedTypes = {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(input: string): unknown }
}

const MAX_FILES = 50

/** This policy gives a single address. A policy can be made only once. */
const policy = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('nephoscope-import', {
  createScriptURL: () => workerAddress,
})

/** A file, or what was pasted. */
export type GivenFile = { name: string; blob: Blob }

/**
 * What files say that a team runs on, or one line that says what is wrong with them. Their text is never in this page:
 * a worker reads them, answers with the uses, and is ended.
 */
export async function importFiles(files: readonly GivenFile[], world: World): Promise<Result<Imported>> {
  if (files.length > MAX_FILES) return fail(`${files.length} files are too many: give up to ${MAX_FILES} at once`)
  // TypeScript's DOM types do not know TrustedScriptURL yet
  const worker = new Worker((policy?.createScriptURL('') ?? workerAddress) as string, { type: 'module' })
  try {
    return await new Promise<Result<Imported>>(resolve => {
      worker.onmessage = ({ data }: MessageEvent<Result<Imported>>) => resolve(data)
      worker.onerror = () => resolve(fail('the reading of the files failed: give them one by one'))
      const request: ImportRequest = { files, world }
      worker.postMessage(request)
    })
  } finally {
    worker.terminate()
  }
}
