/** The smallest value that at least this share of the values does not exceed. Throws when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new Error('there is no quantile of nothing')
  return value
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
