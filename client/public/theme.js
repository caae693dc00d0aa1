// Runs before the first paint, so that a chosen theme does not flash in another one.
const root = document.documentElement
if (matchMedia('(prefers-contrast: more)').matches) root.dataset.theme = 'contrast'
try {
  const theme = localStorage.getItem('nephoscope.theme') ?? ''
  if (['light', 'dark', 'contrast'].includes(theme)) root.dataset.theme = theme
} catch {
  // storage may be forbidden: then the system's theme stands
}
