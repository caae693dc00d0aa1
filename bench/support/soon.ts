/** What the work comes to; rejects with the complaint when it takes longer than `ms`. */
export function soon<T>(work: Promise<T>, ms: number, complaint: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${complaint} (${ms / 1000} s)`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
