/** A part of the page that comes later: `value` is null until it is there. */
export type OnDemand<T> = { readonly value: T | null; get(): Promise<T> }

/** Loads a part once it is asked for, else when the browser is idle. After a failure the next who asks tries again. */
export function onDemand<T>(load: () => Promise<T>, idle: (run: () => void) => void): OnDemand<T> {
  let value = $state.raw<T | null>(null)
  let loading: Promise<T> | null = null
  const get = (): Promise<T> => {
    loading ??= load().then(
      loaded => {
        value = loaded
        return loaded
      },
      error => {
        loading = null
        throw error
      },
    )
    return loading
  }
  idle(() => void get().catch(() => {}))
  return {
    get value() {
      return value
    },
    get,
  }
}
