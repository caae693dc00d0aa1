export type ViewToken = ReturnType<typeof viewToken>

const KEY = 'nephoscope.token'

/**
 * The reader's view token: kept until the tab is closed, or on this device where the reader asked for that. It never
 * stands in an address.
 * @param tab null where storage is forbidden, as is `device`, also inside another site's page
 */
export function viewToken(tab: Storage | null, device: Storage | null) {
  return {
    get current(): string | null {
      return tab?.getItem(KEY) ?? device?.getItem(KEY) ?? null
    },
    canBeRemembered: device !== null,
    keep(token: string, isRemembered: boolean): void {
      this.forget()
      const storage = isRemembered ? device : tab
      storage?.setItem(KEY, token)
    },
    forget(): void {
      tab?.removeItem(KEY)
      device?.removeItem(KEY)
    },
  }
}
