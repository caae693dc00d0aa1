import type { Words } from '../words.ts'

export const screen: Words['screen'] = {
  clockBehind: by => `Die Uhr dieses Bildschirms geht ${by} nach. Alle Zeiten sind die des Servers.`,
  clockAhead: by => `Die Uhr dieses Bildschirms geht ${by} vor. Alle Zeiten sind die des Servers.`,
  mayBlank:
    'Der Browser kann diesen Bildschirm nicht anlassen. Im System das Abschalten ausschalten oder die Wand über https öffnen.',
}
