import type { StatusPage } from './world.ts'

/** What an office runs itself, on the engines that people host themselves: invented. */
export const ownPages: readonly StatusPage[] = [
  {
    name: 'office',
    title: 'Office Services',
    engine: 'uptime-kuma',
    parts: [
      { group: 'Network', names: ['VPN', 'Wi-Fi', 'Resolver'] },
      { group: 'Tools', names: ['Wiki', 'Mail', 'Chat'] },
    ],
  },
  {
    name: 'gateways',
    title: 'Gateways',
    engine: 'gatus',
    parts: [{ group: 'edge', names: ['Front Door', 'Search', 'Payments'] }],
  },
  { name: 'shop', title: 'Shop', engine: 'upptime', parts: [{ group: null, names: ['Storefront', 'Checkout'] }] },
  {
    name: 'warehouse',
    title: 'Warehouse',
    engine: 'cachet',
    parts: [{ group: null, names: ['Labels', 'Conveyor', 'Scanners'] }],
  },
]

/** One page on each engine that is rented: for stories that want them. */
export const rentedPages: readonly StatusPage[] = [
  { name: 'courier', title: 'Courier', engine: 'instatus', parts: [{ group: null, names: ['Tracking', 'Pickups'] }] },
  {
    name: 'foundry',
    title: 'Foundry',
    engine: 'statusio',
    parts: [{ group: null, names: ['Repositories', 'Pipelines', 'Registry'] }],
  },
  {
    name: 'helpdesk',
    title: 'Helpdesk',
    engine: 'betterstack',
    parts: [{ group: 'Agents', names: ['Inbox', 'Calls'] }],
  },
  {
    name: 'slack',
    title: 'Slack',
    engine: 'slack',
    parts: [{ group: null, names: ['Messaging', 'Huddles', 'Search'] }],
  },
  { name: 'heroku', title: 'Heroku', engine: 'heroku', parts: [{ group: null, names: ['Apps', 'Data', 'Tools'] }] },
  {
    name: 'lighthouse',
    title: 'Lighthouse',
    engine: 'rss-status',
    parts: [{ group: null, names: ['Lamp', 'Foghorn'] }],
  },
]
