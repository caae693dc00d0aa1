import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createImport, decodeImport, MAX_IMPORT_BYTES } from '../shared/import/import.ts'
import { importReport, stackYaml } from '../shared/import/stack-yaml.ts'
import { parseTypeTables } from '../shared/import/type-table.ts'
import { refuse } from '../shared/process.ts'
import { loadCatalogue } from '../shared/regions/catalogue.ts'
import { loadServices } from '../shared/services/service-table.ts'
import { cleanLines } from '../shared/terminal.ts'
import { loadVendors } from '../shared/vendors/catalogue.ts'

/** `import <file …>`: what the files say a team runs on, as a stack for the sources file; `-` is standard input. */
const [what, ...files] = process.argv.slice(2)
if (what !== 'import' || files.length === 0)
  refuse('Use: npm run --silent stack -- import <file …>, such as terraform.tfstate, or - for standard input')

/** So much of a stream as may be imported, and a byte more where there is more. */
async function read(file: string): Promise<Buffer> {
  // npm changes to the project's folder, but the path is relative to where the command was given.
  const stream = file === '-' ? process.stdin : createReadStream(path.resolve(process.env.INIT_CWD ?? '.', file))
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MAX_IMPORT_BYTES) break
  }
  return Buffer.concat(chunks)
}

const texts: { name: string; text: string }[] = []
for (const file of files) {
  const bytes = await read(file).catch((error: Error) => refuse(`${file} cannot be read: ${error.message}`))
  const text = decodeImport(bytes)
  texts.push({ name: file, text: text.ok ? text.value : refuse(`${file} ${text.error}`) })
}

const shared = (place: string): URL => new URL(`../shared/${place}`, import.meta.url)
const typesOf = (name: string): Promise<string> => readFile(shared(`services/types/${name}.tsv`), 'utf8')

const importFiles = createImport({
  regions: (await loadCatalogue(shared('regions/'))).regions,
  services: (await loadServices(shared('services/'))).values(),
  vendors: (await loadVendors(shared('vendors/'))).vendors.values(),
  types: parseTypeTables({
    terraform: await typesOf('terraform'),
    cloudformation: await typesOf('cloudformation'),
    arm: await typesOf('arm'),
    arn: await typesOf('arn'),
    'google-assets': await typesOf('google-assets'),
  }),
})

const imported = importFiles(texts)
if (!imported.ok) refuse(imported.error)
process.stdout.write(cleanLines(stackYaml('my-stack', 'My stack', imported.value.uses)))
process.stderr.write(cleanLines(importReport(imported.value)))
