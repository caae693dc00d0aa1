import { seeded } from '../seeded.ts'

const SIZE = 800
/** Of the sittings that were tried, the one in which the people of the stories look like their names. */
const SITTING = 210_114

const skins = ['#f0cdb0', '#d9a67f', '#b57a52', '#8d5a3a', '#6b412b', '#e6b894'] as const
const hairs = ['#2a2230', '#4a3327', '#8a5a34', '#171b2a', '#9aa1ad', '#6b2f2a'] as const
const grounds = [
  ['#173a5e', '#3f6f9f'],
  ['#155063', '#3d8a99'],
  ['#33336f', '#6466a8'],
  ['#1c4f4a', '#4a8f80'],
  ['#40304f', '#7d6590'],
  ['#2a3f57', '#5d7b9a'],
] as const
const clothes = ['#0f1c33', '#e8e2d4', '#23405f', '#9c4f3d', '#2f5d57', '#4a3a68'] as const

/** Head and shoulders of somebody who does not exist, in flat shapes. The same name gives the same person. */
export function portrait(name: string): string {
  const chance = seeded(`portrait ${SITTING} of ${name}`)
  const skin = chance.pick(skins)
  const hair = chance.pick(hairs)
  const [ground, light] = chance.pick(grounds)
  const cloth = chance.pick(clothes)
  const style = chance.below(5)
  const turn = chance.between(-7, 7)
  const [wide, tall] = [chance.between(112, 126), chance.between(146, 160)]
  const shade = '<g fill="#0a1020" fill-opacity="0.16">'
  const back = [
    '', // short
    `<path d="M258 330C250 190 550 190 542 330C560 470 566 540 540 590H260C234 540 240 470 258 330Z" fill="${hair}"/>`, // long
    `<circle cx="400" cy="196" r="66" fill="${hair}"/>`, // bun
    `<circle cx="400" cy="300" r="186" fill="${hair}"/>`, // curls
    '', // bald on top
  ][style]
  const top = [
    `<path d="M276 330C266 196 372 168 430 186C520 190 536 262 524 332C506 300 492 270 450 262C392 284 330 270 302 284C288 298 284 312 276 330Z" fill="${hair}"/>`,
    `<path d="M272 350C262 196 350 172 408 178C500 178 536 240 528 350C516 304 490 268 452 236C410 282 320 290 296 292C284 312 278 330 272 350Z" fill="${hair}"/>`,
    `<path d="M276 330C270 210 340 184 400 184C462 184 530 212 524 330C510 276 468 248 400 248C334 248 292 276 276 330Z" fill="${hair}"/>`,
    `<path d="M276 322C280 206 350 188 400 188C452 188 520 206 524 322C490 262 450 254 400 254C350 254 312 262 280 316Z" fill="${hair}"/>`,
    `<path d="M276 352C268 318 274 300 284 290C288 316 288 336 290 356ZM524 352C532 318 526 300 516 290C512 316 512 336 510 356Z" fill="${hair}"/>`,
  ][style]
  const beard =
    style !== 1 && style !== 2 && chance.next() < 0.5
      ? `<path d="M${400 - wide} 356C${400 - wide} 500 360 512 400 512C440 512 ${400 + wide} 500 ${400 + wide} 356C490 430 452 424 400 424C348 424 310 430 ${400 - wide} 356Z" fill="${hair}" fill-opacity="0.92"/>`
      : ''
  const glasses =
    chance.next() < 0.4
      ? '<g fill="none" stroke="#10182b" stroke-width="7"><rect x="306" y="326" width="78" height="56" rx="24"/><rect x="416" y="326" width="78" height="56" rx="24"/><path d="M384 346Q400 336 416 346"/></g>'
      : ''
  const mouth = `<path d="M362 436Q400 ${round(456 + chance.between(0, 16))} 438 436" fill="none" stroke="#5b2a28" stroke-opacity="0.75" stroke-width="9" stroke-linecap="round"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="95 130 610 610">
<rect width="${SIZE}" height="${SIZE}" fill="${ground}"/>
<circle cx="${round(400 + chance.between(-150, 150))}" cy="330" r="330" fill="${light}" fill-opacity="0.55"/>
<g transform="translate(0 60) rotate(${round(turn / 2)} 400 700)">
<g transform="rotate(${round(turn)} 400 480)">${back}</g>
<path d="M338 430H462V580C470 660 330 660 338 580Z" fill="${skin}"/>${shade}<path d="M338 470C366 516 434 516 462 470V530C420 552 380 552 338 530Z"/></g>
<path d="M70 800C84 640 190 592 318 566C352 612 448 612 482 566C610 592 716 640 730 800Z" fill="${cloth}"/>
<path d="M318 566C352 612 448 612 482 566L470 622C430 662 370 662 330 622Z" fill="#ffffff" fill-opacity="0.14"/>
<g transform="rotate(${round(turn)} 400 480)">
<ellipse cx="${round(400 - wide)}" cy="362" rx="20" ry="32" fill="${skin}"/><ellipse cx="${round(400 + wide)}" cy="362" rx="20" ry="32" fill="${skin}"/>
<ellipse cx="400" cy="356" rx="${round(wide)}" ry="${round(tall)}" fill="${skin}"/>
${shade}<path d="M400 ${round(356 - tall)}A${round(wide)} ${round(tall)} 0 0 1 400 ${round(356 + tall)}C452 480 470 300 400 ${round(356 - tall)}Z"/></g>
${beard}${top}
<g fill="#141a2a"><ellipse cx="346" cy="354" rx="10" ry="12"/><ellipse cx="454" cy="354" rx="10" ry="12"/></g>
<g stroke="${hair}" stroke-width="9" stroke-linecap="round"><path d="M322 318Q346 ${round(306 - chance.between(0, 6))} 370 318"/><path d="M430 318Q454 ${round(306 - chance.between(0, 6))} 478 318"/></g>
<path d="M400 362C394 386 388 396 402 400" fill="none" stroke="#0a1020" stroke-opacity="0.3" stroke-width="8" stroke-linecap="round"/>
${mouth}${glasses}
</g></g></svg>`
}

const round = (value: number): number => Math.round(value * 10) / 10
