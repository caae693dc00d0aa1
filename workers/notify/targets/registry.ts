import type { AnyTarget } from '../target.ts'
import { matrix } from './matrix.ts'
import { ntfy } from './ntfy.ts'
import { opsgenie } from './opsgenie.ts'
import { pagerduty } from './pagerduty.ts'
import { webhook } from './webhook.ts'

/** Every kind of target, by the name that the sources file gives it. */
export const targetKinds: Readonly<Record<string, AnyTarget>> = { matrix, ntfy, opsgenie, pagerduty, webhook }
