// Starts the page's script once what the server wrote into the document is painted: a slow processor evaluates it for half a second.
const script = document.currentScript?.dataset.script ?? ''
const start = () => import(script)
if (document.getElementById('first-view') === null || document.visibilityState === 'hidden') start()
else {
  requestAnimationFrame(() => setTimeout(start))
  // a window that is covered draws no frames
  setTimeout(start, 1_000)
}
