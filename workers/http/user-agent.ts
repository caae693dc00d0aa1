/** How we introduce ourselves to every host. */
export const userAgent = 'Nephoscope/0.1 (status and news reader; +https://github.com/nephoscope/nephoscope)'
