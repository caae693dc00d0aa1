// Runs before the first paint, so that a chosen theme does not flash in another one.
const root = document.documentElement
if (matchMedia('(prefers-contrast: more)').matches) root.dataset.theme = 'contrast'
try {
  const theme = localStorage.getItem('nephoscope.theme') ?? ''
  if (['light', 'dark', 'contrast'].includes(theme)) root.dataset.theme = theme
} catch {
  // storage may be forbidden: then the system's theme stands
}
// The browser paints its canvas before it has a style, and its own bar beside the page.
const chosen = root.dataset.theme ?? ''
const ground = new Map([
  ['light', '#fbfaf7'],
  ['dark', '#0c1120'],
]).get(chosen)
if (ground !== undefined) {
  document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', chosen)
  for (const bar of document.querySelectorAll('meta[name="theme-color"]')) bar.setAttribute('content', ground)
}
