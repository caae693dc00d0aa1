import type { Words } from '../words.ts'

export const admission: Words['admission'] = {
  heading: 'Dieser Bildschirm ist noch nicht zugelassen',
  withdrawn: 'Dieser Bildschirm ist nicht mehr zugelassen',
  how: address => `Wer diese Installation betreibt, öffnet ${address} und gibt dort diesen Code ein.`,
  spoken: code => `Code ${[...code].join(' ')}`,
  asking: 'Ein Code wird angefordert.',
  renewed: 'Der Code wird alle zehn Minuten erneuert.',
  unreachable: 'Der Server antwortet nicht; es wird weiter versucht.',
}
