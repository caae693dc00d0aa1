import type { Words } from '../words.ts'

export const services: Words['services'] = {
  heading: 'その他のサービス',
}
