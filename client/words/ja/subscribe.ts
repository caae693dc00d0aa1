import type { Words } from '../words.ts'

export const subscribe: Words['subscribe'] = {
  noRegion: id => `ここで監視しているプロバイダーに「${id}」というリージョンはありません。`,
  heading: '購読',
  about: 'ここで起きたことは、プログラムにも人にもすぐに伝えられます。',
  channel: 'チャンネル',
  program: 'プログラムから',
  stream: 'シェルから',
  feed: format => `フィード（${format}）`,
  badge: 'バッジ',
  badgeOf: place => `${place}のバッジ`,
  frame: '任意のページに埋め込む',
  copy: 'コピー',
  copied: what => `${what}：コピーしました。`,
  notCopied: what => `${what}：このブラウザーではコピーできません。テキストを選択してください。`,
}
