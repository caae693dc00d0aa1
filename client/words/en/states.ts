/** States and stages, as a label says them. */
export const states = {
  label: {
    operational: 'operational',
    under_maintenance: 'under maintenance',
    degraded_performance: 'degraded performance',
    partial_outage: 'partial outage',
    major_outage: 'major outage',
    unknown: 'unknown',
  },
  /** How far an incident or a maintenance has come. */
  stage: {
    investigating: 'investigating',
    identified: 'identified',
    monitoring: 'monitoring',
    resolved: 'resolved',
    postmortem: 'postmortem',
    scheduled: 'scheduled',
    in_progress: 'in progress',
    verifying: 'verifying',
    completed: 'completed',
  },
}
