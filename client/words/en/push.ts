/** Titles of notices, which the service worker shows too, while no page is open. */
export const noticeTitles = {
  opened: (where: string) => `${where}: new incident`,
  worsened: (where: string) => `${where}: incident grows worse`,
  resolved: (where: string) => `${where}: incident is over`,
  acknowledged: (where: string, by: string) => `${where}: acknowledged by ${by}`,
  /** Of a simulation; `title` is one of the others. */
  simulated: (title: string) => `Simulated. ${title}`,
}
