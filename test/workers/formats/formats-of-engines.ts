import type { FormatCases } from './format-cases.ts'

/** The formats that many pages have in common: of status page engines, and of feeds. */
export const engineFormats = {
  statuspage: {
    kind: 'statuspage',
    provider: 'digitalocean',
    cases: {
      operational: [
        'components: FRA1 operational digitalocean/fra1; NYC3 operational digitalocean/nyc3; Registry operational digitalocean/ams3',
      ],
      open: [
        'incident identified, major, regional digitalocean/fra1, 11-24 10:00 to ?, updates: 2',
        'components: FRA1 partial_outage digitalocean/fra1; NYC3 operational digitalocean/nyc3; Registry operational digitalocean/ams3',
      ],
      resolved: [
        'incident resolved, minor, unspecified, 11-24 08:00 to 11-24 08:50, updates: 3',
        'components: FRA1 operational digitalocean/fra1; NYC3 operational digitalocean/nyc3; Registry operational digitalocean/ams3',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, regional digitalocean/nyc3, 11-24 11:30 to ?, planned 11-24 11:30 to 11-24 13:00, updates: 2',
        'maintenance scheduled, maintenance, regional digitalocean/fra1, 11-30 01:00 to ?, planned 11-30 01:00 to 11-30 03:00, updates: 1',
        'components: FRA1 operational digitalocean/fra1; NYC3 under_maintenance digitalocean/nyc3; Registry operational digitalocean/ams3',
      ],
      'multi-region': [
        'incident investigating, critical, regional digitalocean/ams3 digitalocean/fra1, 11-24 11:00 to ?, updates: 1',
        'components: FRA1 major_outage digitalocean/fra1; NYC3 operational digitalocean/nyc3; Registry major_outage digitalocean/ams3',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an id, a name and a created_at' },
      'half-malformed': [
        'incident identified, major, regional digitalocean/fra1, 11-24 10:00 to ?, updates: 2',
        'components: FRA1 partial_outage digitalocean/fra1; NYC3 operational digitalocean/nyc3; Registry operational digitalocean/ams3',
      ],
    },
  },
  'incident-io': {
    kind: 'statuspage',
    provider: 'azure',
    cases: {
      operational: ['components: Chat operational; UK South operational azure/uksouth'],
      open: [
        'incident identified, minor, regional azure/uksouth, 11-24 10:00 to ?, updates: 2',
        'components: Chat operational; UK South degraded_performance azure/uksouth',
      ],
      resolved: [
        'incident resolved, critical, unspecified, 11-24 08:00 to 11-24 08:45, updates: 2',
        'components: Chat operational',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, unspecified, 11-24 11:00 to ?, planned 11-24 11:00 to 11-24 14:00, updates: 1',
        'components: Chat under_maintenance',
      ],
      'multi-region': [
        'incident investigating, critical, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 1',
        'components: UK South major_outage azure/uksouth; West Europe partial_outage azure/westeurope',
      ],
      malformed: { fails: 'the answer is JSON, but no Statuspage summary (`page` is missing): check the address' },
      'half-malformed': [
        'incident identified, minor, regional azure/uksouth, 11-24 10:00 to ?, updates: 2',
        'components: Chat operational',
      ],
    },
  },
  instatus: {
    kind: 'instatus',
    provider: 'azure',
    cases: {
      operational: ['components: Ocean operational'],
      open: [
        'incident identified, critical, regional azure/westeurope, 11-24 09:30 to ?, updates: 0',
        'components: Ocean degraded_performance',
      ],
      resolved: [
        'incident resolved, major, unspecified, 11-24 08:00 to 11-24 09:00, updates: 0',
        'components: Ocean operational',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, regional azure/uksouth, 11-24 11:00 to ?, planned 11-24 11:00 to 11-24 13:00, updates: 0',
        'maintenance scheduled, maintenance, unspecified, 11-30 01:00 to ?, planned 11-30 01:00 to 11-30 02:30, updates: 0',
        'components: Ocean under_maintenance',
      ],
      'multi-region': [
        'incident monitoring, minor, regional azure/eastus2 azure/uksouth azure/westeurope, 11-24 09:30 to ?, updates: 0',
        'components: Ocean degraded_performance',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an id, a name and a start' },
      'half-malformed': [
        'incident identified, critical, regional azure/westeurope, 11-24 09:30 to ?, updates: 0',
        'components: Ocean degraded_performance',
      ],
    },
  },
  statusio: {
    kind: 'statusio',
    provider: 'azure',
    cases: {
      operational: [
        'components: API, West Europe operational azure/westeurope; API, UK South operational azure/uksouth; Website operational',
      ],
      open: [
        'incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2',
        'components: API, West Europe partial_outage azure/westeurope; API, UK South operational azure/uksouth; Website operational',
      ],
      resolved: [
        'incident resolved, critical, regional azure/uksouth, 11-24 07:00 to 11-24 07:40, updates: 2',
        'components: API, West Europe operational azure/westeurope; API, UK South operational azure/uksouth; Website operational',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, regional azure/uksouth, 11-24 11:30 to ?, planned 11-24 11:30 to 11-24 13:00, updates: 2',
        'maintenance scheduled, maintenance, regional azure/westeurope, 11-30 01:00 to ?, planned 11-30 01:00 to 11-30 03:00, updates: 0',
        'components: API, West Europe operational azure/westeurope; API, UK South under_maintenance azure/uksouth; Website operational',
      ],
      'multi-region': [
        'incident investigating, critical, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 1',
        'components: API, West Europe major_outage azure/westeurope; API, UK South degraded_performance azure/uksouth; Website operational',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an _id, a name and a datetime_open' },
      'half-malformed': [
        'incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2',
        'components: API, West Europe partial_outage azure/westeurope; API, UK South operational azure/uksouth; Website operational',
      ],
    },
  },
  betterstack: {
    kind: 'betterstack',
    provider: 'azure',
    cases: {
      operational: ['components: API operational azure/uksouth; Uploads (West Europe) operational azure/westeurope'],
      open: [
        'incident identified, minor, regional azure/uksouth, 11-24 10:00 to ?, updates: 2',
        'components: API degraded_performance azure/uksouth; Uploads (West Europe) operational azure/westeurope',
      ],
      resolved: [
        'incident resolved, minor, regional azure/uksouth, 11-24 08:00 to 11-24 08:40, updates: 2',
        'components: API operational azure/uksouth; Uploads (West Europe) operational azure/westeurope',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, regional azure/uksouth, 11-24 11:00 to ?, planned 11-24 11:00 to 11-24 13:00, updates: 1',
        'maintenance scheduled, maintenance, regional azure/westeurope, 11-30 01:00 to ?, planned 11-30 01:00 to 11-30 03:00, updates: 0',
        'components: API under_maintenance azure/uksouth; Uploads (West Europe) operational azure/westeurope',
      ],
      'multi-region': [
        'incident investigating, major, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 1',
        'components: API major_outage azure/uksouth; Uploads (West Europe) major_outage azure/westeurope',
      ],
      malformed: { fails: 'none of the 1 reports can be read: each needs an id, a title and a starts_at' },
      'half-malformed': [
        'incident identified, minor, regional azure/uksouth, 11-24 10:00 to ?, updates: 2',
        'components: API degraded_performance azure/uksouth; Uploads (West Europe) operational azure/westeurope',
      ],
    },
  },
  cachet: {
    kind: 'cachet',
    provider: 'azure',
    cases: {
      operational: ['incident resolved, minor, unspecified, 11-02 08:00 to 11-02 08:30, updates: 1'],
      open: ['incident identified, major, regional azure/westeurope, 11-24 09:30 to ?, updates: 2'],
      resolved: ['incident resolved, minor, unspecified, 11-20 08:00 to 11-20 09:00, updates: 1'],
      maintenance: [
        'maintenance scheduled, maintenance, regional azure/uksouth, 11-30 01:00 to ?, planned 11-30 01:00 to ?, updates: 1',
      ],
      'multi-region': [
        'incident investigating, critical, regional azure/uksouth azure/westeurope, 11-24 10:00 to ?, updates: 1',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an id, a name and a date' },
      'half-malformed': ['incident identified, major, regional azure/westeurope, 11-24 09:30 to ?, updates: 2'],
    },
  },
  'uptime-kuma': {
    kind: 'uptime-kuma',
    provider: 'azure',
    cases: {
      operational: ['components: Web operational; API operational azure/westeurope'],
      open: [
        'incident identified, major, unspecified, 11-24 10:00 to ?, updates: 1',
        'components: Web operational; API major_outage azure/westeurope',
      ],
      resolved: { cannot: 'an incident that is over is no longer pinned, and what is not pinned is not in the answer' },
      maintenance: [
        'maintenance in_progress, maintenance, regional azure/westeurope, 11-24 11:30 to ?, planned 11-24 11:30 to 11-24 13:30, updates: 1',
        'maintenance scheduled, maintenance, unspecified, 11-29 02:00 to ?, planned 11-29 02:00 to 11-29 02:15, updates: 1',
        'components: Web operational; API under_maintenance azure/westeurope',
      ],
      'multi-region': [
        'incident investigating, minor, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 0',
        'components: Web operational; API operational azure/westeurope',
      ],
      malformed: {
        fails: 'the second answer is JSON, but no heartbeats (`heartbeatList` is missing): check the address',
      },
      'half-malformed': [
        'incident identified, major, unspecified, 11-24 10:00 to ?, updates: 1',
        'components: Web operational; API major_outage azure/westeurope',
      ],
    },
  },
  gatus: {
    kind: 'gatus',
    provider: 'azure',
    cases: {
      operational: ['components: Front operational; API operational azure/westeurope'],
      open: ['components: Front operational; API major_outage azure/westeurope'],
      resolved: ['components: API operational azure/westeurope'],
      maintenance: { cannot: 'its maintenance windows silence alerts and are not in the answer' },
      'multi-region': ['components: Gateway (West Europe, UK South) major_outage azure/uksouth azure/westeurope'],
      malformed: { fails: 'none of the 3 endpoints can be read: each needs a key, a name and results' },
      'half-malformed': ['components: API operational azure/westeurope'],
    },
  },
  upptime: {
    kind: 'upptime',
    provider: 'azure',
    cases: {
      operational: ['components: Shop operational; West Europe API operational azure/westeurope'],
      open: ['components: Shop degraded_performance; West Europe API major_outage azure/westeurope'],
      resolved: ['components: West Europe API operational azure/westeurope'],
      maintenance: { cannot: 'its maintenances are GitHub issues, as its incidents are, and not in the summary' },
      'multi-region': ['components: Gateway (West Europe, UK South) major_outage azure/uksouth azure/westeurope'],
      malformed: { fails: 'none of the 3 sites can be read: each needs a slug, a name and a status' },
      'half-malformed': ['components: Shop operational'],
    },
  },
  'rss-status': {
    kind: 'rss-status',
    provider: 'azure',
    cases: {
      operational: ['incident resolved, minor, unspecified, 11-02 08:30 to 11-02 08:30, updates: 1'],
      open: ['incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2'],
      resolved: ['incident resolved, minor, unspecified, 11-20 10:00 to 11-20 10:40, updates: 2'],
      maintenance: [
        'maintenance scheduled, maintenance, regional azure/uksouth, 11-30 01:00 to ?, planned 11-30 01:00 to 11-30 03:00, updates: 1',
      ],
      'multi-region': [
        'incident monitoring, minor, regional azure/eastus2 azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 1',
      ],
      malformed: { fails: 'none of the 2 items can be read: each needs a title and a date' },
      'half-malformed': ['incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2'],
    },
  },
  feed: {
    kind: 'feed',
    provider: 'azure',
    cases: {
      operational: ['articles: A new way to store lamps'],
      open: { cannot: 'news are articles and tell no status' },
      resolved: { cannot: 'news are articles and tell no status' },
      maintenance: { cannot: 'news are articles and tell no status' },
      'multi-region': ['articles: More zones in West Europe and UK South azure/uksouth azure/westeurope'],
      malformed: { fails: "none of the feed's 1 items can be read: each needs a title or a text, and a link" },
      'half-malformed': ['articles: A new way to store lamps; Nobody knows when'],
    },
  },
  statuspal: {
    kind: 'statuspal',
    provider: 'azure',
    cases: {
      operational: ['components: API operational azure/westeurope; UK South operational azure/uksouth'],
      open: [
        'incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2',
        'components: API partial_outage azure/westeurope; UK South operational azure/uksouth',
      ],
      resolved: [
        'incident resolved, minor, unspecified, 11-24 08:00 to 11-24 08:40, updates: 1',
        'components: API operational azure/westeurope; UK South operational azure/uksouth',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, regional azure/uksouth, 11-24 11:30 to ?, planned 11-24 11:30 to 11-24 13:00, updates: 1',
        'maintenance scheduled, maintenance, regional azure/westeurope, 11-30 01:00 to ?, planned 11-30 01:00 to 11-30 03:00, updates: 0',
        'components: API operational azure/westeurope; UK South under_maintenance azure/uksouth',
      ],
      'multi-region': [
        'incident investigating, minor, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 1',
        'components: API degraded_performance azure/westeurope; UK South degraded_performance azure/uksouth',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an id, a title and a starts_at' },
      'half-malformed': [
        'incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2',
        'components: API partial_outage azure/westeurope; UK South operational azure/uksouth',
      ],
    },
  },
  cstate: {
    kind: 'cstate',
    provider: 'azure',
    cases: {
      operational: [
        'components: API (West Europe) operational azure/westeurope; Web (UK South) operational azure/uksouth',
      ],
      open: [
        'incident investigating, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 0',
        'components: API (West Europe) partial_outage azure/westeurope; Web (UK South) operational azure/uksouth',
      ],
      resolved: { cannot: 'only issues that are not resolved are in the document' },
      maintenance: [
        'maintenance scheduled, maintenance, regional azure/westeurope, 11-30 01:00 to ?, planned 11-30 01:00 to ?, updates: 0',
        'maintenance in_progress, maintenance, regional azure/uksouth, 11-24 11:30 to ?, planned 11-24 11:30 to ?, updates: 0',
        'components: API (West Europe) operational azure/westeurope; Web (UK South) under_maintenance azure/uksouth',
      ],
      'multi-region': [
        'incident investigating, minor, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 0',
        'components: API (West Europe) degraded_performance azure/westeurope; Web (UK South) degraded_performance azure/uksouth',
      ],
      malformed: {
        fails: 'none of the 2 issues of a system can be read: each needs a permalink, a title and a createdAt',
      },
      'half-malformed': [
        'incident investigating, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 0',
        'components: API (West Europe) partial_outage azure/westeurope',
      ],
    },
  },
  rootly: {
    kind: 'rootly',
    provider: 'azure',
    cases: {
      operational: ['components: Ocean operational'],
      open: [
        'incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 0',
        'components: Ocean partial_outage',
      ],
      resolved: [
        'incident resolved, minor, unspecified, 11-24 08:00 to 11-24 08:40, updates: 0',
        'components: Ocean operational',
      ],
      maintenance: ['components: Ocean under_maintenance'],
      'multi-region': [
        'incident investigating, minor, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 0',
        'components: Ocean degraded_performance',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an id, a name or title and a created_at' },
      'half-malformed': [
        'incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 0',
        'components: Ocean partial_outage',
      ],
    },
  },
  pagerduty: {
    kind: 'pagerduty',
    provider: 'azure',
    cases: {
      operational: [
        'components: Events API (US) operational; Web in West Europe operational azure/westeurope; Alerts in UK South operational azure/uksouth',
      ],
      open: [
        'incident investigating, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2',
        'components: Events API (US) operational; Web in West Europe partial_outage azure/westeurope; Alerts in UK South operational azure/uksouth',
      ],
      resolved: [
        'incident resolved, minor, unspecified, 11-24 08:00 to 11-24 08:40, updates: 2',
        'components: Events API (US) operational; Web in West Europe operational azure/westeurope; Alerts in UK South operational azure/uksouth',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, unspecified, 11-24 11:30 to ?, planned 11-24 11:30 to 11-24 13:00, updates: 2',
        'maintenance scheduled, maintenance, unspecified, 11-30 01:00 to ?, planned 11-30 01:00 to 11-30 03:00, updates: 1',
        'components: Events API (US) under_maintenance; Web in West Europe operational azure/westeurope; Alerts in UK South operational azure/uksouth',
      ],
      'multi-region': [
        'incident investigating, major, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 1',
        'components: Events API (US) operational; Web in West Europe major_outage azure/westeurope; Alerts in UK South partial_outage azure/uksouth',
      ],
      malformed: { fails: 'none of the 2 posts can be read: each needs an id, a title and a time' },
      'half-malformed': [
        'incident investigating, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2',
        'components: Events API (US) operational; Web in West Europe partial_outage azure/westeurope; Alerts in UK South operational azure/uksouth',
      ],
    },
  },
  firehydrant: {
    kind: 'firehydrant',
    provider: 'azure',
    cases: {
      operational: [
        'components: Console operational; Azure West Europe operational azure/westeurope; Azure UK South operational azure/uksouth',
      ],
      open: [
        'incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2',
        'components: Console operational; Azure West Europe degraded_performance azure/westeurope; Azure UK South operational azure/uksouth',
      ],
      resolved: [
        'incident resolved, minor, unspecified, 11-24 08:00 to 11-24 08:45, updates: 2',
        'components: Console operational; Azure West Europe operational azure/westeurope; Azure UK South operational azure/uksouth',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, unspecified, 11-24 11:30 to ?, planned 11-24 11:30 to ?, updates: 1',
        'maintenance scheduled, maintenance, regional azure/uksouth, 11-30 01:00 to ?, planned 11-30 01:00 to ?, updates: 0',
        'components: Console under_maintenance; Azure West Europe operational azure/westeurope; Azure UK South operational azure/uksouth',
      ],
      'multi-region': [
        'incident investigating, critical, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 0',
        'components: Console operational; Azure West Europe major_outage azure/westeurope; Azure UK South degraded_performance azure/uksouth',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an id, a title and a time in `timestamps`' },
      'half-malformed': [
        'incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2',
        'components: Console operational; Azure West Europe degraded_performance azure/westeurope; Azure UK South operational azure/uksouth',
      ],
    },
  },
} satisfies Record<string, FormatCases>
