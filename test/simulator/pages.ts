import type { PageFormat, StatusPage } from './world.ts'

const statuspages: readonly StatusPage[] = [
  {
    name: 'github',
    title: 'GitHub',
    format: 'statuspage',
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
    format: 'statuspage',
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
    format: 'statuspage',
    parts: [{ group: null, names: ['Build & Deploy', 'Edge Network', 'Functions', 'Dashboard', 'DNS', 'Log Drains'] }],
  },
  {
    name: 'netlify',
    title: 'Netlify',
    format: 'statuspage',
    parts: [
      { group: 'High-Performance Edge', names: ['CDN', 'Edge Functions', 'Origin Servers'] },
      { group: 'Build Pipeline', names: ['Builds', 'Deploy Previews', 'Git Providers'] },
    ],
  },
  {
    name: 'digitalocean',
    title: 'DigitalOcean',
    format: 'statuspage',
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
    format: 'statuspage',
    parts: [{ group: null, names: ['Web Application', 'Metrics', 'Logs', 'APM', 'Monitors', 'Synthetics'] }],
  },
  {
    name: 'stripe',
    title: 'Stripe',
    format: 'statuspage',
    parts: [{ group: null, names: ['API', 'Dashboard', 'Checkout', 'Webhooks', 'Payouts'] }],
  },
  {
    name: 'openai',
    title: 'OpenAI',
    format: 'statuspage',
    dialect: 'incident.io',
    parts: [
      { group: null, names: ['Chat Completions', 'Responses', 'Embeddings', 'Files', 'Images', 'Realtime', 'Login'] },
    ],
  },
  {
    name: 'hashicorp',
    title: 'HashiCorp',
    format: 'statuspage',
    dialect: 'incident.io',
    summaryLists: 25,
    isRare: true,
    parts: [
      {
        group: null,
        names: ['Terraform', 'Vault', 'Consul', 'Boundary', 'Packer', 'Nomad', 'Waypoint'].flatMap(product =>
          ['console', 'API', 'runs', 'agents'].map(part => `${product} ${part}`),
        ),
      },
    ],
  },
  {
    name: 'atlassian',
    title: 'Atlassian',
    format: 'statuspage',
    parts: [{ group: null, names: ['Jira', 'Confluence', 'Bitbucket', 'Trello', 'Opsgenie', 'Compass'] }],
  },
  {
    name: 'fastly',
    title: 'Fastly',
    format: 'statuspage',
    parts: [
      {
        group: 'Edge Cloud Services',
        names: ['CDN Services', 'TLS Provisioning', 'Compute', 'Statistics & Analytics'],
      },
      { group: 'Europe', names: ['Amsterdam (AMS)', 'Frankfurt (FRA)', 'London (LCY)', 'Stockholm (BMA)'] },
      { group: 'Asia/Pacific', names: ['Hong Kong (HKG)', 'Tokyo (HND)', 'Sydney (SYD)'] },
    ],
  },
]

const inEachGeography = (services: readonly string[]): string[] =>
  services.flatMap(service =>
    ['US', 'CA', 'BR', 'EU', 'UK', 'APAC', 'AU', 'IN'].map(geography => `${service}, ${geography}`),
  )

