import type { walls as english } from '../en/walls.ts'

export const walls: typeof english = {
  summary: (there, all, zone) =>
    all === 0 ? 'Noch hat sich kein Bildschirm gemeldet.' : `${there} von ${all} verbunden. Zeitzone: ${zone}.`,
  none: 'Öffnen Sie /wall auf einem Bildschirm, dann erscheint er hier.',
  openWall: 'Eine Wand hier öffnen',
  asking: 'Die Bildschirme werden abgefragt.',
  locked: 'Das Admin-Token zeigt und steuert die Bildschirme an den Wänden.',
  unlock: 'Admin-Token eingeben',
  openWalls: 'Wandbildschirme steuern',
  open: 'Öffnen',
  closed: 'Dieser Server hat kein ADMIN_TOKEN, seine Bildschirme lassen sich nicht steuern.',
  stale: 'Keine Verbindung: Hier steht der letzte bekannte Stand.',
  unnamed: id => `Bildschirm ${id}`,
  connected: 'verbunden',
  lastSeen: (clock, ago) => `zuletzt gesehen ${clock} (${ago})`,
  neverSeen: 'nie gesehen',
  notYetSeen: 'zugelassen, noch nicht verbunden',
  admittedByCode: 'mit Code zugelassen',
  facts: {
    scene: 'Szene',
    dataAsOf: 'Stand der Daten',
    seen: 'Lebenszeichen',
    size: 'Auflösung',
    frames: 'Bilder',
    build: 'Fassung',
    address: 'Adresse',
  },
  nothing: 'keine Angabe',
  hidden: 'verdeckt',
  size: (width, height, ratio) =>
    ratio === 1
      ? `${width} × ${height}`
      : `${width} × ${height}, Faktor ${String(Math.round(ratio * 100) / 100).replace('.', ',')}`,
  fps: frames => `${frames} je Sekunde`,
  screenshotOf: (name, clock) => `Was ${name} um ${clock} zeigte`,
  noScreenshot: 'Noch kein Bild',
  pinned: 'angeheftet',
  muted: 'stumm',
  alerting: 'Störung auf dem Bildschirm',
  scene: 'Szene',
  show: 'Zeigen',
  pin: 'Anheften',
  unpin: 'Wechseln lassen',
  identify: 'Namen zeigen',
  reload: 'Neu laden',
  mute: 'Stummschalten',
  unmute: 'Ton einschalten',
  acknowledge: 'Bestätigen',
  edit: 'Umbenennen',
  save: 'Speichern',
  remove: { withdraw: 'Zulassung entziehen', forget: 'Vergessen' },
  sure: {
    withdraw: name => `${name} wird sofort dunkel und muss neu zugelassen werden.`,
    forget: name => `${name} wird aus dieser Liste entfernt.`,
  },
  ofScreen: (what, name) => `${what}: ${name}`,
  name: 'Name',
  place: 'Ort',
  /** Open incidents that nobody takes care of. */
  unacknowledged: {
    heading: 'Noch nicht übernommen',
    count: (n: number) =>
      n === 0
        ? 'Jede offene Störung ist übernommen.'
        : n === 1
          ? 'Eine offene Störung kann die Wände noch unterbrechen.'
          : `${n} offene Störungen können die Wände noch unterbrechen.`,
  },
  admit: {
    heading: 'Einen Bildschirm zulassen',
    waiting: n =>
      n === 0
        ? 'Kein Bildschirm wartet.'
        : n === 1
          ? 'Ein Bildschirm zeigt einen Code und wartet.'
          : `${n} Bildschirme zeigen einen Code und warten.`,
    code: 'Code auf dem Bildschirm',
    button: 'Zulassen',
  },
  notice: {
    heading: 'Auf allen Wänden ankündigen',
    text: 'Hinweis',
    level: 'Stufe',
    levels: { info: 'Information', warning: 'Warnung', urgent: 'dringend' },
    lasts: 'Bleibt',
    hours: n => (n === 1 ? '1 Stunde' : `${n} Stunden`),
    untilWithdrawn: 'bis zum Widerruf',
    button: 'Ankündigen',
    withdraw: 'Zurückziehen',
    until: clock => `bis ${clock}`,
    none: 'Kein Hinweis hängt aus.',
  },
  outcomes: {
    shown: name => `${name}: gezeigt.`,
    unanswered: name => `${name} hat nicht geantwortet.`,
    'not-connected': name => `${name} ist nicht verbunden.`,
  },
  keptFor: name => `${name} antwortet gerade nicht und folgt, sobald der Bildschirm zurück ist.`,
  renamed: name => `Der Bildschirm heißt jetzt ${name}.`,
  admitted: name => `${name} ist zugelassen.`,
  forgotten: name => `${name} ist vergessen.`,
  withdrawn: name => `Die Zulassung von ${name} ist entzogen.`,
  announced: 'Der Hinweis hängt aus.',
  noticeWithdrawn: 'Der Hinweis ist zurückgezogen.',
  unreachable: 'Der Server war nicht erreichbar. Bitte erneut versuchen.',
  refused: why => `Nicht ausgeführt: ${why}.`,
}
