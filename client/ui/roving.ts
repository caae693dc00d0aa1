/**
 * Arrow keys in a matrix that is one stop for the tab key. The element among `cells` to which `key` leads from
 * `current`; null when the key means nothing here. Up and down go to the nearest cell of the next row; left is back where
 * lines run to the right, and on where they run to the left.
 */
export function roveTo(key: string, current: HTMLElement, cells: readonly HTMLElement[]): HTMLElement | null {
  const at = cells.indexOf(current)
  const onward = getComputedStyle(current).direction === 'rtl' ? -1 : 1
  switch (key) {
    case 'ArrowRight':
      return cells[at + onward] ?? null
    case 'ArrowLeft':
      return cells[at - onward] ?? null
    case 'Home':
      return cells[0] ?? null
    case 'End':
      return cells.at(-1) ?? null
    case 'ArrowDown':
      return inNextRow(current, cells, 1)
    case 'ArrowUp':
      return inNextRow(current, cells, -1)
    default:
      return null
  }
}

function inNextRow(current: HTMLElement, cells: readonly HTMLElement[], direction: 1 | -1): HTMLElement | null {
  const from = current.getBoundingClientRect()
  let best: { cell: HTMLElement; rows: number; columns: number } | null = null
  for (const cell of cells) {
    const box = cell.getBoundingClientRect()
    const rows = (box.top - from.top) * direction
    if (rows < from.height / 2) continue
    const columns = Math.abs(box.left + box.width / 2 - from.left - from.width / 2)
    if (!best || rows < best.rows - 1 || (rows < best.rows + 1 && columns < best.columns))
      best = { cell, rows, columns }
  }
  return best?.cell ?? null
}