/** One page in each other format, so that every format is simulated. */
const otherPages: { [F in Exclude<PageFormat, 'statuspage'>]: StatusPage & { format: F } } = {
  'uptime-kuma': {
    name: 'office',
    title: 'OfficeSettings Services',
    format: 'uptime-kuma',
    hasNumberedIncidents: true,
    parts: [
      { group: 'Network', names: ['VPN', 'Wi-Fi', 'Resolver'] },
      { group: 'Tools', names: ['Wiki', 'Mail', 'Chat'] },
    ],
  },
  gatus: {
    name: 'gateways',
    title: 'Gateways',
    format: 'gatus',
    parts: [{ group: 'edge', names: ['Front Door', 'Search', 'Payments'] }],
  },
  upptime: {
    name: 'shop',
    title: 'Shop',
    format: 'upptime',
    parts: [{ group: null, names: ['Storefront', 'Checkout'] }],
  },
  cachet: {
    name: 'warehouse',
    title: 'Warehouse',
    format: 'cachet',
    hasNumberedIncidents: true,
    parts: [{ group: null, names: ['Labels', 'Conveyor', 'Scanners'] }],
  },
  instatus: {
    name: 'courier',
    title: 'Courier',
    format: 'instatus',
    isRare: true,
    parts: [{ group: null, names: ['Tracking', 'Pickups'] }],
  },
  statusio: {
    name: 'foundry',
    title: 'Foundry',
    format: 'statusio',
    isRare: true,
    parts: [{ group: null, names: ['Repositories', 'Pipelines', 'Registry'] }],
  },
  betterstack: {
    name: 'helpdesk',
    title: 'Helpdesk',
    format: 'betterstack',
    isRare: true,
    parts: [{ group: 'Agents', names: ['Inbox', 'Calls'] }],
  },
  slack: {
    name: 'slack',
    title: 'Slack',
    format: 'slack',
    hasNumberedIncidents: true,
    isRare: true,
    parts: [{ group: null, names: ['Messaging', 'Huddles', 'Search'] }],
  },
  heroku: {
    name: 'heroku',
    title: 'Heroku',
    format: 'heroku',
    hasNumberedIncidents: true,
    isRare: true,
    parts: [{ group: null, names: ['Apps', 'Data', 'Tools'] }],
  },
  'rss-status': {
    name: 'lighthouse',
    title: 'Lighthouse',
    format: 'rss-status',
    isRare: true,
    parts: [{ group: null, names: ['Lamp', 'Foghorn'] }],
  },
  okta: {
    name: 'okta',
    title: 'Okta',
    format: 'okta',
    isRare: true,
    parts: [{ group: null, names: ['okta.com:1', 'okta.com:2', 'okta-emea.com:1', 'oktapreview.com:1'] }],
  },
  statuspal: {
    name: 'observatory',
    title: 'Observatory',
    format: 'statuspal',
    hasNumberedIncidents: true,
    isRare: true,
    parts: [
      { group: 'Domes', names: ['North Dome', 'South Dome'] },
      { group: null, names: ['Archive'] },
    ],
  },
  cstate: {
    name: 'harbour',
    title: 'Harbour',
    format: 'cstate',
    isRare: true,
    parts: [{ group: 'Docks', names: ['Cranes', 'Pilots'] }],
  },
  rootly: {
    name: 'kitchen',
    title: 'Kitchen',
    format: 'rootly',
    isRare: true,
    parts: [{ group: null, names: ['Ovens', 'Dishwasher'] }],
  },
  m365: {
    name: 'microsoft-365',
    title: 'Microsoft 365',
    format: 'm365',
    isRare: true,
    parts: [{ group: null, names: ['Outlook.com', 'OneDrive', 'Phone Link'] }],
  },
  'azure-devops': {
    name: 'azure-devops',
    title: 'Azure DevOps',
    format: 'azure-devops',
    isRare: true,
    parts: [{ group: null, names: inEachGeography(['Core services', 'Boards', 'Repos', 'Pipelines', 'Artifacts']) }],
  },
  'salesforce-trust': {
    name: 'salesforce',
    title: 'Salesforce',
    format: 'salesforce-trust',
    hasNumberedIncidents: true,
    isRare: true,
    parts: [
      { group: 'Sales_Cloud', names: ['NA137', 'NA138', 'NA139', 'EU45', 'EU46', 'AP24'] },
      { group: 'Marketing_Cloud', names: ['POD5', 'POD6', 'POD7'] },
    ],
  },
  zendesk: {
    name: 'zendesk',
    title: 'Zendesk',
    format: 'zendesk',
    hasNumberedIncidents: true,
    isRare: true,
    parts: [{ group: null, names: ['Support', 'Chat', 'Talk', 'Guide', 'Explore', 'Sell'] }],
  },
  pagerduty: {
    name: 'pagerduty',
    title: 'PagerDuty',
    format: 'pagerduty',
    isRare: true,
    parts: [{ group: null, names: ['Events API (US)', 'Events API (EU)', 'Web Application (US)'] }],
  },
  firehydrant: {
    name: 'redis-cloud',
    title: 'Redis Cloud',
    format: 'firehydrant',
    isRare: true,
    parts: [{ group: null, names: ['Databases', 'Console', 'API'] }],
  },
}

/** The status pages of the simulated world. Names and components follow real products; what happens on them is invented. */
export const pages: readonly StatusPage[] = [...statuspages, ...Object.values(otherPages)]
