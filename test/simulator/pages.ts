import { ownPages, rentedPages } from './own-pages.ts'
import type { StatusPage } from './world.ts'

/** The status pages of the simulated world. Names and components follow the real products'; what happens on them is invented. */
export const pages: readonly StatusPage[] = [
  {
    name: 'github',
    title: 'GitHub',
    engine: 'statuspage',
    parts: [
      {
        group: null,
        names: [
          'Git Operations',
          'API Requests',
          'Webhooks',
          'Issues',
          'Pull Requests',
          'Actions',
          'Packages',
          'Pages',
        ],
      },
    ],
  },
  {
    name: 'cloudflare',
    title: 'Cloudflare',
    engine: 'statuspage',
    parts: [
      {
        group: 'Cloudflare Sites and Services',
        names: ['API', 'CDN/Cache', 'Dashboard', 'Authoritative DNS', 'Workers', 'R2', 'Zero Trust'],
      },
      {
        group: 'Europe',
        names: [
          'Amsterdam, Netherlands - (AMS)',
          'Frankfurt, Germany - (FRA)',
          'London, United Kingdom - (LHR)',
          'Paris, France - (CDG)',
          'Warsaw, Poland - (WAW)',
        ],
      },
      {
        group: 'North America',
        names: [
          'Ashburn, VA, United States - (IAD)',
          'Dallas, TX, United States - (DFW)',
          'Toronto, ON, Canada - (YYZ)',
        ],
      },
      { group: 'Asia', names: ['Singapore, Singapore - (SIN)', 'Tokyo, Japan - (NRT)', 'Mumbai, India - (BOM)'] },
      { group: 'South America', names: ['São Paulo, Brazil - (GRU)', 'Santiago, Chile - (SCL)'] },
    ],
  },
  {
    name: 'vercel',
    title: 'Vercel',
    engine: 'statuspage',
    parts: [{ group: null, names: ['Build & Deploy', 'Edge Network', 'Functions', 'Dashboard', 'DNS', 'Log Drains'] }],
  },
  {
    name: 'netlify',
    title: 'Netlify',
    engine: 'statuspage',
    parts: [
      { group: 'High-Performance Edge', names: ['CDN', 'Edge Functions', 'Origin Servers'] },
      { group: 'Build Pipeline', names: ['Builds', 'Deploy Previews', 'Git Providers'] },
    ],
  },
  {
    name: 'digitalocean',
    title: 'DigitalOcean',
    engine: 'statuspage',
    parts: [
      { group: 'Droplets', names: ['Global', 'AMS3', 'BLR1', 'FRA1', 'LON1', 'NYC3', 'SFO3', 'SGP1', 'SYD1', 'TOR1'] },
      { group: 'Spaces', names: ['Global', 'AMS3', 'FRA1', 'NYC3', 'SFO3', 'SGP1'] },
      { group: 'Managed Databases', names: ['Global', 'AMS3', 'FRA1', 'NYC3', 'SGP1'] },
      { group: null, names: ['Control Panel', 'API'] },
    ],
  },
  {
    name: 'datadog',
    title: 'Datadog US1',
    engine: 'statuspage',
    parts: [{ group: null, names: ['Web Application', 'Metrics', 'Logs', 'APM', 'Monitors', 'Synthetics'] }],
  },
  {
    name: 'openai',
    title: 'OpenAI',
    engine: 'incident.io',
    parts: [
      { group: null, names: ['Chat Completions', 'Responses', 'Embeddings', 'Files', 'Images', 'Realtime', 'Login'] },
    ],
  },
  {
    name: 'atlassian',
    title: 'Atlassian',
    engine: 'statuspage',
    parts: [{ group: null, names: ['Jira', 'Confluence', 'Bitbucket', 'Trello', 'Opsgenie', 'Compass'] }],
  },
  {
    name: 'fastly',
    title: 'Fastly',
    engine: 'statuspage',
    parts: [
      {
        group: 'Edge Cloud Services',
        names: ['CDN Services', 'TLS Provisioning', 'Compute', 'Statistics & Analytics'],
      },
      { group: 'Europe', names: ['Amsterdam (AMS)', 'Frankfurt (FRA)', 'London (LCY)', 'Stockholm (BMA)'] },
      { group: 'Asia/Pacific', names: ['Hong Kong (HKG)', 'Tokyo (HND)', 'Sydney (SYD)'] },
    ],
  },
  ...ownPages,
  ...rentedPages,
]
