import type { Words } from '../words.ts'

export const notices: Words['notices'] = {
  heading: 'Benachrichtigungen',
  state: on => (on ? 'Benachrichtigungen, ein' : 'Benachrichtigungen, aus'),
  what: regions =>
    regions === 1
      ? 'Gemeldet wird, wenn eine Störung Ihre Region erreicht oder dort schlimmer wird, und wenn sie vorbei ist. Geplante Wartung wird nicht gemeldet.'
      : `Gemeldet wird, wenn eine Störung eine Ihrer ${regions} Regionen erreicht oder dort schlimmer wird, und wenn sie vorbei ist. Geplante Wartung wird nicht gemeldet.`,
  chooseFirst: 'Benachrichtigungen betreffen Ihre eigenen Regionen, und noch ist keine gewählt.',
  show: 'Auf diesem Bildschirm melden, während ich anderes ansehe',
  sound: 'Einen leisen Ton abspielen',
  soundRule: 'Nach einem Neuladen lässt der Browser die Seite erst tönen, wenn Sie einmal auf sie geklickt haben.',
  asks: 'Ihr Browser wird fragen, ob er darf.',
  denied: 'Ihr Browser lässt diese Seite nichts melden. Erlauben Sie es in seinen Einstellungen für diese Website.',
  unsupported: 'Dieser Browser meldet nur für Seiten über https oder auf localhost.',
  here: 'Das gilt auf diesem Gerät, solange die Seite geöffnet ist.',
  title: {
    opened: where => `${where}: neue Störung`,
    worsened: where => `${where}: Störung wird schlimmer`,
    resolved: where => `${where}: Störung ist vorbei`,
  },
}
