import { decodeHTMLStrict } from 'entities'

/**
 * Whether a DOCTYPE declares entities of its own. No declaration is ever read, but some feeds declare what HTML knows anyway, one
 * by one or by W3C's lists, and lose nothing by that.
 * @see https://www.w3.org/TR/xhtml1/#h-A2
 */
export const declaresEntities = (doctype: string): boolean =>
  [...doctype.matchAll(/<!ENTITY(?:\s{1,99}(%))?(?:\s{1,99}([\w.-]{1,40}))?/gi)].some(([, isList, name = '']) =>
    isList === undefined ? decodeHTMLStrict(`&${name};`) === `&${name};` : !lists.has(name),
  )

const lists = new Set(['HTMLlat1', 'HTMLsymbol', 'HTMLspecial'])
