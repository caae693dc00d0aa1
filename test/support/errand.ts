import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Runs a built bundle that ends by itself. → what it printed, on which stream, and its exit code */
export function runErrand(
  bundle: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<{ code: number; out: string; err: string }> {
  const file = fileURLToPath(new URL(`../../dist/${bundle}.js`, import.meta.url))
  const env = { PATH: process.env.PATH ?? '', ...environment }
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [file, ...args], { env }, (error, out, err) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({ code: child.exitCode ?? -1, out, err })
    })
  })
}
