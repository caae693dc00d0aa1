/**
 * Puts a text on the clipboard; says whether that worked. Browsers give no clipboard to a page without TLS, such as one
 * in an office's network: there it is copied as what is selected, and the focus goes back to where it was.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

function copySelected(text: string): boolean {
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.style.position = 'fixed'
  // beside what has the focus: all that is outside an open dialog cannot be selected
  ;(before?.parentElement ?? document.body).append(field)
  field.focus({ preventScroll: true })
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  return isCopied
}
