import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from './command.ts'
import { fromRoot } from './settings.ts'

/** The package @nephoscope/client, ready for `npm pack` and `npm publish`. */
export const CLIENT_PACKAGE = fromRoot('dist', 'packages', 'client')

/** Builds `programs/client/`: one module, its types, and what stands beside them in a package. */
export async function buildClientPackage(): Promise<void> {
  const [{ build }, { default: ts }] = await Promise.all([import('esbuild'), import('typescript')])
  const source = fromRoot('programs/client')
  await build({
    entryPoints: [path.join(source, 'index.ts')],
    outfile: path.join(CLIENT_PACKAGE, 'index.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    logLevel: 'silent',
  })
  await mkdir(CLIENT_PACKAGE, { recursive: true })
  for (const name of await readdir(source)) {
    if (!name.endsWith('.ts')) {
      await copyFile(path.join(source, name), path.join(CLIENT_PACKAGE, name))
      continue
    }
    const { outputText, diagnostics = [] } = ts.transpileDeclaration(await readFile(path.join(source, name), 'utf8'), {
      fileName: name,
      reportDiagnostics: true,
      compilerOptions: { target: ts.ScriptTarget.ES2022, isolatedDeclarations: true },
    })
    const [problem] = diagnostics
    if (problem)
      throw new Failure(`programs/client/${name}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`)
    const importable = outputText.replace(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'")
    await writeFile(path.join(CLIENT_PACKAGE, name.replace(/\.ts$/, '.d.ts')), importable)
  }
}
