import type { Words } from '../words.ts'

export const services: Words['services'] = {
  heading: 'Weitere Dienste',
}
