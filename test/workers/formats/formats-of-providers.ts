import type { FormatCases } from './format-cases.ts'

/** The formats that one provider alone has. Slack, Heroku, Okta and Microsoft 365 name places in titles only: here those of a cloud. */
export const providerFormats = {
  'azure-rss': {
    kind: 'azure-rss',
    provider: 'azure',
    cases: {
      operational: [],
      open: ['incident investigating, minor, regional azure/westeurope, 11-24 11:20 to ?, updates: 1'],
      resolved: ['incident resolved, minor, regional azure/westeurope, 11-24 11:20 to 11-24 11:20, updates: 1'],
      maintenance: {
        cannot: 'the feed has incidents only; planned work is told in the portal of those that it touches',
      },
      'multi-region': [
        'incident investigating, major, regional azure/eastus2 azure/uksouth azure/westeurope, 11-24 10:00 to ?, updates: 1',
      ],
      malformed: { fails: 'the answer is neither RSS nor Atom (Unclosed root tag): check the address' },
      'half-malformed': ['incident investigating, minor, regional azure/westeurope, 11-24 11:20 to ?, updates: 1'],
    },
  },
  'aws-events': {
    kind: 'aws-events',
    provider: 'aws',
    cases: {
      operational: [],
      open: ['incident identified, major, regional aws/eu-west-1, 11-24 10:00 to ?, updates: 2'],
      resolved: ['incident resolved, critical, regional aws/us-east-1, 11-24 10:00 to 11-24 10:45, updates: 2'],
      maintenance: { cannot: 'the list has events that hurt; planned work is told to the account that it touches' },
      'multi-region': { cannot: 'an event is in the one region of its ARN, or in none and then global' },
      malformed: { fails: 'none of the 2 events can be read: each needs an arn, a date and a status' },
      'half-malformed': ['incident resolved, critical, regional aws/us-east-1, 11-24 10:00 to 11-24 10:45, updates: 2'],
    },
  },
  'aws-rss': {
    kind: 'aws-rss',
    provider: 'aws',
    cases: {
      operational: [],
      open: ['incident identified, major, regional aws/us-east-1, 11-24 09:00 to ?, updates: 2'],
      resolved: ['incident resolved, major, regional aws/us-east-1, 11-24 09:00 to 11-24 10:30, updates: 3'],
      maintenance: { cannot: 'the feed has events that hurt; planned work is told to the account that it touches' },
      'multi-region': { cannot: 'an item is of the one service and region that its guid names' },
      malformed: { fails: 'none of the 2 items can be read: each needs a title and a pubDate' },
      'half-malformed': ['incident investigating, minor, regional aws/us-east-1, 11-24 09:00 to ?, updates: 1'],
    },
  },
  'google-incidents': {
    kind: 'google-incidents',
    provider: 'google',
    cases: {
      operational: ['incident resolved, minor, global, 11-02 08:00 to 11-02 08:30, updates: 1'],
      open: ['incident identified, major, regional google/europe-west1, 11-24 10:00 to ?, updates: 2'],
      resolved: ['incident resolved, critical, regional google/us-central1, 11-20 10:00 to 11-20 12:00, updates: 2'],
      maintenance: { cannot: 'the list has incidents only' },
      'multi-region': [
        'incident investigating, minor, regional google/australia-southeast1 google/europe-west1 google/us-central1, 11-24 10:00 to ?, updates: 1',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an id, a begin and an external_desc' },
      'half-malformed': [
        'incident resolved, critical, regional google/us-central1, 11-20 10:00 to 11-20 12:00, updates: 2',
      ],
    },
  },
  'oracle-components': {
    kind: 'oracle-components',
    provider: 'oracle',
    cases: {
      operational: [
        'components: US East (Ashburn) operational oracle/us-ashburn-1; Germany Central (Frankfurt) operational oracle/eu-frankfurt-1',
      ],
      open: [
        'incident identified, major, regional oracle/us-ashburn-1, 11-24 10:05 to ?, updates: 2',
        'components: US East (Ashburn) partial_outage oracle/us-ashburn-1; Germany Central (Frankfurt) operational oracle/eu-frankfurt-1; Compute, US East (Ashburn) partial_outage oracle/us-ashburn-1',
      ],
      resolved: [
        'incident resolved, minor, regional oracle/us-ashburn-1, 11-24 10:05 to 11-24 11:50, updates: 3',
        'components: US East (Ashburn) operational oracle/us-ashburn-1; Germany Central (Frankfurt) operational oracle/eu-frankfurt-1',
      ],
      maintenance: [
        'components: UK South (London) under_maintenance oracle/uk-london-1; VPN, UK South (London) under_maintenance oracle/uk-london-1',
      ],
      'multi-region': [
        'incident investigating, critical, regional oracle/eu-frankfurt-1 oracle/us-ashburn-1, 11-24 10:40 to ?, updates: 1',
        'components: US East (Ashburn) major_outage oracle/us-ashburn-1; Germany Central (Frankfurt) major_outage oracle/eu-frankfurt-1; UK South (London) operational oracle/uk-london-1; Networking, US East (Ashburn) major_outage oracle/us-ashburn-1; Networking, Germany Central (Frankfurt) major_outage oracle/eu-frankfurt-1',
      ],
      malformed: { fails: 'incidents: none of the 2 items can be read: each needs a guid, a title and a pubDate' },
      'half-malformed': [
        'incident identified, major, regional oracle/us-ashburn-1, 11-24 10:05 to ?, updates: 2',
        'components: US East (Ashburn) partial_outage oracle/us-ashburn-1; Germany Central (Frankfurt) operational oracle/eu-frankfurt-1; Compute, US East (Ashburn) partial_outage oracle/us-ashburn-1',
      ],
    },
  },
  slack: {
    kind: 'slack',
    provider: 'aws',
    cases: {
      operational: [],
      open: ['incident identified, critical, unspecified, 11-24 10:00 to ?, updates: 2'],
      resolved: ['incident resolved, minor, unspecified, 11-24 08:00 to 11-24 09:00, updates: 2'],
      maintenance: [
        'maintenance scheduled, maintenance, unspecified, 11-30 09:00 to ?, planned 11-30 09:00 to ?, updates: 1',
      ],
      'multi-region': [
        'incident investigating, minor, regional aws/ap-northeast-1 aws/eu-central-1, 11-24 10:00 to ?, updates: 0',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an id, a title and a date_created' },
      'half-malformed': ['incident identified, critical, unspecified, 11-24 10:00 to ?, updates: 2'],
    },
  },
  heroku: {
    kind: 'heroku',
    provider: 'aws',
    cases: {
      operational: ['components: Apps operational; Data operational; Tools operational'],
      open: [
        'incident identified, critical, unspecified, 11-24 10:00 to ?, updates: 2',
        'components: Apps operational; Data operational; Tools major_outage',
      ],
      resolved: [
        'incident resolved, minor, unspecified, 11-24 07:00 to 11-24 08:00, updates: 2',
        'components: Apps operational; Data operational; Tools operational',
      ],
      maintenance: [
        'maintenance scheduled, maintenance, unspecified, 11-20 09:00 to ?, updates: 1',
        'components: Apps under_maintenance; Data operational; Tools operational',
      ],
      'multi-region': [
        'incident investigating, minor, regional aws/ap-northeast-1 aws/eu-central-1, 11-24 10:00 to ?, updates: 0',
        'components: Apps degraded_performance; Data operational; Tools operational',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an id, a title and a created_at' },
      'half-malformed': [
        'incident identified, minor, unspecified, 11-24 10:00 to ?, updates: 2',
        'components: Apps operational; Data operational; Tools operational',
      ],
    },
  },
  okta: {
    kind: 'okta',
    provider: 'azure',
    cases: {
      operational: ['components: okta.com:1 operational; okta.com:2 operational; okta-emea.com:1 operational'],
      open: [
        'incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2',
        'components: okta.com:1 partial_outage; okta.com:2 operational; okta-emea.com:1 operational',
      ],
      resolved: [
        'incident resolved, minor, unspecified, 11-24 08:00 to 11-24 08:40, updates: 1',
        'components: okta.com:1 operational; okta.com:2 operational; okta-emea.com:1 operational',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, regional azure/uksouth, 11-24 11:30 to ?, planned 11-24 11:30 to 11-24 13:00, updates: 1',
        'maintenance scheduled, maintenance, unspecified, 11-30 01:00 to ?, planned 11-30 01:00 to 11-30 03:00, updates: 0',
        'components: okta.com:1 operational; okta.com:2 under_maintenance; okta-emea.com:1 operational',
      ],
      'multi-region': [
        'incident investigating, critical, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 1',
        'components: okta.com:1 major_outage; okta.com:2 operational; okta-emea.com:1 major_outage',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an Id, a title and a start' },
      'half-malformed': [
        'incident identified, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 2',
        'components: okta.com:1 partial_outage; okta.com:2 operational; okta-emea.com:1 operational',
      ],
    },
  },
  m365: {
    kind: 'm365',
    provider: 'azure',
    cases: {
      operational: ['components: Microsoft 365 admin center operational'],
      open: [
        'incident identified, minor, regional azure/westeurope, 11-24 12:00 to ?, updates: 1',
        'components: Microsoft 365 admin center degraded_performance',
      ],
      resolved: ['components: Microsoft 365 admin center operational'],
      maintenance: { cannot: 'a post has a state and no plan' },
      'multi-region': [
        'incident identified, critical, regional azure/uksouth azure/westeurope, 11-24 12:00 to ?, updates: 1',
        'components: Outlook.com major_outage; OneDrive operational',
      ],
      malformed: { fails: 'none of the 2 posts can be read: each needs an Id, a Status and an InternalDateTime' },
      'half-malformed': ['components: OneDrive operational'],
    },
  },
  'azure-devops': {
    kind: 'azure-devops',
    provider: 'azure',
    cases: {
      operational: [
        'components: Boards, US operational; Boards, EU operational; Boards, UK operational; Repos, US operational; Repos, EU operational; Repos, UK operational; Pipelines, US operational; Pipelines, EU operational; Pipelines, UK operational',
      ],
      open: [
        'incident identified, minor, unspecified, 11-24 12:00 to ?, updates: 0',
        'components: Boards, US operational; Boards, EU operational; Boards, UK operational; Repos, US operational; Repos, EU operational; Repos, UK operational; Pipelines, US operational; Pipelines, EU degraded_performance; Pipelines, UK operational',
      ],
      resolved: { cannot: 'a service that is well again is healthy, and nothing says that it was not' },
      maintenance: { cannot: 'the health has no word for planned work' },
      'multi-region': { cannot: 'a geography is wider than any region, and stays a name' },
      malformed: { fails: 'none of the 2 services can be read: each needs an id and a geography with its health' },
      'half-malformed': [
        'incident identified, minor, unspecified, 11-24 12:00 to ?, updates: 0',
        'components: Pipelines, EU degraded_performance',
      ],
    },
  },
  'salesforce-trust': {
    kind: 'salesforce-trust',
    provider: 'aws',
    cases: {
      operational: ['components: EU45 operational; NA137 operational'],
      open: [
        'incident identified, major, unspecified, 11-24 10:00 to ?, updates: 2',
        'components: EU45 major_outage; NA137 operational',
      ],
      resolved: [
        'incident resolved, minor, unspecified, 11-24 08:00 to 11-24 08:45, updates: 2',
        'components: EU45 operational; NA137 operational',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, unspecified, 11-24 11:30 to ?, planned 11-24 11:30 to 11-24 13:00, updates: 1',
        'maintenance scheduled, maintenance, unspecified, 11-30 01:00 to ?, planned 11-30 01:00 to 11-30 03:00, updates: 1',
        'components: EU45 under_maintenance; NA137 operational',
      ],
      'multi-region': { cannot: 'an incident names instances, which do not say on which cloud or where they run' },
      malformed: { fails: 'none of the 1 incidents can be read: each needs an id and a time' },
      'half-malformed': [
        'incident identified, major, unspecified, 11-24 10:00 to ?, updates: 2',
        'components: EU45 major_outage; NA137 operational',
      ],
    },
  },
  zendesk: {
    kind: 'zendesk',
    provider: 'azure',
    cases: {
      operational: [
        'components: Support operational; Chat operational; Talk (West Europe) operational azure/westeurope; Guide (UK South) operational azure/uksouth',
      ],
      open: [
        'incident investigating, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 0',
        'components: Support operational; Chat operational; Talk (West Europe) major_outage azure/westeurope; Guide (UK South) operational azure/uksouth',
      ],
      resolved: [
        'incident resolved, minor, unspecified, 11-24 08:00 to 11-24 08:40, updates: 0',
        'components: Support operational; Chat operational; Talk (West Europe) operational azure/westeurope; Guide (UK South) operational azure/uksouth',
      ],
      maintenance: [
        'maintenance in_progress, maintenance, regional azure/uksouth, 11-24 11:30 to ?, planned 11-24 11:30 to ?, updates: 0',
        'maintenance scheduled, maintenance, regional azure/westeurope, 11-30 01:00 to ?, planned 11-30 01:00 to ?, updates: 0',
        'components: Support operational; Chat operational; Talk (West Europe) operational azure/westeurope; Guide (UK South) under_maintenance azure/uksouth',
      ],
      'multi-region': [
        'incident identified, critical, regional azure/uksouth azure/westeurope, 11-24 11:00 to ?, updates: 0',
        'components: Support operational; Chat operational; Talk (West Europe) major_outage azure/westeurope; Guide (UK South) degraded_performance azure/uksouth',
      ],
      malformed: { fails: 'none of the 2 incidents can be read: each needs an id, a name and a startedAt' },
      'half-malformed': [
        'incident investigating, major, regional azure/westeurope, 11-24 10:00 to ?, updates: 0',
        'components: Support operational; Chat operational; Talk (West Europe) major_outage azure/westeurope; Guide (UK South) operational azure/uksouth',
      ],
    },
  },
} satisfies Record<string, FormatCases>
