import { createContext } from 'svelte'
import type { Acknowledgement } from '../../shared/domain/handling.ts'
import type { Incident } from '../../shared/domain/incident.ts'

/** The acknowledgement of an incident that holds now, for components; null without one. */
export const [getAcknowledged, setAcknowledged] = createContext<(incident: Incident) => Acknowledgement | null>()
