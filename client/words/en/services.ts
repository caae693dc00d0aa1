export const services = {
  heading: 'Other services',
}
