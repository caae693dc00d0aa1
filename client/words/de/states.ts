import type { Words } from '../words.ts'

export const states: Words['states'] = {
  label: {
    operational: 'in Betrieb',
    under_maintenance: 'in Wartung',
    degraded_performance: 'eingeschränkt',
    partial_outage: 'Teilausfall',
    major_outage: 'schwerer Ausfall',
    unknown: 'unbekannt',
  },
  stage: {
    investigating: 'wird untersucht',
    identified: 'Ursache gefunden',
    monitoring: 'wird beobachtet',
    resolved: 'behoben',
    postmortem: 'nachbereitet',
    scheduled: 'geplant',
    in_progress: 'läuft',
    verifying: 'wird überprüft',
    completed: 'abgeschlossen',
  },
}
