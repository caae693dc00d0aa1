import type { Picture, PictureWidth } from '../../shared/domain/article.ts'
import { type Page, pageAt as pageAtPath, pathOf as pathOfPage } from '../../shared/domain/pages.ts'
import type { ServiceId } from '../../shared/domain/service.ts'

/**
 * The path under which this Nephoscope is served, without a slash at its end: '' at the root of its origin, else such
 * as '/status'.
 */
export const basePath: string =
  (typeof document === 'undefined' ? null : document.querySelector<HTMLMetaElement>('meta[name="base-path"]'))
    ?.content ?? ''

export const pathOf = (page: Page): string => basePath + pathOfPage(page)

/** A picture of ours: the server has the next narrower one where the original has not so many pixels. */
export const pathOfPicture = ({ hash }: Pick<Picture, 'hash'>, width: PictureWidth): string =>
  `${basePath}/img/${hash}-${width}`

/** Where a service of a cloud is shown: on its provider's page. */
export function pathOfService(id: ServiceId): string {
  const [provider = '', service = ''] = id.split('/')
  return `${pathOf({ name: 'provider', provider })}?service=${service}`
}

/** The page at a path of this origin, with the base path or, as the server itself answers, without; null for none. */
export const pageAt = (pathname: string): Page | null =>
  pageAtPath(`${pathname}/`.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) || '/' : pathname)

/** The public address of this Nephoscope, for what readers copy. */
export const siteAddress = (): string => location.origin + basePath
