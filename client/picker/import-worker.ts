import '../jitless.ts'
import { fail, type Result } from '../../shared/domain/primitives.ts'
import { createImport, decodeImport, type Imported, MAX_IMPORT_BYTES } from '../../shared/import/import.ts'
import { parseTypeTables } from '../../shared/import/type-table.ts'
import arm from '../../shared/services/types/arm.tsv?raw'
import arn from '../../shared/services/types/arn.tsv?raw'
import cloudformation from '../../shared/services/types/cloudformation.tsv?raw'
import googleAssets from '../../shared/services/types/google-assets.tsv?raw'
import terraform from '../../shared/services/types/terraform.tsv?raw'
import type { World } from './candidates.ts'

/** The files that a reader gives, and what there is in the world. */
export type ImportRequest = { files: readonly { name: string; blob: Blob }[]; world: World }

/**
 * Reads files beside the page, which stays alive meanwhile, and answers with the uses alone. The page ends this worker
 * after the answer, and with it ends all that was in the files.
 */
addEventListener('message', async ({ data }: MessageEvent<ImportRequest>) => {
  postMessage(await importOf(data))
})

async function importOf({ files, world }: ImportRequest): Promise<Result<Imported>> {
  const { regions, services, vendors } = world
  const types = parseTypeTables({ terraform, cloudformation, arm, arn, 'google-assets': googleAssets })
  const importFiles = createImport({ regions, services: services.values(), vendors, types })
  const texts: { name: string; text: string }[] = []
  for (const { name, blob } of files) {
    // one byte too many is refused, and no more of a larger file is read
    const text = decodeImport(new Uint8Array(await blob.slice(0, MAX_IMPORT_BYTES + 1).arrayBuffer()))
    if (!text.ok) return fail(`${name} ${text.error}`)
    texts.push({ name, text: text.value })
  }
  return importFiles(texts)
}
