import type { Language } from '../words/language.svelte.ts'

/** What the header opens: its buttons and its field are there before. */
export async function loadHeaderParts(language: Language) {
  const [settings, keys, notices, { find }] = await Promise.all([
    import('./SettingsMenu.svelte'),
    import('./ShortcutList.svelte'),
    import('../notifications/NoticeChoices.svelte'),
    import('./find.ts'),
    language.load(),
  ])
  return { SettingsMenu: settings.default, ShortcutList: keys.default, NoticeChoices: notices.default, find }
}

export type HeaderParts = Awaited<ReturnType<typeof loadHeaderParts>>
