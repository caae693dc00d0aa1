import type { noticeTitles as english } from '../en/push.ts'

export const noticeTitles: typeof english = {
  opened: where => `${where}: neue Störung`,
  worsened: where => `${where}: Störung wird schlimmer`,
  resolved: where => `${where}: Störung ist vorbei`,
  acknowledged: (where, by) => `${where}: übernommen von ${by}`,
  simulated: title => `Simuliert. ${title}`,
}
