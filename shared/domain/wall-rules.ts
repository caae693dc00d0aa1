import type { LayoutProblem } from './wall-layout.ts'

/** What is wrong with a setting of a wall and what to write, in English: it follows the input. The pages have it in other languages. */
export const wallRules: Readonly<Record<LayoutProblem['rule'], (examples: string) => string>> = {
  scenes: known => `is not a scene: use ${known}`,
  every: examples => `is not a time from 5 s to 1 h: write it like ${examples}`,
  providers: examples => `is not a provider's id: write them like ${examples}`,
  regions: examples => `is not a region: write them like ${examples}`,
  theme: known => `is not a theme: use ${known}`,
  tz: examples => `is not a time zone: write it like ${examples}`,
  cities: examples => `is not a city that has a time zone: write them like ${examples}`,
  distance: examples => `is not a distance from 30 cm to 100 m: write it like ${examples}`,
  screen: examples => `is not a diagonal from 10 cm to 50 m: write it like ${examples}`,
  ticker: examples => `is not a speed from 20 to 1000 px a second: write it like ${examples}`,
  sound: known => `is neither: use ${known}`,
  night: examples => `is not a night: write two different times of the day, like ${examples}`,
  'night-look': known => `is not what a screen does at night: use ${known}`,
  wall: examples => `is not a number of columns and rows, at most 20 each: write it like ${examples}`,
  at: examples => `is not a screen of this wall: count from 0, column and row, like ${examples}`,
  unknown: known => `is not a setting of a wall: use ${known}`,
}
