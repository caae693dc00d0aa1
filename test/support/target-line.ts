import { targetKinds } from '../../workers/notify/targets/registry.ts'

/** A target as the sources file has it, with its secrets in the environment. @param config the filled-in line */
export function targetLine(kind: string, config: object): { line: object; environment: Record<string, string> } {
  const environment: Record<string, string> = {}
  const values = Object.entries(config).map(([key, value]) => {
    if (!targetKinds[kind]?.secrets.includes(key)) return [key, value]
    const name = `SOURCE_${kind}_${key}`.replaceAll('-', '_').toUpperCase()
    environment[name] = String(value)
    return [key, `\${${name}}`]
  })
  return { line: { id: kind, kind, private: true, ...Object.fromEntries(values) }, environment }
}
