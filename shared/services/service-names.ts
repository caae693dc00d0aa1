import { foldAccents } from '../domain/text.ts'

/** A name as names are compared: its words in small letters, without '®' and what stands between them. */
export const foldName = (name: string): string =>
  (foldAccents(name.replace(/[®™©]/g, '')).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')

/** A key as keys are compared: 'ACM_PCA' and 'acm-pca' are one. Ids of products differ by more than their case. */
export const foldKey = (key: string): string => key.toLowerCase().replace(/[-_.\s]/g, '')

/** Words that a provider's feeds put before the names of its services, or leave out. */
const brands: Readonly<Record<string, readonly string[]>> = {
  aws: ['amazon', 'aws'],
  azure: ['microsoft', 'azure'],
  google: ['google', 'gcp'],
  oracle: ['oracle', 'oci', 'cloud', 'infrastructure'],
  ibm: ['ibm'],
  alibaba: ['alibaba', 'aliyun'],
  digitalocean: ['digitalocean'],
  linode: ['linode', 'akamai'],
  ovh: ['ovh', 'ovhcloud'],
}

/** A folded name without the brand before it, a word at a time: 'microsoft azure storage' → 'azure storage', 'storage'. */
export function withoutBrand(provider: string, folded: string): string[] {
  const own = brands[provider] ?? [provider]
  const shorter: string[] = []
  for (let rest = folded; ; ) {
    const space = rest.indexOf(' ')
    if (space < 0 || !own.includes(rest.slice(0, space))) return shorter
    rest = rest.slice(space + 1)
    shorter.push(rest)
  }
}
