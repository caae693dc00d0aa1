/** What stands around every page. */
export const frame = {
  skip: 'Skip to the page',
  pages: 'Pages',
  menu: 'Menu',
  titles: {
    dashboard: 'Dashboard',
    incidents: 'Incidents',
    incident: 'Incident',
    news: 'News',
    near: 'Find your region',
    regions: 'Regions',
    sources: 'Sources',
    walls: 'Walls',
    wall: 'Wall',
    missing: 'No such page',
  },
  theme: { legend: 'Theme', auto: 'Auto', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
  zone: { legend: 'Time zone', local: 'Local', utc: 'UTC', places: 'Places of my regions' },
  search: {
    label: 'Search',
    placeholder: 'Region, provider, incident',
    none: 'Nothing is called so.',
    count: (n: number) => (n === 1 ? 'One result' : `${n} results`),
  },
  keys: { heading: 'Keyboard shortcuts', enabled: 'Use single keys' },
  language: 'Language',
  close: 'Close',
  /** Read aloud after a link to somebody else's site. */
  anotherSite: (about: string | null) => (about === null ? '(another site)' : `for ${about} (another site)`),
  missing: 'There is no such page here.',
  failed: 'This page could not be loaded. Reload to try again.',
  toDashboard: 'Go to the dashboard',
}
